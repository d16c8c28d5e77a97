// The model that a label set names, as users write it.
import type { EntryEdit } from './thresholdEdits';
import { writtenKey } from './nearestName';
import { setKeys } from './parseLabelSets';
import { isRecord } from './values';

/** Null where it names none. */
export function writtenModel(entry: unknown): string | null {
  const model = isRecord(entry) ? entry[keyOf(entry)] : undefined;
  return typeof model === 'string' ? model : null;
}

/** `name`: undefined takes the key out. */
export function modelEdit(entry: unknown, name: string | undefined): EntryEdit {
  return { steps: [isRecord(entry) ? keyOf(entry) : 'model'], value: name };
}

function keyOf(entry: Readonly<Record<string, unknown>>): string {
  return writtenKey(entry, 'model', setKeys);
}
