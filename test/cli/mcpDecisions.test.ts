// `glitag mcp --decisions`: agents are told tags as people decided on them, from both forms of the file, as it is at each call.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Session, taggedFolder, type Result } from './mcpSession';
import { runCli } from './runCli';

async function decide(folder: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCli(['decide', ...args, '--labels', 'labels.json'], folder);
  expect([code, stderr]).toEqual([0, '']);
}

const states = (document: Result | undefined) => document?.tags?.map(({ label, state }) => [label, state]);

test.each(['d.jsonl', 'd.sqlite'])('tags are those that people left, by %s', async (name) => {
  const folder = await taggedFolder();
  const to = ['--decisions', name];
  const session = await Session.start(['docs', '--labels', 'labels.json', '--index', 'i.sqlite', ...to], folder);
  const found = (search: string) => session.call('glitag_find_by_tag', { search });
  // Nobody has decided yet, and asking makes no file.
  expect((await found('bug report')).results.map((one) => one.path)).toEqual(['crash.md']);
  expect(fs.existsSync(path.join(folder, name))).toBe(false);

  await decide(folder, 'reject', 'kind.bug report', 'docs/crash.md', ...to);
  await decide(folder, 'add', 'mood.angry', 'docs/crash.md', ...to);
  await decide(folder, 'accept', 'kind.contract', 'docs/legal/nda.md', ...to);
  expect((await found('bug report')).total).toBe(0);
  const [crash] = (await found('mood.angry')).results;
  expect([crash?.path, states(crash)]).toEqual(['crash.md', [['mood.angry', 'added']]]);
  expect(states((await found('contract')).results[0])).toEqual([['kind.contract', 'accepted']]);
  const [tags] = (await session.read('glitag://tags/crash.md')).results;
  expect(states(tags)).toEqual([['mood.angry', 'added']]);
  const passages = await session.call('glitag_find_passages', { query: 'What crashes?', search: 'bug report' });
  expect(passages.results).toEqual([]);
  // What the model says of a text is nobody's decision.
  const { tags: said } = await session.call('glitag_classify', { path: 'crash.md' });
  expect(said?.map(({ label, state }) => [label, state])).toEqual([['kind.bug report', undefined]]);

  await decide(folder, 'take-back', 'kind.bug report', 'docs/crash.md', ...to);
  expect((await found('bug report')).total).toBe(1);
  expect(session.stderr).toBe('');
});

test('paths in it are relative to the folders that are named, wherever the server starts', async () => {
  const folder = await taggedFolder();
  const line = (root: object, name: string) =>
    JSON.stringify({
      ...{ ...root, path: name, set: 'labels', label: 'kind.bug report', verdict: 'rejected' },
      ...{ decided: '2026-11-28T05:20:00.000Z', text: 'ab'.repeat(32) },
    });
  const total = async (decided: string, folders: readonly string[], more: readonly string[] = []) => {
    fs.writeFileSync(path.join(folder, 'd.jsonl'), `${decided}\n`);
    const args = ['docs', '--labels', 'labels.json', '--index', 'i.sqlite', '--decisions', 'd.jsonl'].map((one) =>
      one.startsWith('--') ? one : path.join(folder, one),
    );
    const named = folders.flatMap((one) => ['--decisions-folder', one]);
    const session = await Session.start([...args, ...named, ...more], path.parse(folder).root);
    return (await session.call('glitag_find_by_tag', { search: 'bug report' })).total;
  };
  const docs = path.join(folder, 'docs');
  expect(await total(line({}, 'crash.md'), [])).toBe(1);
  expect(await total(line({}, 'crash.md'), [docs])).toBe(0);
  // Under another name than that of the labels.
  expect(await total(line({}, 'crash.md'), [docs], ['--set', 'other'])).toBe(1);
  expect(await total(line({ folder: 'notes (a)' }, 'crash.md'), [`other=${folder}`, `notes (a)=${docs}`])).toBe(0);
});

test('a file with a mistake is told, and no tag is shown as if nobody had decided', async () => {
  const folder = await taggedFolder();
  fs.writeFileSync(path.join(folder, 'd.jsonl'), '<<<<<<< HEAD\n');
  const args = ['docs', '--labels', 'labels.json', '--index', 'i.sqlite', '--decisions', 'd.jsonl'];
  const session = await Session.start(args, folder);
  await expect(session.call('glitag_find_by_tag', { search: 'contract' })).rejects.toThrow(
    /^The decisions file d\.jsonl cannot be used\. Line 1: a merge was left unfinished/,
  );
  const refused = async (...wrong: readonly string[]) => {
    const { code, stderr } = await runCli(['mcp', 'docs', ...wrong], folder);
    return [code, stderr];
  };
  expect(await refused('--decisions', 'd.txt')).toEqual([2, expect.stringContaining('name it .jsonl')]);
  expect(await refused('--set', 'other')).toEqual([2, expect.stringContaining('--set goes with --decisions')]);
  expect(await refused('--decisions-folder', 'docs')).toEqual([2, expect.stringContaining('name both')]);
  expect(await refused('--decisions', 'd.jsonl', '--decisions-folder', 'a=nowhere')).toEqual([
    2,
    'glitag: There is no folder nowhere. Check the path.\n',
  ]);
});
