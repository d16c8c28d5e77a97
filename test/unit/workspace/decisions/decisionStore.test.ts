// The store of decisions: steps, undo and redo, two windows, damage, speed.
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  acceptStep,
  moveStep,
  noneFitsStep,
  rejectStep,
  stepName,
  takeBackStep,
} from '../../../../src/core/review/steps';
import type { TagTarget } from '../../../../src/core/review/steps';
import { DecisionStore } from '../../../../src/workspace/decisions/decisionStore';
import type { DecisionStoreOptions } from '../../../../src/workspace/decisions/decisionStore';
import { decisionsKind } from '../../../../src/workspace/decisions/decisionsKind';
import { keptSteps } from '../../../../src/workspace/decisions/stepLog';
import { Database } from '../../../../src/workspace/store/database';
import { TagStore } from '../../../../src/workspace/store/tagStore';
import { TempFolder } from '../tempFolder';

async function opened(folder: TempFolder, options: DecisionStoreOptions = {}): Promise<DecisionStore> {
  const { store, notice } = await DecisionStore.open(folder.at('decisions.sqlite'), options);
  onTestFinished(() => {
    store.close();
  });
  expect(notice).toBeNull();
  return store;
}

function tag(path: string, label = 'bug', more: Partial<TagTarget> = {}): TagTarget {
  return { root: '', path, passage: null, set: 'set', label, textHash: '0a'.repeat(32), ...more };
}

/** `label: verdict` of a document, in order. */
function shown(store: DecisionStore, path: string): string[] {
  return store.decisionsOf({ root: '', path }, 'set').map(({ label, verdict }) => `${label ?? '-'}: ${verdict}`);
}

async function all(store: DecisionStore, set: string | null = 'set') {
  const pages = [];
  for await (const page of store.decisions(set)) pages.push(page);
  return pages;
}

describe('DecisionStore', () => {
  it('keeps decisions over restarts, with all that was said', async () => {
    const folder = await TempFolder.create();
    const store = await opened(folder, { now: () => 5_000, by: 'Ann' });
    const passage = { start: 3, end: 7, exact: 'text', prefix: 'a, ', suffix: '.' };
    await store.decide(acceptStep([tag('a.md'), tag('b.md', 'idea', { passage, root: 'notes' })]));
    store.close();
    const again = await opened(folder);
    expect(again.decisionsOf({ root: '', path: 'a.md' })).toEqual([
      { ...tag('a.md'), verdict: 'accepted', decidedMs: 5_000, by: 'Ann' },
    ]);
    expect(again.decisionsOf({ root: 'notes', path: 'b.md' }, 'set')).toEqual([
      { ...tag('b.md', 'idea', { passage, root: 'notes' }), verdict: 'accepted', decidedMs: 5_000, by: 'Ann' },
    ]);
    expect(again.decisionsOf({ root: 'notes', path: 'b.md' }, 'other')).toEqual([]);
    expect(again.decisionsOf({ root: '', path: 'b.md' })).toEqual([]);
  });

  it("makes a step in another's name, who has then settled what was decided before, and undoes it exactly", async () => {
    let nowMs = 5_000;
    const store = await opened(await TempFolder.create(), { now: () => nowMs, by: 'Ann' });
    await store.decide(acceptStep([tag('a.md')]));
    nowMs = 6_000;
    await store.decide(rejectStep([tag('a.md')]), 'Some Extension');
    const theirs = { verdict: 'rejected', decidedMs: 6_000, by: 'Some Extension', settlesMs: 5_000 };
    expect(store.decisionsOf({ root: '', path: 'a.md' })).toEqual([{ ...tag('a.md'), ...theirs }]);
    await store.undo();
    expect(store.decisionsOf({ root: '', path: 'a.md' })).toMatchObject([{ verdict: 'accepted', by: 'Ann' }]);
  });

  it('undoes and redoes step by step, also after a restart, and a new step ends the redo branch', async () => {
    const folder = await TempFolder.create();
    let store = await opened(folder);
    expect(await store.undo()).toBeNull();
    await store.decide(acceptStep([tag('a.md'), tag('a.md', 'idea')]));
    await store.decide(rejectStep([tag('a.md')]));
    await store.decide(moveStep([{ ...tag('a.md', 'idea'), otherIsProposed: false }], 'thanks'));
    expect(shown(store, 'a.md')).toEqual(['bug: rejected', 'idea: rejected', 'thanks: added']);
    store.close();
    store = await opened(folder);
    expect(stepName(store.peekUndo()!)).toBe('move 1 tag to thanks');
    expect(await store.undo()).toMatchObject({ changed: 2, kept: 0, documents: [{ root: '', path: 'a.md' }] });
    expect(shown(store, 'a.md')).toEqual(['bug: rejected', 'idea: accepted']);
    expect(stepName((await store.undo())!.title)).toBe('reject 1 tag');
    expect(shown(store, 'a.md')).toEqual(['bug: accepted', 'idea: accepted']);
    store.close();
    store = await opened(folder);
    expect([stepName(store.peekUndo()!), stepName(store.peekRedo()!)]).toEqual(['accept 2 tags', 'reject 1 tag']);
    await store.redo();
    expect(shown(store, 'a.md')).toEqual(['bug: rejected', 'idea: accepted']);
    await store.redo();
    expect(shown(store, 'a.md')).toEqual(['bug: rejected', 'idea: rejected', 'thanks: added']);
    expect(await store.redo()).toBeNull();
    await store.undo();
    await store.decide(noneFitsStep([tag('a.md')]));
    expect(await store.redo()).toBeNull();
    while (await store.undo());
    expect(shown(store, 'a.md')).toEqual([]);
  });

  it('undo restores the very decision that was there, time and text included', async () => {
    let nowMs = 1_000;
    const store = await opened(await TempFolder.create(), { now: () => nowMs });
    await store.decide(acceptStep([tag('a.md')]));
    const before = store.decisionsOf({ root: '', path: 'a.md' });
    nowMs = 2_000;
    await store.decide(rejectStep([tag('a.md', 'bug', { textHash: 'ff'.repeat(32) })]));
    await store.undo();
    expect(store.decisionsOf({ root: '', path: 'a.md' })).toEqual(before);
    await store.decide(takeBackStep([tag('a.md')]));
    expect(shown(store, 'a.md')).toEqual([]);
    await store.undo();
    expect(store.decisionsOf({ root: '', path: 'a.md' })).toEqual(before);
  });

  it('gives later decisions later times when the clock stands still or goes back', async () => {
    let nowMs = 1_000;
    const store = await opened(await TempFolder.create(), { now: () => nowMs });
    const times: number[] = [];
    for (const [index, ms] of [1_000, 1_000, 10].entries()) {
      nowMs = ms;
      await store.decide(index === 1 ? rejectStep([tag('a.md')]) : acceptStep([tag('a.md')]));
      times.push(store.decisionsOf({ root: '', path: 'a.md' })[0]!.decidedMs);
    }
    expect(times).toEqual([1_000, 1_001, 1_002]);
  });

  it('keeps the last steps, not all of them', async () => {
    const store = await opened(await TempFolder.create());
    for (let n = 0; n < keptSteps + 5; n++) await store.decide(acceptStep([tag(`${n}.md`)]));
    let undone = 0;
    while (await store.undo()) undone++;
    expect(undone).toBe(keptSteps);
    expect([shown(store, '4.md'), shown(store, '5.md')]).toEqual([['bug: accepted'], []]);
  });

  it('undoes a step exactly where one key has several changes', async () => {
    const store = await opened(await TempFolder.create());
    const decided = { ...tag('a.md'), verdict: 'accepted', decidedMs: 1 } as const;
    const both = [
      { ...decided, by: 'Ann' },
      { ...decided, by: 'Ben', verdict: 'rejected' },
    ] as const;
    await store.merge(both, { action: 'import', count: 2 });
    expect(await store.undo()).toMatchObject({ kept: 0 });
    expect(shown(store, 'a.md')).toEqual([]);
    expect(await store.redo()).toMatchObject({ kept: 0 });
    expect(store.decisionsOf(tag('a.md'))).toEqual(both);
  });

  it('a step that changes nothing is no step', async () => {
    const store = await opened(await TempFolder.create());
    await store.decide(acceptStep([tag('a.md')]));
    const { revision } = store;
    expect(await store.decide(acceptStep([tag('a.md')]))).toMatchObject({ changed: 0, documents: [] });
    expect(store.revision).toBe(revision);
    await store.undo();
    expect(store.peekUndo()).toBeNull();
  });
});

describe('two windows', () => {
  it('both decide, each hears of the other, and undoes its own steps only', async () => {
    const folder = await TempFolder.create();
    const one = await opened(folder);
    const two = await opened(folder);
    expect(one.changedElsewhere()).toBe(false);
    const { revision } = one;
    await two.decide(acceptStep([tag('b.md'), tag('c.md')]));
    expect([one.changedElsewhere(), one.changedElsewhere()]).toEqual([true, false]);
    expect(one.documentsChangedSince(revision)).toEqual([
      { root: '', path: 'b.md' },
      { root: '', path: 'c.md' },
    ]);
    await one.decide(acceptStep([tag('a.md')]));
    expect(one.changedElsewhere()).toBe(false);
    expect((await one.undo())?.documents).toEqual([{ root: '', path: 'a.md' }]);
    expect(await one.undo()).toBeNull();
    expect([shown(one, 'a.md'), shown(one, 'b.md')]).toEqual([[], ['bug: accepted']]);
  });

  it('undo leaves what the other window decided since, and says so', async () => {
    const folder = await TempFolder.create();
    const one = await opened(folder);
    const two = await opened(folder);
    await one.decide(acceptStep([tag('a.md'), tag('b.md')]));
    await two.decide(rejectStep([tag('b.md')]));
    expect(await one.undo()).toMatchObject({ changed: 1, kept: 1, documents: [{ path: 'a.md' }] });
    expect([shown(one, 'a.md'), shown(one, 'b.md')]).toEqual([[], ['bug: rejected']]);
    expect(await one.redo()).toMatchObject({ changed: 1, kept: 1 });
    expect([shown(one, 'a.md'), shown(one, 'b.md')]).toEqual([['bug: accepted'], ['bug: rejected']]);
  });
});

describe('the file', () => {
  it('is durable, and ours', async () => {
    const folder = await TempFolder.create({ 'notes.txt': 'my notes' });
    const { file } = await opened(folder);
    const database = Database.open(file, decisionsKind);
    // FULL: a commit is on the disk when it returns.
    expect(database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    database.close();
    await expect(TagStore.open(file, { ownFolder: true })).rejects.toMatchObject({ code: 'index-unsupported' });
    await expect(DecisionStore.open(folder.at('notes.txt'))).rejects.toMatchObject({ code: 'index-unsupported' });
    expect(await readFile(folder.at('notes.txt'), 'utf8')).toBe('my notes');
  });

  it('is set aside when it is damaged, with a notice, and never deleted', async () => {
    const folder = await TempFolder.create();
    const store = await opened(folder);
    await store.decide(acceptStep(Array.from({ length: 500 }, (_, index) => tag(`${index}.md`))));
    store.close();
    const bytes = await readFile(store.file);
    bytes.fill(0x5a, 4096, 3 * 4096);
    await writeFile(store.file, bytes);
    const { store: fresh, notice } = await DecisionStore.open(store.file);
    expect(notice?.message).toMatch(/^The file of decisions was damaged .* set aside as decisions\.sqlite\.damaged-/);
    expect(await readFile(notice!.setAside)).toEqual(bytes);
    expect(shown(fresh, '1.md')).toEqual([]);
    fresh.close();
  });
});

describe('a step of thousands', () => {
  // Long enough that a fast machine, too, needs many slices for it.
  const size = 20_000;
  const tags = Array.from({ length: size }, (_, index) => tag(`f/${index}.md`));
  const count = async (store: DecisionStore) => (await all(store)).flat().length;

  it('lets the event loop go on, and nobody sees half of it; calls meanwhile come after it', async () => {
    const folder = await TempFolder.create();
    const [store, other] = [await opened(folder), await opened(folder)];
    const seen: number[] = [];
    const look = async (making: Promise<unknown>) => {
      const state = { isDone: false };
      void making.finally(() => (state.isDone = true));
      for (let turns = 0; ; turns++) {
        await new Promise((resolve) => setImmediate(resolve));
        if (state.isDone) return turns;
        seen.push(store.labelsOf('set').get('bug') ?? 0, other.labelsOf('set').get('bug') ?? 0);
        expect(store.peekUndo()?.count ?? 0).toBe(seen.at(-2));
      }
    };
    const made = store.decide(acceptStep(tags));
    const undone = store.undo();
    const madeAgain = store.redo();
    const renamed = store.moveDocuments({ root: '', path: 'f' }, { root: '', path: 'g' });
    expect(await look(Promise.all([made, undone, madeAgain]))).toBeGreaterThan(10);
    expect((await made).changed).toBe(size);
    expect(await undone).toMatchObject({ changed: size, kept: 0 });
    expect(await madeAgain).toMatchObject({ changed: size, kept: 0 });
    expect(await renamed).toHaveLength(size);
    expect([...new Set(seen)].sort()).toEqual([0, size]);
    expect(await count(other)).toBe(size);
  });

  it('is not made at all where the store is closed meanwhile', async () => {
    const folder = await TempFolder.create();
    const store = await opened(folder);
    await store.decide(acceptStep([tag('a.md')]));
    const step = rejectStep([tag('a.md'), ...tags]);
    // When half of it is written, however long that takes on this machine.
    Object.defineProperty(step.decisions[size / 2], 'label', {
      get: () => {
        store.close();
        return 'bug';
      },
    });
    await expect(store.decide(step)).rejects.toMatchObject({ code: 'cancelled' });
    const again = await opened(folder);
    expect(await all(again)).toMatchObject([[{ path: 'a.md', verdict: 'accepted' }]]);
    expect(again.peekUndo()).toEqual({ action: 'accept', count: 1 });
  });

  it('waits for what another window writes, while the event loop goes on', async () => {
    const store = await opened(await TempFolder.create());
    const other = Database.open(store.file, decisionsKind);
    other.exec('BEGIN IMMEDIATE');
    let isMade = false;
    const making = store.decide(acceptStep([tag('a.md')])).then(() => (isMade = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isMade).toBe(false);
    other.exec('COMMIT');
    other.close();
    await making;
    expect(await count(store)).toBe(1);
  });
});

it('decides 10,000 tags in one step within a second, and reads them in pages', async () => {
  const store = await opened(await TempFolder.create());
  const tags = Array.from({ length: 10_000 }, (_, index) => tag(`f/${index}.md`));
  const start = process.cpuUsage();
  expect((await store.decide(acceptStep(tags))).changed).toBe(10_000);
  // Of the processor, so that what else runs on the machine does not count.
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(1_000);
  const pages = await all(store);
  expect(pages.length).toBeGreaterThan(5);
  expect(new Set(pages.flat().map(({ path }) => path)).size).toBe(10_000);
  expect(await all(store, 'other')).toEqual([]);
  expect(pages.flat().map(({ verdict }) => verdict)).toEqual(Array<string>(10_000).fill('accepted'));
  expect((await store.undo())?.changed).toBe(10_000);
  expect(await all(store)).toEqual([]);
});
