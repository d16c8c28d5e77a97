// What all import formats come down to: a text with labels that people gave and refused.
import { isRecord } from '../../values';

/** A label as the other program has it. */
export interface ImportedLabel {
  readonly name: string;
  /** The question or control that it answers, which may be a parent of ours: `topic` with `hiring` for `topic.hiring`. */
  readonly question: string | null;
}

export interface ImportedRow {
  /** 1-based place in the file: the line of JSON Lines, the row of an array. */
  readonly position: number;
  readonly text: string;
  readonly given: readonly ImportedLabel[];
  /** Labels that were proposed or possible, and that nobody gave. */
  readonly refused: readonly ImportedLabel[];
}

/** Thrown inside one row only; its message says why the row is not taken, and goes on behind the row's number. */
export class RowRefused extends Error {}

/** Labels that each person gave; what more than half gave counts, what none or fewer gave is refused. Throws RowRefused on a tie. */
export function majority(
  answers: readonly (readonly ImportedLabel[])[],
  proposed: readonly ImportedLabel[],
): Pick<ImportedRow, 'given' | 'refused'> {
  if (answers.length === 0) throw new RowRefused('nobody has labelled it');
  const votes = new Map<string, { readonly label: ImportedLabel; count: number }>();
  for (const label of proposed) votes.set(nameOf(label), { label, count: 0 });
  for (const answer of answers) {
    for (const [name, label] of new Map(answer.map((one) => [nameOf(one), one]))) {
      const vote = votes.get(name) ?? { label, count: 0 };
      votes.set(name, { label, count: vote.count + 1 });
    }
  }
  const all = [...votes.values()];
  const tie = all.find(({ count }) => 2 * count === answers.length);
  if (tie) throw new RowRefused(`people differ on “${tie.label.name}”`);
  const labels = (isGiven: boolean) =>
    all.filter(({ count }) => 2 * count > answers.length === isGiven).map(({ label }) => label);
  return { given: labels(true), refused: labels(false) };
}

function nameOf({ name, question }: ImportedLabel): string {
  return JSON.stringify([question, name]);
}

/** The one text among the fields of a record: the field `text`, else the only one that is text. Throws RowRefused. */
export function onlyText(fields: unknown): string {
  if (!isRecord(fields)) throw new RowRefused('has no text');
  if (typeof fields['text'] === 'string') return fields['text'];
  const texts = Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const [only] = texts;
  if (!only) throw new RowRefused('has no text');
  if (texts.length > 1) throw new RowRefused(`has several texts: ${texts.map(([name]) => name).join(', ')}`);
  return only[1];
}

/** One label, or a list of them. Throws RowRefused for spans and other answers that are no labels of the whole text. */
export function labelsOf(value: unknown, question: string | null): ImportedLabel[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((name) => {
    if (typeof name === 'string') return { name, question };
    if (Array.isArray(name) || isRecord(name)) throw new RowRefused('marks passages, not the text as a whole');
    throw new RowRefused('has labels that are no text');
  });
}
