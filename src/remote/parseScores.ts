// Parses what the server says of one text, as strictly as the child's words are parsed: it is somebody else's program.
import * as v from 'valibot';

// Sigmoid in float32 may end one rounding step outside [0, 1].
const roundingSlack = 1e-6;

const prediction = v.strictObject({
  label: v.string(),
  score: v.pipe(v.number(), v.minValue(-roundingSlack), v.maxValue(1 + roundingSlack)),
  // Calibrated models: the score before calibration.
  initial_score: v.exactOptional(v.pipe(v.number(), v.finite())),
});
const predictions = v.array(prediction);

/** Scores of a text, [labels] in the order in which they were sent; or what is wrong with the answer, without its words. */
export type ParsedScores =
  { readonly ok: true; readonly scores: number[] } | { readonly ok: false; readonly problem: string };

/**
 * @param value What JSON made of the answer: predictions, or a list with those of the one text.
 * @param labels Those that were sent, each once.
 */
export function parseScores(value: unknown, labels: readonly string[]): ParsedScores {
  const isNested = Array.isArray(value) && value.length === 1 && Array.isArray(value[0]);
  const result = v.safeParse(predictions, isNested ? (value as readonly unknown[])[0] : value, { abortEarly: true });
  if (!result.success)
    return { ok: false, problem: `${v.getDotPath(result.issues[0]) ?? 'the whole'} is not as it should be` };
  const scores = new Map<string, number>();
  const known = new Set(labels);
  for (const { label, score } of result.output) {
    if (!known.has(label)) return { ok: false, problem: 'it has a label that was not asked for' };
    if (scores.has(label)) return { ok: false, problem: 'it has a label twice' };
    scores.set(label, score);
  }
  if (scores.size < known.size)
    return { ok: false, problem: `it has scores for ${scores.size} of ${known.size} labels` };
  return { ok: true, scores: labels.map((label) => scores.get(label) ?? 0) };
}

/** Bytes that no true answer exceeds: each label is written with at most six bytes a UTF-16 unit. */
export function longestAnswer(labels: readonly string[]): number {
  return labels.reduce((sum, label) => sum + 6 * label.length + 256, 4096);
}
