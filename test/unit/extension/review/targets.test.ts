// What rows of the view stand for. Folders may hold all documents there are: the event loop must get its turns meanwhile.
import { expect, it } from 'vitest';
import { Targets } from '../../../../src/extension/review/targets';
import type { LabelSets } from '../../../../src/extension/labels/labelSets';
import type { Results } from '../../../../src/extension/results/results';

it('finds the documents of a folder, and leaves the event loop its turns while it looks for them', async () => {
  let turns = 0;
  let turnsBeforeFirst: number | null = null;
  const summary = (id: string) => {
    // As long as a summary of many labels takes.
    const until = performance.now() + 0.05;
    while (performance.now() < until);
    return { folders: Number(id) % 2 === 0 ? ['work', 'notes'] : ['work', 'notes2'] };
  };
  const results = {
    ids: () => Array.from({ length: 4_000 }, (_, n) => String(n)),
    summary,
    decidedPlace: (id: string) => {
      turnsBeforeFirst ??= turns;
      return Promise.resolve({ path: id });
    },
  } as unknown as Results;
  let timer = setImmediate(function turn() {
    turns++;
    timer = setImmediate(turn);
  });
  const row = { webviewSection: 'folder', documentId: null, label: null, folder: 'work/notes', tagged: true } as const;
  const places = await new Targets(results, {} as unknown as LabelSets).places([row]);
  clearImmediate(timer);
  expect(places).toHaveLength(2_000);
  expect(places.every(({ id }) => Number(id) % 2 === 0)).toBe(true);
  expect(turnsBeforeFirst).toBeGreaterThan(2);
});
