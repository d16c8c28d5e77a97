// Why a run tags documents again that have tags already: another model gave them.
import { counted } from '../../core/countText';
import { embeddedModelName } from '../../shared/embeddedModel';
import type { ModelChange } from '../types';

/** `The embedded model is newer: 1,204 documents are tagged again` */
export function modelChangeText({ documents, model, sameName, onlyExamples }: ModelChange): string {
  const who = model === embeddedModelName ? 'The embedded model' : `The model ${model}`;
  const again = `${counted(documents, 'document is', 'documents are')} tagged again`;
  if (onlyExamples) return `Following decisions: ${again}`;
  return sameName ? `${who} is newer: ${again}` : `${who} is another than before: ${again}`;
}
