// Merging decisions of several people: the laws, and what people see of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { verdicts } from '../../../../src/core/review/decision';
import { conflictsOf, mergeDecisions } from '../../../../src/core/review/mergeDecisions';

const decision: fc.Arbitrary<Decision> = fc
  .record({
    path: fc.constantFrom('a.md', 'b.md'),
    label: fc.constantFrom('bug', 'idea'),
    verdict: fc.constantFrom(...verdicts),
    textHash: fc.constantFrom('aa', 'bb'),
    decidedMs: fc.integer({ min: 1, max: 8 }),
    by: fc.constantFrom(undefined, 'Ann', 'Bob', 'Cem'),
    settled: fc.integer({ min: 0, max: 7 }),
  })
  .map(({ by, settled, ...rest }) => ({
    ...{ root: '', passage: null, set: 'set', ...rest },
    ...(by === undefined ? {} : { by }),
    // Only what was there can have been seen.
    ...(settled > 0 && settled < rest.decidedMs ? { settlesMs: settled } : {}),
  }));
const several = fc.array(decision, { maxLength: 12 });

describe('mergeDecisions', () => {
  it('does not depend on order, grouping or repetition', () => {
    fc.assert(
      fc.property(several, several, several, (a, b, c) => {
        const all = mergeDecisions(mergeDecisions(a, b), c);
        expect(mergeDecisions(a, mergeDecisions(b, c))).toEqual(all);
        expect(mergeDecisions(mergeDecisions(c, b), a)).toEqual(all);
        expect(mergeDecisions(all, a)).toEqual(all);
        expect(mergeDecisions(all, all)).toEqual(all);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps each key, and of each only what was neither replaced nor settled', () => {
    fc.assert(
      fc.property(several, several, (a, b) => {
        const merged = mergeDecisions(a, b);
        const keys = (all: readonly Decision[]) => new Set(all.map(({ path, label }) => `${path} ${label ?? ''}`));
        expect(keys(merged)).toEqual(keys([...a, ...b]));
        for (const one of [...a, ...b]) {
          const same = [...a, ...b].filter(({ path, label }) => path === one.path && label === one.label);
          const isReplaced = same.some(
            (other) => other.by === one.by && other.decidedMs >= one.decidedMs && other !== one,
          );
          const isSettled = same.some(({ settlesMs = 0 }) => settlesMs >= one.decidedMs);
          if (isReplaced || isSettled) continue;
          const kept = merged.find(({ path, label, by }) => path === one.path && label === one.label && by === one.by);
          expect(kept).toMatchObject({ verdict: one.verdict, decidedMs: one.decidedMs });
        }
      }),
    );
  });

  const ann: Decision = {
    ...{ root: '', path: 'a.md', passage: null, set: 'set', label: 'bug' },
    ...{ verdict: 'accepted', textHash: 'aa', decidedMs: 5, by: 'Ann' },
  };
  const bob: Decision = { ...ann, verdict: 'rejected', decidedMs: 7, by: 'Bob' };

  it('keeps what two people differ on as a conflict until one decides who knows both', () => {
    const merged = mergeDecisions([bob], [ann]);
    expect(conflictsOf(merged)).toEqual([
      {
        key: { root: '', path: 'a.md', passage: null, set: 'set', label: 'bug' },
        verdicts: [
          { verdict: 'accepted', textHash: 'aa', decidedMs: 5, by: 'Ann' },
          { verdict: 'rejected', textHash: 'aa', decidedMs: 7, by: 'Bob' },
        ],
      },
    ]);
    const again: Decision = { ...ann, decidedMs: 9, settlesMs: 7 };
    expect(mergeDecisions(merged, [again])).toEqual([again]);
    // Bob, who has not seen it yet.
    expect(conflictsOf(mergeDecisions([again], [{ ...bob, decidedMs: 8 }]))).toHaveLength(1);
  });

  it('of one person the latest counts, and agreement is no conflict', () => {
    const merged = mergeDecisions([ann, { ...ann, verdict: 'rejected', decidedMs: 6 }], [bob]);
    expect(merged.map(({ verdict, by }) => [verdict, by])).toEqual([
      ['rejected', 'Ann'],
      ['rejected', 'Bob'],
    ]);
    expect(conflictsOf(merged)).toEqual([]);
  });
});
