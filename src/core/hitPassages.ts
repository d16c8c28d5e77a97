// The passages of a text in which a search for words has hits.
import { answerPassages } from './answerPassages';
import type { Span } from './tagResult';

/**
 * Each passage once, however many hits are in it. A hit in a heading counts for what follows it; an empty one for nothing.
 * `hits` in the order of the text.
 */
export function hitPassages(hits: readonly Span[], text: string, isMarkdown: boolean): Span[] {
  const inOrder = hits.filter(({ start, end }) => start < end).values();
  let hit = inOrder.next().value;
  if (!hit) return [];
  return answerPassages(text, { start: 0, end: text.length }, isMarkdown).filter((passage) => {
    while (hit && hit.end <= passage.start) hit = inOrder.next().value;
    return hit !== undefined && hit.start < passage.end;
  });
}
