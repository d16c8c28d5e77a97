// Reads exports of other programs: Argilla, Label Studio, doccano, and upstream's training rows, as a JSON array or JSON Lines.
import { parseTrainingData } from '../../trainingData';
import { isRecord, typeName } from '../../values';
import { isArgilla, readArgilla } from './argilla';
import { RowRefused, labelsOf } from './importedRow';
import type { ImportedRow } from './importedRow';
import { isLabelStudio, readLabelStudio } from './labelStudio';

/** A row that is not taken. */
export interface NotTaken {
  readonly position: number;
  readonly unit: 'line' | 'row';
  /** Goes on behind the row's number: "has no text". Never holds text of the row. */
  readonly reason: string;
}

export interface ImportedFile {
  readonly unit: 'line' | 'row';
  readonly rows: readonly ImportedRow[];
  readonly notTaken: readonly NotTaken[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The format is told row by row, by its fields. A file that is not JSON at all has one problem, in its first row. */
export function readImport(content: string): ImportedFile {
  const { unit, values } = rowsOf(content.replace(/^\uFEFF/, ''));
  const rows: ImportedRow[] = [];
  const notTaken: NotTaken[] = [];
  for (const { position, value } of values) {
    try {
      const row = readRow(value);
      if (row.text.trim() === '') throw new RowRefused('has no text');
      if (row.given.length + row.refused.length === 0) throw new RowRefused('has no labels');
      rows.push({ ...row, position });
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      notTaken.push({ position, unit, reason: error.message });
    }
  }
  return { unit, rows, notTaken };
}

interface RawRow {
  readonly position: number;
  /** Undefined: not JSON. */
  readonly value: unknown;
}

function rowsOf(text: string): { readonly unit: 'line' | 'row'; readonly values: readonly RawRow[] } {
  if (/^\s*\[/.test(text)) {
    const value = parsed(text);
    const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
    return { unit: 'row', values: items.map((item, index) => ({ position: index + 1, value: item })) };
  }
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ position: index + 1, line }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  return { unit: 'line', values: filled.map(({ position, line }) => ({ position, value: parsed(line) })) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRow(value: unknown): Omit<ImportedRow, 'position'> {
  if (value === undefined) throw new RowRefused('is not valid JSON');
  if (!isRecord(value)) throw new RowRefused(`must be an object, not ${typeName(value)}`);
  if ('true_labels' in value) return readTraining(value);
  if (isLabelStudio(value)) return readLabelStudio(value);
  if (isArgilla(value)) return readArgilla(value);
  if (doccanoKeys.some((key) => key in value)) return readDoccano(value);
  throw new RowRefused('is of no known form: Argilla, Label Studio, doccano or training rows');
}

/** Upstream's: what `all_labels` has and `true_labels` has not is refused, and so is a weight below a half. */
function readTraining(value: Fields): Omit<ImportedRow, 'position'> {
  const { rows, problems } = parseTrainingData(JSON.stringify([value]));
  const [row] = rows;
  if (!row) throw new RowRefused((problems[0]?.message ?? '').replace(/^Row 1:? |\.$/g, ''));
  const given = row.trueLabels;
  const refused = [...(row.allLabels ?? []), ...(row.weights?.keys() ?? [])].filter((label) => !given.includes(label));
  const labels = (names: readonly string[]) => [...new Set(names)].map((name) => ({ name, question: null }));
  return { text: row.text, given: labels(given), refused: labels(refused) };
}

/** `cats` is that of intent detection (doccano/doccano, backend/data_export/pipeline/factories.py). */
const doccanoKeys = ['label', 'labels', 'cats'];

/** doccano's {id, text, label: [label]}; sequence labelling has [start, end, label] there. */
function readDoccano(value: Fields): Omit<ImportedRow, 'position'> {
  if (typeof value['text'] !== 'string') throw new RowRefused('has no text');
  const labels = doccanoKeys.map((key) => value[key]).find((one) => one !== undefined && one !== null);
  return { text: value['text'], given: labelsOf(labels ?? [], null), refused: [] };
}
