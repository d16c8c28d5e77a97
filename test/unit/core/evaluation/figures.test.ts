// Every figure of a report against what scikit-learn says, and against hand-computed ones where it has none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/decide';
import { confusion } from '../../../../src/core/evaluation/confusion';
import { evaluationReport } from '../../../../src/core/evaluation/evaluationReport';
import { excerptOf } from '../../../../src/core/evaluation/evaluationRow';
import { figuresOf, thresholdSweep } from '../../../../src/core/evaluation/figures';
import { histogram } from '../../../../src/core/evaluation/histogram';
import { parseLearningCurve } from '../../../../src/core/evaluation/learningCurve';
import { worstMistakes } from '../../../../src/core/evaluation/mistakes';
import { averagePrecision, precisionRecallCurve, thinned } from '../../../../src/core/evaluation/precisionRecallCurve';
import { predict } from '../../../../src/core/evaluation/predict';
import type { DecisionRules } from '../../../../src/core/evaluation/predict';
import { reliability } from '../../../../src/core/evaluation/reliability';
import { pairsOf, scoreMatrix } from '../../../../src/core/evaluation/scoreMatrix';
import type { LabelSet } from '../../../../src/core/labelSet';
import { labelNames, multiLabelRows, recorded, row, singleLabelRows } from './recorded';

const multiLabel: DecisionRules = { mode: 'multi-label', threshold: 0.5, exclusive: [], labels: [] };
const singleLabel: DecisionRules = { mode: 'single-label', threshold: 0, exclusive: [], labels: [] };
const matrix = scoreMatrix(multiLabelRows, labelNames);

function expectClose(found: readonly number[], wanted: readonly number[], digits = 12): void {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, digits);
  });
}

describe('figures at a threshold', () => {
  it('are scikit-learn’s, with several labels a row', () => {
    const { accuracy, micro, perLabel } = figuresOf(matrix, predict(matrix, multiLabel));
    expect(accuracy).toBeCloseTo(recorded.accuracy, 12);
    for (const key of ['precision', 'recall', 'f1'] as const) {
      expect(micro[key]).toBeCloseTo(recorded.micro[key], 12);
      expectClose(
        perLabel.map((label) => label[key]),
        recorded.perLabel.map((label) => label[key]),
      );
      // The recorded mean runs over all columns; the label without a true row was given to some.
      expect(perLabel.reduce((sum, label) => sum + label[key], 0) / 4).toBeCloseTo(recorded.macro[key], 12);
    }
    expect(perLabel.map(({ support }) => support)).toEqual(recorded.perLabel.map(({ support }) => support));
  });

  it('are scikit-learn’s, with the best label of each row', () => {
    const single = scoreMatrix(singleLabelRows, labelNames);
    const predictions = predict(single, singleLabel);
    expect(figuresOf(single, predictions).accuracy).toBeCloseTo(recorded.single.accuracy, 12);
    const cells = confusion(single, predictions);
    recorded.single.confusion.forEach((counts, meant) => {
      counts.forEach((rows, given) => {
        expect(cells.find((cell) => cell.meant === meant && cell.given === given)?.rows ?? 0).toBe(rows);
      });
    });
  });

  it('list labels that nobody has and nobody was given', () => {
    const small = scoreMatrix([row(1, [0.9, 0.1], ['a'])], ['z', 'a']);
    const { perLabel, macro } = figuresOf(small, predict(small, multiLabel));
    expect(perLabel.map(({ label, predicted, support }) => [label, predicted, support])).toEqual([
      ['a', 1, 1],
      ['b', 0, 0],
      ['z', 0, 0],
    ]);
    expect(macro.f1).toBe(1);
  });

  it('are the product’s own decisions', () => {
    const labels = [
      { name: 't.a', path: ['t', 'a'], threshold: 0.4 },
      { name: 't.b', path: ['t', 'b'] },
      { name: 'c', path: ['c'] },
    ];
    const names = labels.map(({ name }) => name);
    const score = fc.constantFrom(0, 0.2, 0.4, 0.5, 0.6, 0.9, 1, NaN);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, score, score), { minLength: 1, maxLength: 8 }),
        fc.constantFrom<LabelSet['mode']>('multi-label', 'single-label'),
        fc.constantFrom([], ['t']),
        fc.constantFrom(0, 0.5, 1),
        (scores, mode, exclusive, threshold) => {
          const set: LabelSet = {
            name: 'set',
            labels,
            mode,
            threshold,
            exclusive,
            examples: [],
            include: [],
            exclude: [],
          };
          const some = scoreMatrix(scores.map((one, at) => row(at, one, [], names)));
          const found = predict(some, set).map((numbers) => numbers.map((number) => some.labels[number]).sort());
          const wanted = scores.map((_, at) => {
            const own = names.map((label, number) => ({
              label,
              score: some.scores[at * 3 + number] ?? NaN,
              start: 0,
              end: 0,
            }));
            return decide(own, set)
              .tags.map(({ label }) => label)
              .sort();
          });
          expect(found).toEqual(wanted);
        },
      ),
    );
  });

  it('go with the threshold, and leave thresholds of labels alone', () => {
    const sweep = thresholdSweep(matrix, multiLabel);
    expect(sweep[25]).toMatchObject({ threshold: 0.5, f1: figuresOf(matrix, predict(matrix, multiLabel)).micro.f1 });
    expect(sweep[0]?.recall).toBe(1);
    const own = { ...multiLabel, labels: labelNames.map((name) => ({ name, path: [name], threshold: 0.5 })) };
    expect(new Set(thresholdSweep(matrix, own).map(({ f1 }) => f1)).size).toBe(1);
  });
});

describe('curves', () => {
  it('are scikit-learn’s precision, recall and thresholds', () => {
    const curve = precisionRecallCurve(pairsOf(matrix, 0)).reverse();
    const { precision, recall, thresholds } = recorded.curve;
    // Below the last threshold scikit-learn repeats nothing, and ends with (1, 0).
    expectClose([...curve.map((point) => point.precision), 1], precision);
    expectClose([...curve.map((point) => point.recall), 0], recall);
    expectClose(
      curve.map((point) => point.threshold),
      thresholds,
    );
  });

  it('have scikit-learn’s average precision, none for a label without true rows', () => {
    recorded.averagePrecision.forEach((wanted, label) => {
      const found = averagePrecision(pairsOf(matrix, label));
      if (wanted === null) expect(found).toBeNull();
      else expect(found).toBeCloseTo(wanted, 12);
    });
    expect(averagePrecision(pairsOf(matrix, null))).toBeCloseTo(recorded.microAveragePrecision, 12);
  });

  it('count true labels that were never asked for as never found', () => {
    const pairs = pairsOf(scoreMatrix([row(1, [0.9], ['a', 'z'])]), null);
    expect(pairs.missed).toBe(1);
    expect(averagePrecision(pairs)).toBe(0.5);
    expect(averagePrecision({ scores: new Float32Array(), relevant: new Uint8Array(), missed: 2 })).toBe(0);
  });

  it('are thinned to their ends and what lies evenly between', () => {
    const points = Array.from({ length: 1001 }, (_, at) => at);
    expect(thinned(points, 5)).toEqual([0, 250, 500, 750, 1000]);
    expect(thinned([1, 2])).toEqual([1, 2]);
  });

  it('bin scores as scikit-learn and numpy do', () => {
    const pairs = pairsOf(matrix, null);
    const filled = reliability(pairs).bins.filter(({ count }) => count > 0);
    expectClose(
      filled.map(({ shareTrue }) => shareTrue ?? NaN),
      recorded.calibration.shareTrue,
    );
    expectClose(
      filled.map(({ meanScore }) => meanScore ?? NaN),
      recorded.calibration.meanScore,
      6,
    );
    expect(histogram(pairs).map(({ right }) => right)).toEqual(recorded.histogram);
    const bins = histogram({
      scores: Float32Array.from([0, 0.05, 1]),
      relevant: Uint8Array.from([1, 0, 1]),
      missed: 0,
    });
    expect([bins[0]?.right, bins[1]?.wrong, bins[19]?.right]).toEqual([1, 1, 1]);
  });

  it('have the calibration error by hand', () => {
    // Bin (.2, .3]: mean .25, none true. Bin (.7, .8]: mean .75, both true. (2 x .25 + 2 x .25) / 4.
    const pairs = { scores: Float32Array.of(0.25, 0.25, 0.75, 0.75), relevant: Uint8Array.of(0, 0, 1, 1), missed: 0 };
    expect(reliability(pairs).expectedCalibrationError).toBeCloseTo(0.25, 6);
    expect(reliability({ ...pairs, scores: new Float32Array() }).expectedCalibrationError).toBeNull();
  });
});

describe('confusion with several labels a row', () => {
  const rows = [
    row(1, [0.9, 0.9, 0.1], ['a', 'c']), // a right; b where c was meant
    row(2, [0.1, 0.1, 0.1], ['a']), // a missed, nothing in its place
    row(3, [0.9, 0.1, 0.9], ['a']), // a right; c beside it
    row(4, [0.1, 0.9, 0.1], ['a', 'c']), // b where a and c were meant
  ];

  it('counts each wrong label against each missed one', () => {
    const small = scoreMatrix(rows);
    const [a, b, c] = [0, 1, 2];
    expect(confusion(small, predict(small, multiLabel))).toEqual([
      { meant: a, given: a, rows: 2 },
      { meant: c, given: b, rows: 2 },
      { meant: a, given: b, rows: 1 },
      { meant: a, given: null, rows: 1 },
      { meant: null, given: c, rows: 1 },
    ]);
  });
});

describe('mistakes', () => {
  it('are the highest-scored wrong and the lowest-scored missed', () => {
    const small = scoreMatrix([row(1, [0.6, 0.9], []), row(2, [0.7, 0.2], ['b']), row(3, [0.9, 0.1], ['a', 'b', 'z'])]);
    const predictions = predict(small, multiLabel);
    const { wrong, missed, counts } = worstMistakes(small, predictions);
    expect(counts).toEqual({ wrong: 3, missed: 3 });
    expect(wrong.map(({ row: at, label }) => [at, label])).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(missed.map(({ row: at, label, score }) => [at, label, score === null])).toEqual([
      [2, 2, true],
      [2, 1, false],
      [1, 1, false],
    ]);
    expect(worstMistakes(small, predictions, 0).missed).toEqual([]);
    expect(worstMistakes(small, predictions, null, 1).wrong).toHaveLength(1);
  });
});

describe('a report', () => {
  it('is plain data, also where there is nothing', () => {
    const report = evaluationReport(scoreMatrix([], ['a']), multiLabel);
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({
      rows: 0,
      bestThreshold: null,
      microF1: 0,
      perLabel: [{ label: 'a', support: 0, averagePrecision: null, expectedCalibrationError: null }],
      confusion: [],
      mistakes: { wrong: [], missed: [] },
    });
  });

  it('names what the page numbers', () => {
    const report = evaluationReport(matrix, multiLabel);
    expect(report.perLabel.map(({ label }) => label)).toEqual(labelNames);
    expect(report.mistakes.wrong[0]).toMatchObject({ place: expect.stringMatching(/^data, line \d+$/) as string });
    expect(report.confusion[0]).toMatchObject({ meant: 'a', given: 'a' });
    expect(report.overall.averagePrecision).toBeCloseTo(recorded.microAveragePrecision, 12);
  });
});

describe('what is read and shown', () => {
  it('takes a learning curve in any order, and says what is wrong with one', () => {
    const points = [
      { decisions: 4, microF1: 0.6, macroF1: 0.5, more: 1 },
      { decisions: 0, microF1: 0.4, macroF1: 0.3 },
    ];
    expect(parseLearningCurve(JSON.stringify(points)).map(({ decisions }) => decisions)).toEqual([0, 4]);
    expect(() => parseLearningCurve('{}')).toThrow('It must be a list of points.');
    expect(() => parseLearningCurve('[{"decisions":1,"microF1":2}]')).toThrow(/Point 1: “microF1” must be a number/);
    expect(() => parseLearningCurve('[')).toThrow(SyntaxError);
  });

  it('cuts texts to a line', () => {
    expect(excerptOf(' one\n\ttwo ')).toBe('one two');
    expect(excerptOf('x'.repeat(5000))).toHaveLength(240);
  });
});
