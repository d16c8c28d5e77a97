// Two letters that stand for a label. Free of `vscode`.
import { lazy } from '../../core/lazy';

const segmenter = lazy(() => new Intl.Segmenter(undefined, { granularity: 'grapheme' }));

/** Initials of the last part of the name (`topic.customer review` is `CR`), or its first two letters. */
export function badgeLetters(label: string): string {
  const name = label.split('.').findLast((part) => part.trim() !== '') ?? label;
  const [first = name.trim(), second] = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const [one = '', two = ''] = second === undefined ? letters(first) : [letters(first)[0], letters(second)[0]];
  const badge = second === undefined ? one.toUpperCase() + two.toLowerCase() : (one + two).toUpperCase();
  // A letter may become two in upper case: ß, ŉ.
  return letters(badge).slice(0, 2).join('');
}

/** Letters as people count them; the editor takes two. */
function letters(text: string): string[] {
  return Array.from(segmenter().segment(text), ({ segment }) => segment);
}
