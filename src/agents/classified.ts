// What a model said of a text, as agents are told it.
import type { TagResult } from '../core/tagResult';
import type { Classified } from './agentSource';
import { placer, type ReadIn } from './placed';

/** `read`: where the text that was classified stands. */
export function classifiedOf(
  { tags, scores }: TagResult,
  read: ReadIn,
  by: Pick<Classified, 'labelSet' | 'model'>,
): Classified {
  return {
    ...by,
    tags: tags.map(placer(read)),
    scores: [...scores].sort((a, b) => b.score - a.score).map(({ label, score }) => ({ label, score })),
  };
}
