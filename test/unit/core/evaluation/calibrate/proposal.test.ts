// Proposed thresholds: what they promise is what is found on documents that nobody decided on.
import { describe, expect, it } from 'vitest';
import { calibrate, probabilityOf } from '../../../../../src/core/evaluation/calibrate/calibration';
import { decidedPairs } from '../../../../../src/core/evaluation/calibrate/decidedPairs';
import { atOnce } from '../../../../../src/core/slices';
import { heldOutPairs } from '../../../../../src/core/evaluation/calibrate/heldOut';
import { proposeThresholds } from '../../../../../src/core/evaluation/calibrate/proposal';
import type { EvaluationRow } from '../../../../../src/core/evaluation/evaluationRow';
import { figuresOf } from '../../../../../src/core/evaluation/figures';
import { predict } from '../../../../../src/core/evaluation/predict';
import type { DecisionRules } from '../../../../../src/core/evaluation/predict';
import { scoreMatrix } from '../../../../../src/core/evaluation/scoreMatrix';
import { row } from '../recorded';

const labels = ['easy', 'shy', 'loud'];
const rules: DecisionRules = { mode: 'multi-label', threshold: 0.5, exclusive: [], labels: [] };

/** Texts of which `shy` scores too low when it is true, and `loud` too high when it is not. */
function texts(count: number, seed: number): EvaluationRow[] {
  let state = seed;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const between = (low: number, high: number): number => low + (high - low) * random();
  return Array.from({ length: count }, (_, at) => {
    const truth = labels.filter(() => random() < 0.35);
    const scores = labels.map((label) => {
      const isTrue = truth.includes(label);
      if (label === 'shy') return isTrue ? between(0.1, 0.6) : between(0, 0.3);
      if (label === 'loud') return isTrue ? between(0.6, 1) : between(0.3, 0.8);
      return isTrue ? between(0.4, 1) : between(0, 0.6);
    });
    return row(at, scores, truth, labels);
  });
}

describe('a proposal', () => {
  const matrix = scoreMatrix(texts(120, 3), labels);
  const proposal = proposeThresholds(matrix, rules)!;
  const thresholds = proposal.labels.map(({ label, threshold }) => ({ name: label, path: [label], threshold }));
  const fresh = scoreMatrix(texts(3000, 99), labels);
  const at = (own: DecisionRules) => figuresOf(fresh, predict(fresh, own));

  it('is better on documents that it has not seen, as it says', () => {
    const better = at({ ...rules, labels: thresholds });
    expect(proposal.isBetter).toBe(true);
    expect(better.micro.f1).toBeGreaterThan(at(rules).micro.f1 + 0.05);
    expect(better.micro.f1).toBeGreaterThan(at({ ...rules, threshold: proposal.set.threshold }).micro.f1);
    expect(Math.abs(better.micro.f1 - proposal.heldOut.f1)).toBeLessThan(0.04);
    expect(proposal.now.f1).toBeCloseTo(figuresOf(matrix, predict(matrix, rules)).micro.f1, 12);
  });

  it('lowers the threshold of what scores too low, and raises that of what scores too high', () => {
    const [easy, shy, loud] = thresholds.map(({ threshold }) => threshold);
    expect(shy).toBeLessThan(easy!);
    expect(loud).toBeGreaterThan(easy!);
  });

  it('gives intervals that hold', () => {
    const { perLabel } = at({ ...rules, labels: thresholds });
    for (const { label, precision, recall } of proposal.labels) {
      const found = perLabel.find((one) => one.label === label)!;
      expect(found.precision).toBeGreaterThan(precision!.low - 0.05);
      expect(found.precision).toBeLessThan(precision!.high + 0.05);
      expect(found.recall).toBeGreaterThan(recall!.low - 0.05);
      expect(found.recall).toBeLessThan(recall!.high + 0.05);
    }
  });

  it('says how right all above a score are', () => {
    const { pairs } = decidedPairs(fresh, 'multi-label');
    const calibration = calibrate(decidedPairs(matrix, 'multi-label').pairs, labels.length);
    for (const { score, expectedPrecision: promised, precision } of proposal.acceptAbove.filter(
      ({ count }) => count > 20,
    )) {
      const touched = pairs.filter((pair) => pair.score >= score);
      const share = touched.filter(({ isTrue }) => isTrue).length / touched.length;
      expect(Math.abs(promised - share)).toBeLessThan(0.08);
      expect(precision.low).toBeLessThan(share);
      const probable = touched.reduce((sum, { label, score: of }) => sum + probabilityOf(calibration, label, of), 0);
      expect(Math.abs(probable / touched.length - share)).toBeLessThan(0.08);
    }
  });

  it('judges each document by the others alone', () => {
    const decided = decidedPairs(matrix, 'multi-label');
    const probability = (of: readonly { document: string; label: number; probability: number }[], document: string) =>
      of.filter((pair) => pair.document === document).map((pair) => pair.probability);
    const before = atOnce(heldOutPairs(decided, labels.length));
    const turned = decided.pairs.map((pair) => (pair.document === '7' ? { ...pair, isTrue: !pair.isTrue } : pair));
    const after = atOnce(heldOutPairs({ ...decided, pairs: turned }, labels.length));
    expect(probability(after, '7')).toEqual(probability(before, '7'));
    expect(after.map((pair) => pair.probability)).not.toEqual(before.map((pair) => pair.probability));
  });

  it('is not made from too little', () => {
    expect(proposeThresholds(scoreMatrix(texts(8, 5), labels), rules)).toBeNull();
    expect(proposeThresholds(scoreMatrix([], labels), rules)).toBeNull();
    const one = texts(120, 3).map((text) => ({ ...text, document: 'the same' }));
    expect(proposeThresholds(scoreMatrix(one, labels), rules)).toBeNull();
  });

  it('is not better where there is nothing to gain', () => {
    expect(proposeThresholds(matrix, { ...rules, labels: thresholds })!.isBetter).toBe(false);
  });

  it('looks at the best label of each row in single-label mode', () => {
    const single = proposeThresholds(matrix, { ...rules, mode: 'single-label', threshold: 0 })!;
    const given = single.acceptAbove[0]!.count;
    expect(given).toBeLessThanOrEqual(120);
    expect(single.now.recall).toBeLessThan(1);
  });
});
