// Entry that VS Code loads (`extensionTestsPath`): the compiled tests of one suite.
import fs from 'node:fs';
import path from 'node:path';
import { mochaEntry } from '../host/mochaEntry';

const suite = process.env['GLITAG_TEST_SUITE'] ?? '';
const folder = path.join(__dirname, suite);
const tests = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith('.test.js'))
  .sort();

export const run = mochaEntry(
  tests.map((name) => path.join(folder, name)),
  60_000,
);
