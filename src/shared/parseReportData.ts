// Reads what the report page is given.
import { fields, isBoolean, isIndex, isNumber, isScore, isString, listOf, oneOf, optional, orNull } from './checks';
import type { ReportData, ToReport } from './reportData';

const rules = fields({
  mode: oneOf('multi-label', 'single-label'),
  threshold: isScore,
  exclusive: listOf(isString),
  labels: listOf(fields({ name: isString, path: listOf(isString), threshold: optional(isScore) })),
});

const figures = { precision: isScore, recall: isScore, f1: isScore };
const estimate = fields({ value: isScore, low: isScore, high: isScore });

const proposal = fields({
  labels: listOf(
    fields({
      label: isString,
      threshold: isScore,
      method: oneOf('set', 'shrunk', 'isotonic'),
      positives: isIndex,
      negatives: isIndex,
      precision: orNull(estimate),
      recall: orNull(estimate),
    }),
  ),
  set: fields({ threshold: isScore, heldOut: fields(figures) }),
  heldOut: fields({ ...figures, precisionEstimate: orNull(estimate), recallEstimate: orNull(estimate) }),
  now: fields(figures),
  isBetter: isBoolean,
  acceptAbove: listOf(fields({ score: isScore, count: isIndex, expectedPrecision: isScore, precision: estimate })),
});

const data = fields({
  title: isString,
  model: isString,
  labelSetName: orNull(isString),
  rules,
  labels: listOf(isString),
  rows: listOf(
    fields({ id: isString, document: isString, place: isString, excerpt: isString, truth: listOf(isIndex) }),
  ),
  scores: isString,
  earlier: optional(fields({ model: isString, scores: isString, trainedInUse: orNull(isBoolean) })),
  learning: listOf(fields({ decisions: isNumber, microF1: isScore, macroF1: isScore })),
  proposal: optional(orNull(proposal)),
  notes: listOf(isString),
});

/** The data, or null where it is none. */
export function parseReportData(value: unknown): ReportData | null {
  return data(value) ? (value as ReportData) : null;
}

/** The message, or null where it is none. */
export function parseToReport(value: unknown): ToReport | null {
  const isOne =
    fields({ type: oneOf('report'), data })(value) || fields({ type: oneOf('trainedInUse'), inUse: isBoolean })(value);
  return isOne ? (value as ToReport) : null;
}
