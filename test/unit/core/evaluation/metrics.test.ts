// Figures against hand-computed ones and the plain definition.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestThreshold } from '../../../../src/core/evaluation/bestThreshold';
import { measure } from '../../../../src/core/evaluation/metrics';

function single(labels: readonly string[]): string[][] {
  return labels.map((label) => [label]);
}

describe('measure, one label a row', () => {
  it('gives accuracy and macro F1 by hand', () => {
    // cat: 2 right of 3 true, 3 predicted: P = R = F1 = 2/3. dog: 1 of 2, 3 predicted: P 1/3, R 1/2, F1 .4. cow: 0 of 1.
    const metrics = measure(
      single(['cat', 'cat', 'cat', 'dog', 'dog', 'cow']),
      single(['cat', 'cat', 'dog', 'dog', 'cat', 'dog']),
    );
    expect(metrics.accuracy).toBeCloseTo(0.5, 12);
    expect(metrics.micro.f1).toBeCloseTo(0.5, 12);
    expect(metrics.macro.f1).toBeCloseTo((2 / 3 + 0.4 + 0) / 3, 12);
    expect(metrics.macro.precision).toBeCloseTo((2 / 3 + 1 / 3 + 0) / 3, 12);
    expect(metrics.macro.recall).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 12);
    expect(metrics.perLabel.map(({ label, support }) => [label, support])).toEqual([
      ['cat', 3],
      ['cow', 1],
      ['dog', 2],
    ]);
  });

  it('counts labels that are only predicted, and no others', () => {
    // scikit-learn: f1_score(['a', 'a'], ['a', 'b'], average='macro') = mean(2/3, 0).
    expect(measure(single(['a', 'a']), single(['a', 'b'])).macro.f1).toBeCloseTo(1 / 3, 12);
  });

  it('takes a row without prediction as wrong', () => {
    const metrics = measure([['a'], ['a']], [['a'], []]);
    expect(metrics.accuracy).toBe(0.5);
    expect(metrics.micro).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 });
  });
});

describe('measure, several labels a row', () => {
  it('gives micro, macro and exact match by hand', () => {
    const metrics = measure([['a', 'b'], ['b'], [], ['c']], [['a'], ['b', 'c'], [], ['a', 'a']]);
    // a: right 1, predicted 2, true 1. b: 1, 1, 2. c: 0, 1, 1. Together 2 of 4 predicted, 2 of 4 true.
    expect(metrics.micro).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(metrics.macro.f1).toBeCloseTo((2 / 3 + 2 / 3 + 0) / 3, 12);
    expect(metrics.macro.precision).toBeCloseTo((0.5 + 1 + 0) / 3, 12);
    expect(metrics.macro.recall).toBeCloseTo((1 + 0.5 + 0) / 3, 12);
    expect(metrics.accuracy).toBe(0.25);
    expect(metrics.rows).toBe(4);
  });

  it('measures the labels it is given, those without cases as 0', () => {
    const metrics = measure([['a', 'x']], [['a']], ['a', 'b']);
    expect(metrics.macro.f1).toBe(0.5);
    expect(metrics.micro.recall).toBe(1);
    expect(metrics.accuracy).toBe(1);
    expect(metrics.perLabel).toEqual([
      { label: 'a', precision: 1, recall: 1, f1: 1, support: 1, predicted: 1 },
      { label: 'b', precision: 0, recall: 0, f1: 0, support: 0, predicted: 0 },
    ]);
  });

  it('is 0 where there is nothing', () => {
    expect(measure([], [])).toMatchObject({ rows: 0, accuracy: 0, micro: { f1: 0 }, macro: { f1: 0 }, perLabel: [] });
  });

  it('refuses rows that do not pair', () => {
    expect(() => measure([['a']], [])).toThrow(RangeError);
  });

  it('takes __proto__ as a label', () => {
    expect(measure([['__proto__']], [['__proto__']]).macro.f1).toBe(1);
  });
});

describe('bestThreshold', () => {
  it('finds the best by hand', () => {
    // .9 right, .8 wrong, .7 right, .2 right: F1 at .9 = 2/4, .8 = 2/5, .7 = 4/6, .2 = 6/7.
    expect(bestThreshold([0.9, 0.8, 0.7, 0.2], [true, false, true, true])).toEqual({ threshold: 0.2, microF1: 6 / 7 });
    expect(bestThreshold([0.9, 0.8, 0.7, 0.2], [true, false, false, false])).toEqual({ threshold: 0.9, microF1: 1 });
  });

  it('takes equal scores together, and of equal F1 the highest threshold', () => {
    expect(bestThreshold([0.5, 0.5, 0.1], [1, 0, 0])).toEqual({ threshold: 0.5, microF1: 2 / 3 });
    expect(bestThreshold([0.9, 0.6, 0.6, 0.6], [true, false, false, true])?.threshold).toBe(0.9);
  });

  it('counts what was never scored, and leaves out what is no number', () => {
    expect(bestThreshold([0.9], [true], 1)).toEqual({ threshold: 0.9, microF1: 2 / 3 });
    expect(bestThreshold([NaN, 0.4], [true, true])).toEqual({ threshold: 0.4, microF1: 2 / 3 });
  });

  it('has nothing to say where nothing is true or scored', () => {
    expect(bestThreshold([0.9], [false])).toBeNull();
    expect(bestThreshold([], [], 3)).toBeNull();
    expect(() => bestThreshold([1], [])).toThrow(RangeError);
  });

  it('is what trying every score gives', () => {
    const pair = fc.record({ score: fc.constantFrom(0, 0.1, 0.2, 0.3, 0.5, 0.9, 1), relevant: fc.boolean() });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), fc.nat(3), (pairs, missed) => {
        const positives = pairs.filter(({ relevant }) => relevant).length + missed;
        const f1At = (threshold: number): number => {
          const above = pairs.filter(({ score }) => score >= threshold);
          return (2 * above.filter(({ relevant }) => relevant).length) / (above.length + positives);
        };
        const best = bestThreshold(
          pairs.map(({ score }) => score),
          pairs.map(({ relevant }) => relevant),
          missed,
        );
        if (positives === 0) {
          expect(best).toBeNull();
          return;
        }
        expect(best?.microF1).toBeCloseTo(Math.max(...pairs.map(({ score }) => f1At(score))), 12);
        expect(f1At(best!.threshold)).toBeCloseTo(best!.microF1, 12);
      }),
    );
  });
});
