// `glitag train` up to where Python would begin: what is wrong with the command line, the data or the Python is told first.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository, runCli } from './runCli';

const data = path.join(repository, 'test/fixtures/evaluation.jsonl');

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-cli-train-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

test.each([
  [[], 'Name files with texts and labels, or --decisions FILE.'],
  [[data, '--decisions', 'decisions.jsonl'], 'Name files with texts and labels, or --decisions FILE.'],
  [[data, '--set', 'kind'], '--set goes with --decisions.'],
  [[data, '--kept-back', '1'], 'It must be a number between 0 and 1.'],
])('%j is a wrong command line', async (words, message) => {
  const { code, stderr } = await runCli(['train', ...words, '--out', 'new'], folder);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('mistakes in the data are told with their lines', async () => {
  const bad = path.join(folder, 'bad.jsonl');
  fs.writeFileSync(bad, '{"text": "x", "all_labels": ["a"], "true_labels": ["b"]}\n');
  const { code, stderr } = await runCli(['train', bad, '--out', 'new'], folder);
  expect(code).toBe(1);
  expect(stderr).toContain('Line 1: “true_labels” holds “b”, which is not in “all_labels”');
});

test('a Python that is not there is named', async () => {
  const { code, stderr } = await runCli(['train', data, '--out', 'new', '--python', './nothing'], folder);
  expect(code).toBe(1);
  expect(stderr).toContain('“./nothing” is no Python that can be started. Training needs Python 3.10 or newer');
});

test('nothing is installed without being asked for: it says what, how large, and how', async () => {
  const program = path.join(folder, 'python');
  // It says that of itself, and that this is what it lacks.
  const answer = JSON.stringify([program, [3, 12, 4], true, true]);
  fs.writeFileSync(program, `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  const { code, stderr } = await runCli(['train', data, '--out', 'new', '--python', program], folder);
  expect(code).toBe(1);
  expect(stderr).toContain(`which ${program} (3.12.4) does not have`);
  expect(stderr).toMatch(/\d\.\d GB to download, and \d\.\d GB on the disk\.\n--install does this/);
  expect(fs.readdirSync(folder).filter((name) => name.startsWith('new'))).toEqual([]);
});
