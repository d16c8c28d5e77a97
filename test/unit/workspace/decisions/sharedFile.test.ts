// The decisions file of a team beside a store: neither loses what only the other has.
import { chmod, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { toLines } from '../../../../src/core/review/decisionLines';
import { takeBackStep } from '../../../../src/core/review/steps';
import { leadsOut } from '../../../../src/workspace/decisions/decisionsFile';
import { DecisionStore } from '../../../../src/workspace/decisions/decisionStore';
import { SharedFile, type LeftFile } from '../../../../src/workspace/decisions/sharedFile';
import { TempFolder } from '../tempFolder';

const decision = (path: string, decidedMs = 1_000): Decision => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug' },
  ...{ verdict: 'accepted', textHash: '0a'.repeat(32), decidedMs },
});

/** Windows one after another have the same memory. */
class Windows {
  private left: LeftFile | undefined;

  async open(
    folder: TempFolder,
    name: string,
  ): Promise<{ readonly store: DecisionStore; readonly shared: SharedFile }> {
    const { store } = await DecisionStore.open(folder.at(name));
    onTestFinished(() => {
      store.close();
    });
    const memory = {
      get: () => this.left,
      set: (left: LeftFile | undefined) => Promise.resolve(void (this.left = left)),
    };
    const merge = (decisions: readonly Decision[]) => Promise.resolve(store.merge(decisions));
    const shared = new SharedFile({ all: () => allOf(store), merge }, memory);
    if (store.revision === 0) await shared.forget();
    return { store, shared };
  }
}

async function allOf(store: DecisionStore): Promise<Decision[]> {
  const all: Decision[] = [];
  for await (const page of store.decisions(null)) all.push(...page);
  return all;
}

const paths = async (store: DecisionStore) => (await allOf(store)).map(({ path }) => path).sort();

it('takes what others wrote, and writes what was decided here; what was taken back here stays so', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('team/decisions.jsonl');
  const { store, shared } = await new Windows().open(folder, 'store.sqlite');
  await shared.synchronise(file);
  expect(await readdir(folder.path)).not.toContain('team');
  store.merge([decision('mine.md'), decision('wrong.md')]);
  await shared.synchronise(file);
  await writeFile(file, (await readFile(file, 'utf8')) + toLines([decision('theirs.md')]));
  store.decide(takeBackStep([{ ...decision('wrong.md'), label: 'bug' }]));
  await shared.synchronise(file);
  expect(await paths(store)).toEqual(['mine.md', 'theirs.md']);
  expect(await readFile(file, 'utf8')).toBe(toLines([decision('mine.md'), decision('theirs.md')]));
});

it('a store that was lost has all of the file again, and the file keeps it', async () => {
  const folder = await TempFolder.create();
  const windows = new Windows();
  const file = folder.at('decisions.jsonl');
  const first = await windows.open(folder, 'first.sqlite');
  first.store.merge([decision('a.md'), decision('b.md')]);
  await first.shared.synchronise(file);
  const content = await readFile(file, 'utf8');
  const second = await windows.open(folder, 'second.sqlite');
  // The user decides before the file was looked at.
  second.store.merge([decision('c.md')]);
  await second.shared.synchronise(file);
  expect(await paths(second.store)).toEqual(['a.md', 'b.md', 'c.md']);
  expect(await readFile(file, 'utf8')).toBe(content + toLines([decision('c.md')]));
});

it('leaves a file alone that it cannot read', async () => {
  const folder = await TempFolder.create({ 'broken.jsonl': '<<<<<<< ours\n' });
  const { store, shared } = await new Windows().open(folder, 'store.sqlite');
  store.merge([decision('a.md')]);
  await expect(shared.synchronise(folder.at('broken.jsonl'))).rejects.toMatchObject({ code: 'data-invalid' });
  expect(await readFile(folder.at('broken.jsonl'), 'utf8')).toBe('<<<<<<< ours\n');
  await mkdir(folder.at('folder.jsonl'));
  await expect(shared.synchronise(folder.at('folder.jsonl'))).rejects.toMatchObject({ code: 'document-unreadable' });
  if (process.getuid?.() === 0 || process.platform === 'win32') return;
  await writeFile(folder.at('locked.jsonl'), toLines([decision('b.md')]));
  await chmod(folder.at('locked.jsonl'), 0);
  await expect(shared.synchronise(folder.at('locked.jsonl'))).rejects.toMatchObject({ code: 'document-unreadable' });
  await chmod(folder.at('locked.jsonl'), 0o600);
  expect(await readFile(folder.at('locked.jsonl'), 'utf8')).toBe(toLines([decision('b.md')]));
});

it('tells links that lead out of the folder, also above folders that are not there, and makes none', async () => {
  const outside = await TempFolder.create({ 'there.jsonl': '' });
  const folder = await TempFolder.create({ 'in/here.jsonl': '' });
  await symlink(outside.path, folder.at('out'));
  await symlink(folder.at('in'), folder.at('within'));
  const names = ['out/there.jsonl', 'out/new/new.jsonl', 'within/here.jsonl', 'new/new.jsonl', '..new.jsonl'];
  expect(await Promise.all(names.map((name) => leadsOut(folder.path, name)))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(await readdir(outside.path)).toEqual(['there.jsonl']);
});
