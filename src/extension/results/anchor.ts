// Where a classified text lies in its document, kept right while the document is edited. Free of `vscode`.
import type { Span } from '../../core/tagResult';
import { sha256 } from '../../workspace/read/sha256';

/** One edit, as TextDocumentContentChangeEvent gives it: `length` UTF-16 units at `offset` become `insertedLength`. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly insertedLength: number;
}

export interface Anchor extends Span {
  /** The whole document: it grows with every edit, even at its borders. */
  readonly whole: boolean;
  /** The text itself was edited, so that its hash has to be compared before its tags are trusted. */
  readonly touched: boolean;
}

/** The anchor after an edit: moved by edits before it, unchanged by edits after it, `touched` and resized by edits within. */
export function followEdit(anchor: Anchor, edit: Edit): Anchor {
  const growth = edit.insertedLength - edit.length;
  if (anchor.whole) return { ...anchor, end: anchor.end + growth, touched: true };
  const editEnd = edit.offset + edit.length;
  if (editEnd <= anchor.start && edit.offset < anchor.start)
    return { ...anchor, start: anchor.start + growth, end: anchor.end + growth };
  // An insertion right at a border does not change the text between the borders.
  if (edit.length === 0 && edit.offset === anchor.start && anchor.start < anchor.end)
    return { ...anchor, start: anchor.start + growth, end: anchor.end + growth };
  if (edit.offset >= anchor.end) return anchor;
  const start = Math.min(anchor.start, edit.offset);
  return { ...anchor, start, end: Math.max(start, Math.max(anchor.end, editEnd) + growth), touched: true };
}

/**
 * Where a passage of the classified text lies in the text as it is now: at its old place if it is still there, else the
 * occurrence nearest to it; null if it is gone.
 */
export function findPassage(text: string, passage: string, expectedStart: number): Span | null {
  if (passage === '') return null;
  const at = (start: number): Span => ({ start, end: start + passage.length });
  if (text.startsWith(passage, expectedStart)) return at(expectedStart);
  const after = text.indexOf(passage, Math.max(0, expectedStart));
  const before = text.lastIndexOf(passage, Math.max(0, expectedStart));
  if (after < 0 && before < 0) return null;
  if (after < 0) return at(before);
  if (before < 0) return at(after);
  return at(after - expectedStart <= expectedStart - before ? after : before);
}

/** Whether another text than the classified one (sha256, hex) lies there now; `text`: of the document. */
export function isOtherText(text: string, { start, end }: Span, textHash: string): boolean {
  return sha256(text.slice(start, end)) !== textHash;
}
