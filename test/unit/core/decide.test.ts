// Which scores become tags.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/decide';
import type { LabelSet } from '../../../src/core/labelSet';
import { parseLabelSets } from '../../../src/core/parseLabelSets';
import type { LabelScore } from '../../../src/core/tagResult';

function setOf(entry: Record<string, unknown>): LabelSet {
  const { sets, problems } = parseLabelSets({ test: entry });
  expect(problems).toEqual([]);
  return sets[0]!;
}

function scored(set: LabelSet, scores: readonly number[]): LabelScore[] {
  return set.labels.map(({ name }, index) => ({ label: name, score: scores[index]!, start: index, end: index + 1 }));
}

function tagsOf(entry: Record<string, unknown>, scores: readonly number[]): string[] {
  const set = setOf(entry);
  return decide(scored(set, scores), set).tags.map(({ label }) => label);
}

describe('decide, multi-label', () => {
  it('takes every label that reaches its threshold, best first', () => {
    expect(tagsOf({ labels: ['a', 'b', 'c', 'd'] }, [0.5, 0.49, 0.9, 0.7])).toEqual(['c', 'd', 'a']);
  });

  it('keeps the order of the set among equals', () => {
    expect(tagsOf({ labels: ['z', 'm', 'a'], threshold: 0 }, [0.4, 0.4, 0.4])).toEqual(['z', 'm', 'a']);
  });

  it("prefers a label's own threshold", () => {
    const labels = [{ name: 'strict', threshold: 0.9 }, { name: 'lax', threshold: 0.1 }, 'plain'];
    expect(tagsOf({ labels }, [0.8, 0.2, 0.49])).toEqual(['lax']);
  });

  it('never tags what is no number, and gives it back as 0', () => {
    const set = setOf({ labels: ['a', 'b', 'c'], threshold: 0 });
    const result = decide(scored(set, [NaN, 0, Infinity]), set);
    expect(result.tags.map(({ label }) => label)).toEqual(['b']);
    expect(result.scores.map(({ score }) => score)).toEqual([0, 0, 0]);
  });

  it('keeps evidence and returns scores in the order of the set', () => {
    const set = setOf({ labels: ['a', 'b'] });
    const result = decide(
      [
        { label: 'b', score: 0.6, start: 3, end: 9 },
        { label: 'a', score: 0.1, start: 0, end: 3 },
        { label: 'gone', score: 1, start: 0, end: 3 },
      ],
      set,
    );
    expect(result.scores.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(result.tags).toEqual([{ label: 'b', score: 0.6, start: 3, end: 9 }]);
  });

  it('refuses scores that do not cover the set', () => {
    const set = setOf({ labels: ['a', 'b'] });
    expect(() => decide([{ label: 'a', score: 1, start: 0, end: 1 }], set)).toThrow('“b”');
  });
});

describe('decide, exclusive groups', () => {
  const tone = { labels: { tone: ['good', 'bad'], topic: ['x', 'y'] }, exclusive: ['tone'] };

  it('lets only the best child through, others stay free', () => {
    expect(tagsOf(tone, [0.6, 0.8, 0.7, 0.9])).toEqual(['topic.y', 'tone.bad', 'topic.x']);
  });

  it('takes the first of equals', () => {
    expect(tagsOf(tone, [0.6, 0.6, 0, 0])).toEqual(['tone.good']);
  });

  it('chooses among the children that reach their own threshold', () => {
    const labels = {
      tone: [
        { name: 'good', threshold: 0.3 },
        { name: 'bad', threshold: 0.9 },
      ],
    };
    expect(tagsOf({ labels, exclusive: ['tone'] }, [0.4, 0.8])).toEqual(['tone.good']);
  });

  it('judges a branch by its best leaf and keeps all its leaves', () => {
    const labels = { kind: { code: ['script', 'test'], prose: ['mail', 'letter'] } };
    expect(tagsOf({ labels, exclusive: ['kind'] }, [0.6, 0.95, 0.9, 0.91])).toEqual([
      'kind.code.test',
      'kind.code.script',
    ]);
  });

  it('decides groups inside groups alike in any order', () => {
    const labels = { kind: { code: ['script', 'test'], prose: ['mail', 'letter'] } };
    const scores = [0.6, 0.95, 0.9, 0.91];
    expect(tagsOf({ labels, exclusive: ['kind', 'kind.code'] }, scores)).toEqual(['kind.code.test']);
    expect(tagsOf({ labels, exclusive: ['kind.code', 'kind'] }, scores)).toEqual(['kind.code.test']);
    expect(tagsOf({ labels, exclusive: ['kind.code'] }, scores)).toEqual([
      'kind.code.test',
      'kind.prose.letter',
      'kind.prose.mail',
    ]);
  });

  it('tells a leaf from a branch with the same beginning', () => {
    const labels = { a: ['b', 'bc'], ab: ['c'] };
    expect(tagsOf({ labels, exclusive: ['a'] }, [0.9, 0.8, 0.7])).toEqual(['a.b', 'ab.c']);
  });

  it('never tags two children of an exclusive parent, and never loses the best', () => {
    const set = setOf({ labels: { g: { p: ['a', 'b'], q: ['c', 'd'], r: 'e' } }, exclusive: ['g', 'g.p'] });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }), (scores) => {
        const { tags, scores: all } = decide(scored(set, scores), set);
        const branches = new Set(tags.map(({ label }) => label.split('.')[1]));
        expect(branches.size).toBeLessThanOrEqual(1);
        expect(tags.filter(({ label }) => label.startsWith('g.p')).length).toBeLessThanOrEqual(1);
        const best = Math.max(...all.map(({ score }) => score));
        expect(tags[0]?.score).toBe(best >= 0.5 ? best : undefined);
      }),
    );
  });
});

describe('decide, single-label', () => {
  it('takes the first of the best, however low', () => {
    expect(tagsOf({ labels: ['a', 'b', 'c'], mode: 'single-label' }, [0.2, 0.3, 0.3])).toEqual(['b']);
  });

  it('fits none where the winner misses the threshold', () => {
    const entry = { labels: ['a', 'b'], mode: 'single-label', threshold: 0.6 };
    expect(tagsOf(entry, [0.55, 0.45])).toEqual([]);
    expect(tagsOf(entry, [0.6, 0.4])).toEqual(['a']);
  });

  it('never falls back to a runner-up with a lower threshold', () => {
    const labels = [{ name: 'a', threshold: 0.9 }, 'b'];
    expect(tagsOf({ labels, mode: 'single-label' }, [0.6, 0.4])).toEqual([]);
  });

  it('passes over what is no number', () => {
    expect(tagsOf({ labels: ['a', 'b'], mode: 'single-label' }, [NaN, 0.1])).toEqual(['b']);
    expect(tagsOf({ labels: ['a', 'b'], mode: 'single-label' }, [NaN, NaN])).toEqual([]);
  });
});
