// The decisions file of a team beside a store: neither loses what only the other has.
import { chmod, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { toLines } from '../../../../src/core/review/decisionLines';
import { acceptStep, rejectStep, takeBackStep, type DecisionStep } from '../../../../src/core/review/steps';
import { leadsOut } from '../../../../src/workspace/decisions/decisionsFile';
import { DecisionStore } from '../../../../src/workspace/decisions/decisionStore';
import { SharedFile, type SharedStore } from '../../../../src/workspace/decisions/sharedFile';
import { TempFolder } from '../tempFolder';

const decision = (path: string, decidedMs = 1_000): Decision => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug' },
  ...{ verdict: 'accepted', textHash: '0a'.repeat(32), decidedMs },
});

interface Person {
  readonly store: DecisionStore;
  readonly shared: SharedFile;
}

/** A window on the store of this name. */
async function open(folder: TempFolder, name = 'store.sqlite', by = 'Ann'): Promise<Person> {
  const { store } = await DecisionStore.open(folder.at(name), { by });
  onTestFinished(() => {
    store.close();
  });
  return { store, shared: new SharedFile(sharedStore(store)) };
}

function sharedStore(store: DecisionStore): SharedStore {
  return {
    all: () => allOf(store),
    mergeFile: (...decisions) => store.mergeFile(...decisions),
    fileLines: (file) => Promise.resolve(store.fileLines(file)),
    noteFileLines: (file, lines) => store.noteFileLines(file, lines),
  };
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
  const { store, shared } = await open(folder);
  await shared.synchronise(file);
  expect(await readdir(folder.path)).not.toContain('team');
  await store.merge([decision('mine.md'), decision('wrong.md')]);
  await shared.synchronise(file);
  await writeFile(file, (await readFile(file, 'utf8')) + toLines([decision('theirs.md')]));
  await store.decide(takeBackStep([{ ...decision('wrong.md'), label: 'bug' }]));
  await shared.synchronise(file);
  expect(await paths(store)).toEqual(['mine.md', 'theirs.md']);
  expect(await readFile(file, 'utf8')).toBe(toLines([decision('mine.md'), decision('theirs.md')]));
});

it('a store that was lost has all of the file again, and the file keeps it', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const first = await open(folder, 'first.sqlite');
  await first.store.merge([decision('a.md'), decision('b.md')]);
  await first.shared.synchronise(file);
  const content = await readFile(file, 'utf8');
  const second = await open(folder, 'second.sqlite');
  // The user decides before the file was looked at.
  await second.store.merge([decision('c.md')]);
  await second.shared.synchronise(file);
  expect(await paths(second.store)).toEqual(['a.md', 'b.md', 'c.md']);
  expect(await readFile(file, 'utf8')).toBe(content + toLines([decision('c.md')]));
});

const of = (by: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ ...decision(`${by}${at}.md`), by }));

it('what another took back goes here too, after a restart as well', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const first = await open(folder);
  await first.store.merge([...of('Ann', 2), ...of('Ben', 4)]);
  await first.shared.synchronise(file);
  first.store.close();
  const { store, shared } = await open(folder);
  await writeFile(file, toLines([...of('Ann', 2), ...of('Ben', 3), ...of('Cem', 1)]));
  expect(await shared.synchronise(file)).toEqual({ cameBack: 0 });
  expect(await paths(store)).toEqual(['Ann0.md', 'Ann1.md', 'Ben0.md', 'Ben1.md', 'Ben2.md', 'Cem0.md']);
  expect(await readFile(file, 'utf8')).toBe(toLines(await allOf(store)));
  // Decided again by its author, it is there again.
  await writeFile(file, (await readFile(file, 'utf8')) + toLines([{ ...decision('Ben3.md', 2_000), by: 'Ben' }]));
  await shared.synchronise(file);
  expect(await paths(store)).toContain('Ben3.md');
});

it.each([
  { name: 'is empty', now: '' },
  { name: 'lost too many lines', now: toLines([...of('Ann', 2), ...of('Ben', 2)]) },
])('a file that $name took nothing back: its lines come back', async ({ now }) => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const { store, shared } = await open(folder);
  const all = [...of('Ann', 2), ...of('Ben', 4)];
  await store.merge(all);
  await shared.synchronise(file);
  await writeFile(file, now);
  expect((await shared.synchronise(file)).cameBack).toBe(now === '' ? 6 : 2);
  expect(await readFile(file, 'utf8')).toBe(toLines(all));
  expect(await shared.synchronise(file)).toEqual({ cameBack: 0 });
});

it('a file that is gone, or cut within a line, took nothing back', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const { store, shared } = await open(folder);
  await store.merge(of('Ben', 9));
  await shared.synchronise(file);
  const content = await readFile(file, 'utf8');
  await writeFile(file, content.slice(0, -20));
  await expect(shared.synchronise(file)).rejects.toMatchObject({ code: 'data-invalid' });
  expect(await paths(store)).toHaveLength(9);
  await rm(file);
  await shared.synchronise(file);
  expect(await readFile(file, 'utf8')).toBe(content);
});

it('tells other windows of its lines only when they change', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const { store, shared } = await open(folder);
  await store.merge(of('Ben', 2));
  await shared.synchronise(file);
  const other = await open(folder);
  other.store.changedElsewhere();
  await shared.synchronise(file);
  expect(other.store.changedElsewhere()).toBe(false);
});

it('leaves a file alone that it cannot read', async () => {
  const folder = await TempFolder.create({ 'broken.jsonl': '<<<<<<< ours\n' });
  const { store, shared } = await open(folder);
  await store.merge([decision('a.md')]);
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

it('knows its own writing of the file from that of others', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const { store, shared } = await open(folder);
  await store.merge([decision('mine.md')]);
  expect(await shared.isAsLeft(file)).toBe(false);
  await shared.synchronise(file);
  expect(await shared.isAsLeft(file)).toBe(true);
  await writeFile(file, toLines([decision('mine.md'), decision('theirs.md')]));
  expect(await shared.isAsLeft(file)).toBe(false);
  await shared.synchronise(file);
  expect(await shared.isAsLeft(file)).toBe(true);
  expect(await shared.isAsLeft(folder.at('other.jsonl'))).toBe(false);
});

it('reads the lines of old only where somebody else wrote the file', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const { store } = await open(folder);
  const asked: string[] = [];
  const shared = new SharedFile({
    ...sharedStore(store),
    fileLines: (of) => {
      asked.push(of);
      return Promise.resolve(store.fileLines(of));
    },
  });
  for (const path of ['a.md', 'b.md', 'c.md']) {
    await store.merge([decision(path)]);
    await shared.synchronise(file);
  }
  expect(asked).toHaveLength(1);
  await writeFile(file, toLines([decision('a.md')]));
  await shared.synchronise(file);
  expect(asked).toHaveLength(2);
});

/** Three people whose stores and file have 30 decisions of others, so that a few that vanish were taken back. */
async function team(folder: TempFolder, file: string) {
  const people: Person[] = [];
  for (const by of ['Ann', 'Ben', 'Cem']) people.push(await open(folder, `${by}.sqlite`, by));
  await people[0]!.store.merge(of('Dan', 30));
  /** Until the file has nothing new for anybody. */
  const synchronise = async (order: readonly number[] = [0, 1, 2]) => {
    for (let round = 0; round < 3; round++) for (const at of order) await people[at]!.shared.synchronise(file);
  };
  await synchronise();
  const decided = async (at: number) => toLines(await allOf(people[at]!.store));
  return { people, synchronise, decided };
}

const act = fc.record({
  by: fc.nat(2),
  what: fc.constantFrom('accept', 'reject', 'undo', 'redo'),
  paths: fc.uniqueArray(fc.constantFrom('a.md', 'b.md'), { minLength: 1 }),
  order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
});

it('what one decides, undoes and makes again, all have: also where it was decided on before, by whomever', async () => {
  const folder = await TempFolder.create();
  let teams = 0;
  const acts = fc.array(act, { minLength: 3, maxLength: 8 });
  const property = fc.asyncProperty(acts, async (all) => {
    const home = await TempFolder.create();
    const { people, synchronise, decided } = await team(home, folder.at(`${teams++}.jsonl`));
    for (const { by, what, paths, order } of all) {
      const { store } = people[by]!;
      const tags = paths.map((path) => ({ ...decision(path), label: 'bug' }));
      const steps: Record<'accept' | 'reject', DecisionStep> = { accept: acceptStep(tags), reject: rejectStep(tags) };
      await (what === 'undo' || what === 'redo' ? store[what]() : store.decide(steps[what]));
      const mine = await decided(by);
      await synchronise(order);
      for (const at of order) expect(await decided(at)).toBe(mine);
    }
  });
  await fc.assert(property, {
    numRuns: 5,
    examples: [
      // A second thought that is undone, and a decision over another's.
      [['accept', 'reject', 'undo'].map((what) => ({ by: 0, what, paths: ['a.md'], order: [0, 1, 2] }))],
      [[1, 0, 0].map((by, at) => ({ by, what: ['accept', 'reject', 'undo'][at]!, paths: ['a.md'], order: [0, 1, 2] }))],
    ],
  });
});

it('what another program writes into the file while it is synchronised stays', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const { store, shared } = await open(folder);
  await store.merge(of('Ann', 9));
  await shared.synchronise(file);
  await store.merge(of('Ann', 10));
  const pulled = toLines([...of('Ann', 9), ...of('Ben', 1)]);
  let pulls = 1;
  const meanwhile = new SharedFile({
    ...sharedStore(store),
    all: async () => {
      if (pulls-- > 0) await writeFile(file, pulled);
      return allOf(store);
    },
  });
  await meanwhile.synchronise(file);
  expect(await readFile(file, 'utf8')).toBe(toLines([...of('Ann', 10), ...of('Ben', 1)]));
  expect(await paths(store)).toContain('Ben0.md');
  expect(await readdir(folder.path)).not.toContainEqual(expect.stringContaining('.tmp'));
  // Where it never rests, it is written at last.
  pulls = Infinity;
  await store.merge(of('Ann', 11));
  await meanwhile.synchronise(file);
  expect(await readFile(file, 'utf8')).toContain('Ann10.md');
});

it('what others write meanwhile is held against what was read before, not against what was there once', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const { store, shared } = await open(folder);
  await store.merge(of('Ben', 30));
  await shared.synchronise(file);
  const all = await readFile(file, 'utf8');
  const first = (count: number) => `${all.split('\n').slice(0, count).join('\n')}\n`;
  let writes: string[] = [];
  const meanwhile = new SharedFile({
    ...sharedStore(store),
    all: async () => {
      const text = writes.shift();
      if (text !== undefined) await writeFile(file, text);
      return allOf(store);
    },
  });
  // Taken back, and then not after all, while there is something to be written.
  await store.merge(of('Ann', 1));
  await writeFile(file, first(29));
  writes = [all];
  expect(await meanwhile.synchronise(file)).toEqual({ cameBack: 0 });
  const both = toLines([...of('Ann', 1), ...of('Ben', 30)]);
  expect([await readFile(file, 'utf8'), (await allOf(store)).length]).toEqual([both, 31]);
  // What vanished is counted once.
  await writeFile(file, first(10));
  writes = [first(10), first(10)];
  expect(await meanwhile.synchronise(file)).toEqual({ cameBack: 21 });
  expect([await readFile(file, 'utf8'), writes]).toEqual([both, []]);
});
