// Makes a decoded text what the editor would hold, and looks for text that no person wrote.
import { createHash } from 'node:crypto';
import { Breather } from '../flow/breather';

/** Characters hashed at once; about a millisecond. */
const hashSlice = 1_048_576;
/** Less white space than this in an over-long line means machine-made text; prose has one space in about six characters. */
const proseWhiteSpace = 0.08;

/**
 * Mixed line endings made equal, as the editor does when it opens a file; otherwise the text itself. Offsets into the result are
 * offsets into the editor's text. Source: PieceTreeTextBufferFactory.getEOL in microsoft/vscode.
 */
export function editorLineEndings(text: string): string {
  if (!text.includes('\r')) return text;
  let lf = 0;
  let cr = 0;
  let crlf = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) lf++;
    else if (code === 13) {
      if (text.charCodeAt(index + 1) === 10) {
        crlf++;
        index++;
      } else cr++;
    }
  }
  const windows = cr + crlf > (lf + cr + crlf) / 2;
  const mixed = windows ? cr + lf > 0 : cr + crlf > 0;
  return mixed ? text.replace(/\r\n|\r|\n/g, windows ? '\r\n' : '\n') : text;
}

/** Length of a line that is too long and mostly unbroken text (minified code, encoded data), or null. */
export function minifiedLine(text: string, maxLineLength: number): number | null {
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const length = end - start;
    if (length > maxLineLength && whiteSpace(text, start, end) < proseWhiteSpace * length) return length;
    start = end + 1;
  }
  return null;
}

function whiteSpace(text: string, start: number, end: number): number {
  let count = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    // Spaces and tabs, and the full stop and comma of scripts that put no spaces between words.
    if (
      code === 32 ||
      code === 9 ||
      code === 0xa0 ||
      code === 0x3000 ||
      code === 0x3001 ||
      code === 0x3002 ||
      code === 0xff0c
    )
      count++;
  }
  return count;
}

/** sha256 of the text's UTF-8, hex: for plain UTF-8 files what `sha256sum` prints. */
export async function textHash(text: string): Promise<string> {
  const hash = createHash('sha256');
  const breather = new Breather();
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + hashSlice, text.length);
    // A surrogate pair must not be torn: halves encode to other bytes than the whole.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end++;
    hash.update(text.slice(start, end), 'utf8');
    start = end;
    if (breather.due) await breather.pause();
  }
  return hash.digest('hex');
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
