// Two models on the same rows: what is counted, and the test's figures against the binomial distribution's.
import { describe, expect, it } from 'vitest';
import { compareModels } from '../../../../src/core/evaluation/comparison';
import { predict } from '../../../../src/core/evaluation/predict';
import type { DecisionRules } from '../../../../src/core/evaluation/predict';
import type { ScoreMatrix } from '../../../../src/core/evaluation/scoreMatrix';

const rules: DecisionRules = { mode: 'multi-label', threshold: 0.5, exclusive: [], labels: [] };

/** One label, true everywhere; documents of two rows each. */
function matrix(scores: readonly number[]): ScoreMatrix {
  const rows = scores.map((_, at) => ({
    id: String(at),
    document: String(at >> 1),
    place: '',
    excerpt: '',
    truth: [0],
  }));
  return { labels: ['a'], rows, scores: Float32Array.from(scores) };
}

/** `mended` of rows that only the later model has right, and so on. */
function compared(mended: number, broken: number, same = 0) {
  const [yes, no] = [0.9, 0.1];
  const all = (value: number, count: number) => Array.from({ length: count }, () => value);
  return between(
    matrix([...all(no, mended), ...all(yes, broken), ...all(yes, same)]),
    matrix([...all(yes, mended), ...all(no, broken), ...all(yes, same)]),
  );
}

function between(before: ScoreMatrix, after: ScoreMatrix) {
  return compareModels(after, predict(before, rules), predict(after, rules));
}

describe('comparing models', () => {
  it('counts answers that one of them alone has right', () => {
    expect(compared(5, 1, 4)).toMatchObject({ pairs: 10, documents: 5, mended: 5, broken: 1 });
  });

  it('says how likely so large a difference is by chance', () => {
    // scipy.stats.binomtest(k, n).pvalue
    expect(compared(5, 1).chance).toBeCloseTo(0.21875, 12);
    expect(compared(1, 5).chance).toBeCloseTo(0.21875, 12);
    expect(compared(12, 2).chance).toBeCloseTo(0.012939453125, 12);
    expect(compared(3, 3).chance).toBe(1);
    expect(compared(0, 0, 3).chance).toBe(1);
    // Two to the minus 1200 is 0 as a number.
    expect(compared(640, 560).chance).toBeCloseTo(0.0225, 3);
  });

  it('leaves out what was not asked', () => {
    const [before, after] = [matrix([0.1, NaN]), matrix([0.9, NaN])];
    expect(between(before, after)).toMatchObject({ pairs: 1, documents: 1, mended: 1, broken: 0 });
  });
});
