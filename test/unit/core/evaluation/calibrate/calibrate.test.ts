// Calibration: against scikit-learn, by hand, and what must hold whatever was decided.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, probabilityOf, scoreAt } from '../../../../../src/core/evaluation/calibrate/calibration';
import { decidedPairs, foldOfDocument } from '../../../../../src/core/evaluation/calibrate/decidedPairs';
import type { DecidedPair } from '../../../../../src/core/evaluation/calibrate/decidedPairs';
import { estimate } from '../../../../../src/core/evaluation/calibrate/estimate';
import { fitIsotonic, isotonicScore, isotonicValue } from '../../../../../src/core/evaluation/calibrate/isotonic';
import {
  fitPlatt,
  logit,
  plattScore,
  plattValue,
  smoothedTargets,
} from '../../../../../src/core/evaluation/calibrate/platt';
import { thresholdsFor } from '../../../../../src/core/evaluation/calibrate/thresholds';
import { pairsOf, scoreMatrix } from '../../../../../src/core/evaluation/scoreMatrix';
import { labelNames, multiLabelRows, recorded, row } from '../recorded';

const { scores, relevant } = pairsOf(scoreMatrix(multiLabelRows, labelNames), null);
const score = fc.double({ min: 0, max: 1, noNaN: true });
const somePairs = fc.array(fc.tuple(score, fc.boolean()), { minLength: 1, maxLength: 40 });

function pairsOfLabel(label: number, some: readonly (readonly [number, boolean])[]): DecidedPair[] {
  return some.map(([value, isTrue], at) => ({ document: `${label}-${at}`, label, score: value, isTrue }));
}

describe('Platt scaling', () => {
  it('is scikit-learn’s', () => {
    const fit = fitPlatt(Array.from(scores, logit), smoothedTargets(relevant));
    // scikit-learn writes exp(a x + b).
    expect(fit.slope).toBeCloseTo(-recorded.platt.a, 2);
    expect(fit.intercept).toBeCloseTo(-recorded.platt.b, 2);
  });

  it('has Platt’s targets by hand', () => {
    expect([...smoothedTargets([1, 0, 0])]).toEqual([2 / 3, 1 / 4, 1 / 4]);
  });

  it('stays at the prior without pairs, and near it under a strong one', () => {
    const mean = { slope: 2, intercept: -1 };
    expect(fitPlatt([], [], { mean, precision: { slope: 1, intercept: 1 } })).toMatchObject(mean);
    const held = fitPlatt(Array.from(scores, logit), relevant, { mean, precision: { slope: 1e6, intercept: 1e6 } });
    expect(held.slope).toBeCloseTo(2, 2);
    expect(held.intercept).toBeCloseTo(-1, 2);
  });

  it('finds the curve that made the decisions, with its variance', () => {
    // Share 1/2 at 0 and exact shares elsewhere: the likelihood is greatest at the true curve.
    const logits: number[] = [];
    const targets: number[] = [];
    for (const x of [-2, -1, 0, 1, 2]) {
      for (let at = 0; at < 1000; at++) {
        logits.push(x);
        targets.push(1 / (1 + Math.exp(-(1.5 * x + 0.5))));
      }
    }
    const fit = fitPlatt(logits, targets);
    expect(fit.slope).toBeCloseTo(1.5, 6);
    expect(fit.intercept).toBeCloseTo(0.5, 6);
    expect(fit.variance.intercept).toBeGreaterThan(1 / 5000 / 0.25);
    expect(fit.variance.intercept).toBeLessThan(0.01);
  });

  it('is a probability, rises, and is undone by its inverse', () => {
    fc.assert(
      fc.property(somePairs, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (some, probability) => {
        const relevance = some.map(([, isTrue]) => Number(isTrue));
        const curve = fitPlatt(
          some.map(([value]) => logit(value)),
          smoothedTargets(relevance),
        );
        for (const [value] of some) {
          expect(plattValue(curve, value)).toBeGreaterThanOrEqual(0);
          expect(plattValue(curve, value)).toBeLessThanOrEqual(1);
        }
        const at = plattScore(curve, probability);
        expect(at === null).toBe(!(curve.slope > 0));
        if (at !== null && at > 0.001 && at < 0.999) expect(plattValue(curve, at)).toBeCloseTo(probability, 6);
      }),
    );
  });
});

describe('isotonic regression', () => {
  it('is scikit-learn’s', () => {
    const curve = fitIsotonic(scores, relevant)!;
    recorded.isotonic.at.forEach((at, index) => {
      expect(isotonicValue(curve, at)).toBeCloseTo(recorded.isotonic.value[index]!, 6);
    });
  });

  it('never falls, keeps the mean, and is as near as any rising curve of two steps', () => {
    fc.assert(
      fc.property(somePairs, score, (some, split) => {
        const values = some.map(([value]) => value);
        const truths = some.map(([, isTrue]) => Number(isTrue));
        const curve = fitIsotonic(values, truths)!;
        expect(curve.values).toEqual([...curve.values].sort((a, b) => a - b));
        const fitted = values.map((value) => isotonicValue(curve, value));
        const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
        expect(sum(fitted)).toBeCloseTo(sum(truths), 6);
        const error = sum(fitted.map((value, at) => (value - truths[at]!) ** 2));
        const mean = (all: readonly number[]): number => (all.length === 0 ? 0 : sum(all) / all.length);
        const low = mean(truths.filter((_, at) => values[at]! < split));
        const high = Math.max(low, mean(truths.filter((_, at) => values[at]! >= split)));
        const other = sum(truths.map((truth, at) => ((values[at]! < split ? low : high) - truth) ** 2));
        expect(error).toBeLessThanOrEqual(other + 1e-9);
      }),
    );
  });

  it('is undone by its inverse, where it gets there', () => {
    const curve = fitIsotonic([0.1, 0.2, 0.4, 0.6], [0, 1, 0, 1])!;
    expect(curve).toEqual({ scores: [0.1, 0.2, 0.4, 0.6], values: [0, 0.5, 0.5, 1] });
    expect(isotonicScore(curve, 0.75)).toBeCloseTo(0.5, 12);
    expect(isotonicScore(curve, 0)).toBe(0.1);
    expect(isotonicScore(fitIsotonic([0.5, 0.6], [0, 0])!, 0.1)).toBeNull();
    expect(fitIsotonic([], [])).toBeNull();
  });
});

describe('calibration of a set', () => {
  const likeSet = Array.from({ length: 200 }, (_, at) => [(at + 0.5) / 200, at % 200 > 100 || at % 7 === 0] as const);
  const others = [0, 1, 2, 3].flatMap((label) => pairsOfLabel(label, likeSet));

  it('gives a label without decisions the set’s curve, one with few something near it, one with many its own', () => {
    // Label 4 is true only far above where the others are.
    const odd = (count: number): DecidedPair[] =>
      pairsOfLabel(
        4,
        Array.from({ length: count }, (_, at) => [(at + 0.5) / count, (at + 0.5) / count > 0.9]),
      );
    const atHalf = (count: number): number => probabilityOf(calibrate([...others, ...odd(count)], 5), 4, 0.6);
    const { set, labels } = calibrate(others, 5);
    expect(labels[4]).toMatchObject({ method: 'set', positives: 0, negatives: 0 });
    expect(probabilityOf({ set, labels }, 4, 0.6)).toBeCloseTo(plattValue(set, 0.6), 6);
    expect(plattValue(set, 0.6)).toBeGreaterThan(0.5);
    expect(atHalf(400)).toBeLessThan(0.1);
    expect(atHalf(4)).toBeGreaterThan(atHalf(40));
    expect(atHalf(40)).toBeGreaterThan(atHalf(400));
  });

  it('uses isotonic curves from so many positives and negatives on', () => {
    const { labels } = calibrate(others, 4, 50);
    expect(labels.map(({ method }) => method)).toEqual(['isotonic', 'isotonic', 'isotonic', 'isotonic']);
    expect(calibrate(others, 4).labels[0]?.method).toBe('shrunk');
  });

  it('always rises, also where the decisions fall', () => {
    fc.assert(
      fc.property(fc.array(somePairs, { minLength: 1, maxLength: 4 }), (perLabel) => {
        const calibration = calibrate(
          perLabel.flatMap((some, label) => pairsOfLabel(label, some)),
          perLabel.length + 1,
        );
        perLabel.forEach((_, label) => {
          const values = [0, 0.2, 0.5, 0.8, 1].map((at) => probabilityOf(calibration, label, at));
          expect(values).toEqual([...values].sort((a, b) => a - b));
          for (const value of values) expect(value >= 0 && value <= 1).toBe(true);
          const at = scoreAt(calibration, label, 0.5);
          if (at !== null && at > 0.001 && at < 0.999)
            expect(probabilityOf(calibration, label, at)).toBeCloseTo(0.5, 5);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('thresholds', () => {
  it('are where F1 is expected to be best, by hand', () => {
    // Scores that mean what they say: expected F1 is 1.8/(2+1.3) at .9 alone with .4 below: 2 x .9/(1+1.3) = .783, both 2.6/3.3 = .788.
    const calibration = { set: { slope: 1, intercept: 0 }, labels: [] };
    const pairs = pairsOfLabel(0, [
      [0.9, true],
      [0.4, false],
    ]);
    expect(thresholdsFor(calibration, pairs, 0)).toMatchObject({ set: 0.4 });
    // With one label more that nothing can find: 1.8/3.3 against 2.6/4.3.
    expect(thresholdsFor(calibration, pairs, 1)).toMatchObject({ set: 0.4 });
    const low = pairsOfLabel(0, [
      [0.9, true],
      [0.1, false],
    ]);
    expect(thresholdsFor(calibration, low, 0)).toMatchObject({ set: 0.9 });
  });

  it('are lower for labels whose scores say too little', () => {
    const pairs = [
      ...pairsOfLabel(
        0,
        Array.from({ length: 100 }, (_, at) => [at / 100, at > 80] as const),
      ),
      ...pairsOfLabel(
        1,
        Array.from({ length: 100 }, (_, at) => [at / 100, at > 30] as const),
      ),
    ];
    const { labels, set } = thresholdsFor(calibrate(pairs, 2), pairs, 0);
    expect(labels[0]).toBeGreaterThan(0.7);
    expect(labels[1]).toBeLessThan(0.4);
    expect(set).toBeGreaterThan(labels[1]!);
    expect(set).toBeLessThan(labels[0]!);
  });
});

describe('decided pairs', () => {
  it('are all scored ones, or the best of each row, with what cannot be given', () => {
    const matrix = scoreMatrix(
      [row(1, [0.2, 0.7, 0.7], ['b', 'z']), row(2, [0.9, 0.1, 0.1], ['c'])],
      ['a', 'b', 'c', 'z'],
    );
    const many = decidedPairs(matrix, 'multi-label');
    expect(many.pairs).toHaveLength(6);
    expect(many.unreachable).toEqual([{ document: '1', label: 3 }]);
    const one = decidedPairs(matrix, 'single-label');
    expect(one.pairs.map(({ document, label, isTrue }) => [document, label, isTrue])).toEqual([
      ['1', 1, true],
      ['2', 0, false],
    ]);
    expect(one.unreachable).toEqual([
      { document: '1', label: 3 },
      { document: '2', label: 2 },
    ]);
  });

  it('fall into folds by document, of like size, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 }), { minLength: 5, maxLength: 60 }), (documents) => {
        const folds = foldOfDocument(documents, 5);
        expect(foldOfDocument([...documents].reverse(), 5)).toEqual(folds);
        const sizes = [0, 1, 2, 3, 4].map((fold) => [...folds.values()].filter((one) => one === fold).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
    const numbered = foldOfDocument(
      Array.from({ length: 100 }, (_, at) => String(at)),
      5,
    );
    // Neighbours in a file do not follow each other around the folds.
    const steps = Array.from(
      { length: 99 },
      (_, at) => (numbered.get(String(at + 1))! - numbered.get(String(at))! + 5) % 5,
    );
    expect(new Set(steps).size).toBe(5);
  });
});

describe('estimates', () => {
  it('are Wilson’s, by hand', () => {
    // 8 of 10: (.8 + 3.8415/20) / 1.38415 = .7168; half .2268.
    const found = estimate(8, 10, 10)!;
    expect(found.low).toBeCloseTo(0.4902, 3);
    expect(found.high).toBeCloseTo(0.9433, 3);
    expect(estimate(3, 3, 3)!.high).toBeCloseTo(1, 12);
    expect(estimate(3, 3, 3)!.low).toBeCloseTo(0.4385, 3);
    expect(estimate(0, 0, 0)).toBeNull();
  });

  it('are wider where pairs come from few documents', () => {
    const width = (documents: number): number => estimate(80, 100, documents)!.high - estimate(80, 100, documents)!.low;
    expect(width(20)).toBeGreaterThan(1.8 * width(100));
  });
});
