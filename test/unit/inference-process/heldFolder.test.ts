// Folders that one process works in at a time, and processes that had the same number before.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { holderName, holderOf, holdFolder, releaseFolder } from '../../../src/inference/process/heldFolder';

function folderOf(mark?: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-held-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  if (mark !== undefined) fs.writeFileSync(path.join(folder, holderName), mark);
  return folder;
}

const hold = (folder: string): void => {
  holdFolder(folder, (pid) => `held by ${pid}`);
};

test('is held once, until it is released', () => {
  const folder = folderOf();
  hold(folder);
  expect(holderOf(folder)).toBe(process.pid);
  expect(() => {
    hold(folder);
  }).toThrow(`held by ${process.pid}`);
  releaseFolder(folder);
  expect(holderOf(folder)).toBeNull();
  hold(folder);
});

test('the number alone, of a process that runs, holds it', () => {
  expect(holderOf(folderOf(String(process.pid)))).toBe(process.pid);
});

test.runIf(process.platform === 'linux')('a process that had this number before does not', () => {
  const folder = folderOf();
  hold(folder);
  const file = path.join(folder, holderName);
  const [pid, began] = fs.readFileSync(file, 'utf8').split(' ');
  expect(began).toMatch(/^\d+$/u);
  fs.writeFileSync(file, `${pid} ${Number(began) - 1}`);
  expect(holderOf(folder)).toBeNull();
  hold(folder);
  expect(holderOf(folder)).toBe(process.pid);
});
