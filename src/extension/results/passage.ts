// Passages as the view shows them: one line of a few hundred characters. Free of `vscode`.
import { oneLine, readableMarkdown } from '../../core/readablePassage';
import type { Span } from '../../core/tagResult';

const maxEvidenceLength = 300;

/**
 * The passage in one line, cut at a word where it is too long, never inside a surrogate pair. Of Markdown its text without marks,
 * and without headings where there are sentences.
 */
export function evidenceLine(text: string, span: Span, isMarkdown = false): string {
  // White space at most doubles what has to be looked at; a chunk may be thousands of characters long.
  const raw = text.slice(span.start, Math.min(span.end, span.start + 4 * maxEvidenceLength));
  const line = isMarkdown ? readableMarkdown(raw) : oneLine(raw);
  if (line.length <= maxEvidenceLength) return line;
  const cut = line.slice(0, maxEvidenceLength).replace(/[\uD800-\uDBFF]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${space > maxEvidenceLength / 2 ? cut.slice(0, space) : cut}…`;
}
