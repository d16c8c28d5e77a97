// Reads upstream's training format: a JSON array, or JSON Lines, of texts with the labels they have and could have.
import { isRecord, typeName } from './values';

/** One text of a training or evaluation set. */
export interface TrainingRow {
  readonly text: string;
  /** Candidate labels; null where the row has none of its own and the caller must bring them. */
  readonly allLabels: readonly string[] | null;
  /** Those with a weight from `trueFrom` on, where `true_labels` is an object. */
  readonly trueLabels: readonly string[];
  /** Weights of soft labels by name, where `true_labels` is an object. */
  readonly weights?: ReadonlyMap<string, number>;
  readonly prompt?: string;
  readonly examples: readonly { readonly text: string; readonly labels: readonly string[] }[];
  /** 1-based place in the file: the line of JSON Lines, the row of an array. */
  readonly position: number;
}

/** Weight from which a label counts as one that the text has, where something must be said with yes or no. */
const trueFrom = 0.5;

export interface TrainingProblem {
  readonly position: number;
  /** `line` for JSON Lines, `row` for an array. */
  readonly unit: 'line' | 'row';
  /** Field at fault, such as `examples[2].text`; empty where the row itself is wrong. */
  readonly field: string;
  /** Names place and field and says what is expected; never holds text of the row. */
  readonly message: string;
}

export interface TrainingData {
  /** `line` for JSON Lines, `row` for an array: what `position` counts. */
  readonly unit: 'line' | 'row';
  readonly rows: readonly TrainingRow[];
  readonly problems: readonly TrainingProblem[];
}

/**
 * Rows in order, without those that have a problem. Blank lines are skipped, a byte-order mark is allowed, and fields that are
 * not used here are ignored, as upstream does. `true_labels` may be a list or `{label: weight}`.
 */
export function parseTrainingData(content: string): TrainingData {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  return /^\s*\[/.test(text) ? parseArray(text) : parseLines(text);
}

function parseArray(text: string): TrainingData {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      unit: 'row',
      rows: [],
      problems: [{ position: 1, unit: 'row', field: '', message: `The file is not valid JSON (${reason(error)}).` }],
    };
  }
  const reader = new RowReader('row');
  (value as readonly unknown[]).forEach((row, index) => {
    reader.read(row, index + 1);
  });
  return reader;
}

function parseLines(text: string): TrainingData {
  const reader = new RowReader('line');
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    if (line.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      reader.report(index + 1, '', `is not valid JSON (${reason(error)})`);
      return;
    }
    reader.read(value, index + 1);
  });
  return reader;
}

/** The parser's complaint without the excerpt of the text that some engines add. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : 'unreadable';
  const place = /at position \d+/.exec(message)?.[0];
  if (place) return `unexpected character ${place}`;
  return /end of JSON|Unterminated/i.test(message) ? 'it ends too early' : 'unexpected character';
}

/** Thrown inside one row only, to leave it at its first problem. */
class FieldError extends Error {
  constructor(
    readonly field: string,
    readonly expected: string,
  ) {
    super(expected);
  }
}

class RowReader {
  readonly rows: TrainingRow[] = [];
  readonly problems: TrainingProblem[] = [];

  constructor(readonly unit: 'line' | 'row') {}

  read(value: unknown, position: number): void {
    try {
      this.rows.push(readRow(value, position));
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.report(position, error.field, error.expected);
    }
  }

  /** `complaint` continues the name of the place: "must be text, not a number". */
  report(position: number, field: string, complaint: string): void {
    const place = `${this.unit === 'line' ? 'Line' : 'Row'} ${position}`;
    const message = field === '' ? `${place} ${complaint}.` : `${place}: “${field}” ${complaint}.`;
    this.problems.push({ position, unit: this.unit, field, message });
  }
}

function readRow(value: unknown, position: number): TrainingRow {
  if (!isRecord(value))
    throw new FieldError('', `must be an object with “text” and “true_labels”, not ${typeName(value)}`);
  const text = readFilled(value['text'], 'text');
  const allLabels = value['all_labels'] === undefined ? null : readLabels(value['all_labels'], 'all_labels');
  const weights = isRecord(value['true_labels']) ? readWeights(value['true_labels']) : undefined;
  const named = weights ? [...weights.keys()] : readLabels(value['true_labels'], 'true_labels');
  if (allLabels?.length === 0) throw new FieldError('all_labels', 'is empty; name at least one label');
  const stranger = allLabels && named.find((label) => !allLabels.includes(label));
  if (typeof stranger === 'string')
    throw new FieldError('true_labels', `holds “${stranger}”, which is not in “all_labels”`);
  const prompt = value['prompt'];
  return {
    text,
    // A label that is named twice would take two shares where scores add up to one.
    allLabels: allLabels && [...new Set(allLabels)],
    trueLabels: weights ? named.filter((label) => (weights.get(label) ?? 0) >= trueFrom) : named,
    ...(weights ? { weights } : {}),
    ...(prompt === undefined || prompt === null ? {} : { prompt: readText(prompt, 'prompt') }),
    examples: readExamples(value['examples']),
    position,
  };
}

function readText(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw new FieldError(field, value === undefined ? 'is missing' : `must be text, not ${typeName(value)}`);
}

/** What a model is to read, which refuses nothing but white space. */
function readFilled(value: unknown, field: string): string {
  const text = readText(value, field);
  if (text.trim() === '') throw new FieldError(field, 'is empty');
  return text;
}

function readLabels(value: unknown, field: string): string[] {
  if (!Array.isArray(value)) {
    throw new FieldError(
      field,
      value === undefined ? 'is missing' : `must be a list of labels, not ${typeName(value)}`,
    );
  }
  return value.map((label, index) => readFilled(label, `${field}[${index}]`));
}

function readWeights(value: Readonly<Record<string, unknown>>): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [label, weight] of Object.entries(value)) {
    if (label.trim() === '') throw new FieldError('true_labels', 'names an empty label');
    if (typeof weight !== 'number' || !(weight >= 0 && weight <= 1)) {
      throw new FieldError('true_labels', `gives “${label}” a weight that is not a number from 0 to 1`);
    }
    weights.set(label, weight);
  }
  return weights;
}

/** Upstream takes `labels` if the key is there, else `true_labels`. */
function readExamples(value: unknown): TrainingRow['examples'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new FieldError('examples', `must be a list, not ${typeName(value)}`);
  return value.map((example: unknown, index) => {
    const field = `examples[${index}]`;
    if (!isRecord(example)) throw new FieldError(field, `must be an object, not ${typeName(example)}`);
    const key = 'labels' in example ? 'labels' : 'true_labels';
    const labels = example[key];
    return {
      text: readText(example['text'], `${field}.text`),
      labels: typeof labels === 'string' ? [labels] : readLabels(labels, `${field}.${key}`),
    };
  });
}
