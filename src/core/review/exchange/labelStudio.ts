// Rows of Label Studio's JSON exports.
//
// - JSON: {data: {text}, annotations: [{result: [{from_name, type, value}], was_cancelled}], predictions: [{result}]}, where a value is
//   {choices: [label]} or {taxonomy: [[root, …, label]]} (https://labelstud.io/guide/task_format.html, …/tags/taxonomy.html).
// - JSON-MIN: {text, <from_name>: label | {choices: [label]} | [[root, …, label]], annotator, annotation_id, …}
//   (https://labelstud.io/guide/export.html).
import { defaultSeparator } from '../../flattenLabels';
import { isRecord } from '../../values';
import { RowRefused, labelsOf, majority, onlyText } from './importedRow';
import type { ImportedLabel, ImportedRow } from './importedRow';

type Fields = Readonly<Record<string, unknown>>;
type Read = Omit<ImportedRow, 'position'>;

export function isLabelStudio(row: Fields): boolean {
  return (isRecord(row['data']) && 'annotations' in row) || isMinimal(row);
}

/** Throws RowRefused. */
export function readLabelStudio(row: Fields): Read {
  if (isMinimal(row)) return readMinimal(row);
  const annotations = records(row['annotations']).filter((annotation) => annotation['was_cancelled'] !== true);
  const proposed = records(row['predictions']).flatMap((prediction) => resultsOf(prediction).flatMap(labelsIn));
  return { text: onlyText(row['data']), ...majority(annotations.map(answerOf), proposed) };
}

/** Answers about a passage say nothing of the whole text. */
function answerOf(annotation: Fields): ImportedLabel[] {
  const results = resultsOf(annotation);
  const labels = results.flatMap(labelsIn);
  if (labels.length === 0 && results.length > 0) throw new RowRefused('marks passages, not the text as a whole');
  return labels;
}

function resultsOf({ result }: Fields): Fields[] {
  return records(result);
}

function labelsIn({ from_name: control, value }: Fields): ImportedLabel[] {
  if (!isRecord(value) || 'start' in value) return [];
  const question = typeof control === 'string' ? control : null;
  if (Array.isArray(value['choices'])) return labelsOf(value['choices'], question);
  return Array.isArray(value['taxonomy']) ? value['taxonomy'].map((path) => leafOf(path, question)) : [];
}

/** A taxonomy's choice is its path from the root. */
function leafOf(path: unknown, question: string | null): ImportedLabel {
  const parts: readonly unknown[] = Array.isArray(path) ? path : [path];
  if (parts.length === 0 || !parts.every((part) => typeof part === 'string'))
    throw new RowRefused('has labels that are no text');
  return { name: parts.join(defaultSeparator), question };
}

/** Keys of Label Studio's own, which are no controls. */
const ownKeys = ['id', 'text', 'annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time'];

function isMinimal(row: Fields): boolean {
  return 'annotation_id' in row && typeof row['text'] === 'string';
}

function readMinimal(row: Fields): Read {
  const controls = Object.entries(row).filter(([key]) => !ownKeys.includes(key));
  const labels = controls.flatMap(([control, value]) => {
    if (typeof value === 'string') return [{ name: value, question: control }];
    if (isRecord(value)) return labelsIn({ from_name: control, value });
    const isTaxonomy = Array.isArray(value) && value.length > 0 && value.every((path) => Array.isArray(path));
    return isTaxonomy ? value.map((path) => leafOf(path, control)) : [];
  });
  return { text: onlyText({ text: row['text'] }), ...majority([labels], []) };
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
