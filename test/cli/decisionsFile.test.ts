// The file of `--decisions`: made where there is none by what decides, never by what reads, and nothing is said to be done that is not in it.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { documentsFolder } from './documentsFolder';
import { runCli } from './runCli';

let folder: string;
beforeEach(() => {
  folder = documentsFolder();
});

const add = ['decide', 'add', 'mood.angry', 'docs/crash.md', '--labels', 'labels.json', '--decisions'];

test.each(['d.jsonl', 'd.sqlite'])('what decides makes %s with its folder', async (name) => {
  expect(await runCli([...add, `team/${name}`], folder)).toMatchObject({
    code: 0,
    stdout: 'Add mood.angry\n',
    stderr: '',
  });
  expect((await runCli(['decide', 'list', '--decisions', `team/${name}`], folder)).stdout).toContain(
    'added  mood.angry',
  );
});

test('what could not be written is not said to be done', async () => {
  const { code, stdout, stderr } = await runCli([...add, '/proc/d.jsonl'], folder);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^glitag: The decisions file \/proc\/d\.jsonl cannot be written: ENOENT.+\n$/u);
});

test('of several folders of a workspace, decisions are listed and evaluated by their files', async () => {
  const textHash = createHash('sha256')
    .update(fs.readFileSync(path.join(folder, 'docs/crash.md')))
    .digest('hex');
  const decision = { folder: 'docs', path: 'crash.md', set: 'labels', label: 'kind.bug report', verdict: 'accepted' };
  const line = JSON.stringify({ ...decision, decided: '2026-11-28T05:20:00.000Z', text: textHash });
  fs.writeFileSync(path.join(folder, 'd.jsonl'), `${line}\n`);
  const options = ['--labels', 'labels.json', '--decisions', 'd.jsonl'];
  expect((await runCli(['decide', 'list', 'docs', ...options], folder)).stdout).toContain('\n1 decision\n');
  const { code, stdout } = await runCli(['evaluate', 'docs', ...options], folder);
  expect([code, stdout]).toEqual([0, expect.stringContaining('rows       1')]);
});

test('what only reads makes no file', async () => {
  const labels = ['--labels', 'labels.json', '--decisions', 'team/d.sqlite'];
  for (const [command, code] of [
    [['decide', 'list', '--decisions', 'team/d.sqlite'], 0],
    [['decide', 'export', ...labels], 1],
    [['evaluate', ...labels], 1],
    [['tag', 'docs/crash.md', ...labels], 0],
  ] as const)
    expect((await runCli(command, folder)).code, command.join(' ')).toBe(code);
  expect(fs.existsSync(path.join(folder, 'team'))).toBe(false);
});

test('tags without decisions where the file is not there yet, and says so', async () => {
  const args = ['tag', 'docs/crash.md', '--labels', 'labels.json', '--decisions', 'd.jsonl'];
  const { code, stderr } = await runCli(args, folder);
  expect([code, stderr]).toEqual([0, 'glitag: There is no file d.jsonl yet: nothing counts as decided.\n']);
  expect(fs.existsSync(path.join(folder, 'd.jsonl'))).toBe(false);
});
