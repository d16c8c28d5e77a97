// What is said of documents whose passages were not read.
import { counted, wholeNumber } from '../../core/countText';
import type { FoundPassages } from '../../workspace/passages/findPassages';

export type Unread = Pick<FoundPassages, 'leftOut' | 'documents'>;

/** A line; empty where all were read. */
export function unreadText({ leftOut, documents }: Unread): string {
  if (leftOut === 0) return '';
  const were = leftOut === 1 ? 'was' : 'were';
  return `glitag: ${wholeNumber(leftOut)} of ${counted(documents, 'document')} ${were} not read: there was too much text.\n`;
}
