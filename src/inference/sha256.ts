// The one hash of texts here: names of results and of what is asked.
import { createHash } from 'node:crypto';

/** sha256 of the text's UTF-8, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
