// Hierarchy helpers beyond the recorded calls: hostile names, inverse of flattening.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenLabels } from '../../../src/core/flattenLabels';
import { bestPerCategory, groupPredictionsByHierarchy, nestScores } from '../../../src/core/hierarchy';

describe('nestScores', () => {
  it('takes __proto__ as a label like any other', () => {
    const labels = JSON.parse('{"__proto__": ["a", "b"]}') as Record<string, string[]>;
    const nested = nestScores(labels, [{ label: '__proto__.a', score: 0.5 }]);
    expect(JSON.stringify(nested)).toBe('{"__proto__":{"a":0.5,"b":0}}');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
    expect(JSON.stringify(nestScores(['__proto__'], [{ label: '__proto__', score: 0.25 }]))).toBe('{"__proto__":0.25}');
  });

  it('finds the score of every flattened label', () => {
    const name = fc.string({ minLength: 1, maxLength: 4 });
    const list = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
    const tree = fc.dictionary(name, fc.oneof(list, fc.dictionary(name, list, { minKeys: 1, maxKeys: 3 })), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(tree, (labels) => {
        const names = flattenLabels(labels);
        const scores = new Map(names.map((label, index) => [label, (index + 1) / 1000]));
        const leaves: number[] = [];
        const walk = (value: unknown): void => {
          if (typeof value === 'number') leaves.push(value);
          else Object.values(value as object).forEach(walk);
        };
        walk(nestScores(labels, [], scores));
        const expected = names.map((label) => scores.get(label));
        expect(leaves.sort()).toEqual(expected.sort());
      }),
    );
  });
});

describe('flattenLabels', () => {
  it('refuses what upstream does not take', () => {
    for (const wrong of [5, null, true, undefined, { a: null }, { a: [1] }, [['a']]]) {
      expect(() => flattenLabels(wrong as never)).toThrow(TypeError);
    }
  });
});

describe('grouping', () => {
  it('splits at the separator it is given', () => {
    const predictions = [
      { label: 'a.b/c', score: 0.1 },
      { label: 'a.b/d', score: 0.3 },
      { label: 'e', score: 0.2 },
    ];
    const groups = groupPredictionsByHierarchy(predictions, '/');
    expect([...groups.keys()]).toEqual(['a.b', 'e']);
    expect(groups.get('a.b')?.map(({ label }) => label)).toEqual(['a.b/d', 'a.b/c']);
    expect([...bestPerCategory(predictions, '/').values()].map(({ score }) => score)).toEqual([0.3, 0.2]);
  });
});
