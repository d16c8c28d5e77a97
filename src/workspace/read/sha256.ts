// Hash of a text at once; `textHash` (editorText.ts) makes the same of long ones in slices.
import { createHash } from 'node:crypto';

/** sha256 of the text's UTF-8, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
