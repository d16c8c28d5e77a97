// `glitag decide` on folders, above a score, and on parts of files, in processes of their own.
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { scoreText } from '../../src/core/scoreText';
import { documentsFolder } from './documentsFolder';
import { runCli } from './runCli';

let folder: string;
beforeEach(() => {
  folder = documentsFolder();
});

const decide = (...args: readonly string[]) =>
  runCli(['decide', ...args, '--decisions', 'd.sqlite', '--labels', 'labels.json'], folder);

async function list(): Promise<string[]> {
  return (await decide('list')).stdout.trim().split('\n').slice(0, -1);
}

/** `docs/crash.md kind.bug report` with its score, of all tags of the model. */
async function tags(): Promise<Map<string, number>> {
  const args = ['tag', '--format', 'jsonl', '--labels', 'labels.json', '--index', 'i.sqlite', 'docs'];
  const { stdout } = await runCli(args, folder);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Tagged);
  return new Map(
    lines.flatMap(({ path: name, tags: all = [] }) => all.map((tag) => [`${name} ${tag.label}`, tag.score])),
  );
}

interface Tagged {
  readonly path?: string;
  readonly tags?: readonly { readonly label: string; readonly score: number }[];
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

test('accept-above takes undecided tags with such a score, says how many, and asks', async () => {
  const all = await tags();
  const cut = [...all.values()].sort((a, b) => b - a)[Math.floor(all.size / 2)]!;
  const above = [...all].filter(([, score]) => score >= cut).map(([name]) => name);
  expect([above.length > 1, above.length < all.size]).toEqual([true, true]);
  const [first = ''] = above;
  const [document = '', ...label] = first.split(' ');
  await decide('reject', label.join(' '), document);
  const left = above.slice(1);
  const run = (...more: readonly string[]) =>
    decide('accept-above', String(cut), 'docs', '--index', 'i.sqlite', ...more);
  const asked = await run();
  expect(asked.code).toBe(2);
  const { length: documentCount } = [...new Set(left.map((name) => name.split(' ')[0]))];
  expect(asked.stderr).toBe(
    `glitag: Accept ${counted(left.length, 'tag')} of ${counted(documentCount, 'document')}, with a score of ${scoreText(cut)} ` +
      'or better? Say so with --yes: nobody can be asked here.\n',
  );
  expect(await list()).toHaveLength(1);
  const done = await run('--yes');
  expect([done.code, done.stdout]).toEqual([0, `Accept ${counted(left.length, 'tag')}\n`]);
  expect(await list()).toEqual(
    [
      ...left.map((name) => name.replace(/ /u, '  labels  accepted  ')),
      `${document}  labels  rejected  ${label.join(' ')}`,
    ].sort(),
  );
  const again = await run('--yes');
  expect([again.code, again.stdout]).toEqual([
    1,
    `No undecided tag here has a score of ${scoreText(cut)} or better.\n`,
  ]);
  expect((await decide('undo')).stdout).toMatch(/^Undone: accept \d+ tags?\n$/u);
  expect(await list()).toHaveLength(1);
});

test('of a folder, the documents are meant that have the tag; files that are named, whatever they have', async () => {
  const label = 'kind.bug report';
  const having = [...(await tags()).keys()]
    .filter((name) => name.endsWith(` ${label}`))
    .map((name) => name.slice(0, -label.length - 1));
  expect(having).toContain('docs/crash.md');
  expect(having.length).toBeLessThan(3);
  const rejected = await decide('reject', label, 'docs', '--index', 'i.sqlite');
  expect([rejected.stderr, rejected.stdout]).toEqual([
    '',
    `Reject ${having.length} tag${having.length === 1 ? '' : 's'}\n`,
  ]);
  expect(await list()).toEqual(having.map((name) => `${name}  labels  rejected  ${label}`));
  // What is decided is not changed by the way.
  expect((await decide('accept', label, 'docs', '--index', 'i.sqlite')).stdout).toContain('nothing changed');
  await decide('take-back', label, 'docs', '--index', 'i.sqlite');
  expect(await list()).toEqual([]);
  for (const args of [
    ['none', 'docs'],
    ['move', label, 'mood.angry', 'docs'],
  ]) {
    const { code, stderr } = await decide(...args);
    expect([code, stderr]).toEqual([2, 'glitag: docs is a folder. Name the files to decide on.\n']);
  }
});

test('parts of files are decided on by their name, and count in what is tagged', async () => {
  fs.writeFileSync(path.join(folder, 'rows.csv'), 'text\nThe app crashes\nI love it\n');
  const split = ['--split', 'csv: text'];
  const label = 'kind.bug report';
  expect((await decide('add', label, 'rows.csv#row-3', ...split)).stdout).toBe(`Add ${label}\n`);
  expect(await list()).toEqual([`rows.csv#row-3  labels  added  ${label}`]);
  const args = ['tag', '--format', 'jsonl', '--labels', 'labels.json', '--decisions', 'd.sqlite', ...split, 'rows.csv'];
  const { stdout } = await runCli(args, folder);
  expect(stdout.split('\n').filter((line) => line.includes('"state":"added"'))).toHaveLength(1);
  expect(stdout).toMatch(/"state":"added".*"part":"row 3"/u);
  const refused = async (...more: readonly string[]) => (await decide('add', label, ...more)).stderr;
  expect(await refused('rows.csv#row-3')).toContain('Say how it is split with --split');
  expect(await refused('rows.csv#row-9', ...split)).toBe('glitag: rows.csv has no part row-9.\n');
});
