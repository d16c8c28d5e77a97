// One text whose labels are known, with the scores that a model gave: what every figure is made from.

export interface EvaluationRow {
  /** Names the row: what the report gives back when its place is to be opened. */
  readonly id: string;
  /** Rows of one document are never on both sides of a cross-validation. */
  readonly document: string;
  /** Where the text stands, in words: a path with a line. */
  readonly place: string;
  /** The beginning of the text, for people. */
  readonly excerpt: string;
  /** Labels that were asked for; a label on which nobody decided is left out. */
  readonly labels: readonly string[];
  readonly trueLabels: readonly string[];
  /** Probabilities, [labels]. */
  readonly scores: Float32Array;
}

/** Characters of a text that a report shows. */
const excerptLength = 240;

/** The beginning of a text as a report shows it: on one line. */
export function excerptOf(text: string): string {
  // Long documents are not gone through for the sake of their first lines.
  const line = text
    .slice(0, 4 * excerptLength)
    .replace(/\s+/gu, ' ')
    .trim();
  return line.length > excerptLength ? `${line.slice(0, excerptLength - 1)}…` : line;
}
