// How well predictions fit the truth: the figures of upstream's test script (scikit-learn's definitions), per label and overall.

export interface PrecisionRecall {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface LabelMetrics extends PrecisionRecall {
  readonly label: string;
  /** Rows that truly have the label. */
  readonly support: number;
  /** Rows that were given the label. Precision says something where there are some, recall where there is support. */
  readonly predicted: number;
}

export interface Metrics {
  readonly rows: number;
  /** Share of rows whose labels are predicted exactly. */
  readonly accuracy: number;
  readonly micro: PrecisionRecall;
  /** Plain mean over the labels, whatever their support. */
  readonly macro: PrecisionRecall;
  /** Sorted by label. */
  readonly perLabel: readonly LabelMetrics[];
}

interface Counts {
  right: number;
  predicted: number;
  support: number;
}

/**
 * Compares predicted with true labels, row by row. Labels counted are those in truth or prediction, as scikit-learn does without
 * `labels`, or exactly `labels` where given (others are then ignored, also for accuracy). A ratio without cases is 0
 * (`zero_division=0`). For single-label data give one label a row: micro F1 then equals accuracy. Throws RangeError if the two
 * differ in length.
 */
export function measure(
  truth: readonly Iterable<string>[],
  predicted: readonly Iterable<string>[],
  labels?: readonly string[],
): Metrics {
  if (truth.length !== predicted.length) {
    throw new RangeError(`There are ${truth.length} rows of true labels, but ${predicted.length} of predicted ones.`);
  }
  const counts = new Map<string, Counts>(labels?.map((label) => [label, { right: 0, predicted: 0, support: 0 }]));
  const countsOf = (label: string): Counts | undefined => {
    const known = counts.get(label);
    if (known || labels) return known;
    const fresh = { right: 0, predicted: 0, support: 0 };
    counts.set(label, fresh);
    return fresh;
  };
  let exact = 0;
  for (const [row, own] of truth.entries()) {
    const trueLabels = new Set(own);
    const predictedLabels = new Set(predicted[row]);
    let same = true;
    for (const label of trueLabels) {
      const count = countsOf(label);
      if (!count) continue;
      count.support++;
      if (predictedLabels.has(label)) count.right++;
      else same = false;
    }
    for (const label of predictedLabels) {
      const count = countsOf(label);
      if (!count) continue;
      count.predicted++;
      if (!trueLabels.has(label)) same = false;
    }
    if (same) exact++;
  }
  return summary(counts, truth.length, exact);
}

function summary(counts: ReadonlyMap<string, Counts>, rows: number, exact: number): Metrics {
  const perLabel = [...counts]
    .map(([label, count]) => ({ label, ...ratios(count), support: count.support, predicted: count.predicted }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const total: Counts = { right: 0, predicted: 0, support: 0 };
  for (const count of counts.values()) {
    total.right += count.right;
    total.predicted += count.predicted;
    total.support += count.support;
  }
  const mean = (key: keyof PrecisionRecall): number => ratio(sum(perLabel.map((label) => label[key])), perLabel.length);
  return {
    rows,
    accuracy: ratio(exact, rows),
    micro: ratios(total),
    macro: { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') },
    perLabel,
  };
}

/** From counts: those rightly given, those given, those that are true. */
export function ratios({ right, predicted, support }: Readonly<Counts>): PrecisionRecall {
  return {
    precision: ratio(right, predicted),
    recall: ratio(right, support),
    f1: ratio(2 * right, predicted + support),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
