// Narrows evidence from a chunk to the one sentence in it that fits a tag best. It costs a pass a sentence.
import type { LabelSet } from '../core/labelSet';
import { passagesOf } from '../core/passages';
import type { LabelScore, Span } from '../core/tagResult';
import type { CancelSignal, Classifier } from './classifier';
import { taskOf } from './task';

/** More sentences than this are not read one by one: the chunk stays the evidence. */
const mostPassages = 120;

/** The best passage by label name; labels without a narrower passage are absent. */
export type Passages = ReadonlyMap<string, Span>;

/** `tags` carry the spans of their chunks in `text`. Throws what Classifier.classify throws. */
export async function bestPassages(
  classifier: Pick<Classifier, 'classify'>,
  text: string,
  tags: readonly LabelScore[],
  set: LabelSet,
  signal?: CancelSignal,
): Promise<Passages> {
  const best = new Map<string, Span>();
  for (const chunk of chunksOf(tags)) {
    const passages = passagesOf(text, chunk);
    if (passages.length < 2 || passages.length > mostPassages) continue;
    const documents = passages.map(({ start, end }, at) => ({ id: String(at), text: text.slice(start, end) }));
    const options = { priority: 'interactive', ...(signal ? { signal } : {}) } as const;
    const outcomes = await classifier.classify(documents, taskOf(set), options);
    for (const { label, start, end } of tags) {
      if (start !== chunk.start || end !== chunk.end) continue;
      const at = set.labels.findIndex(({ name }) => name === label);
      const passage = passages[highest(outcomes.map((outcome) => (outcome.ok ? (outcome.scores[at] ?? -1) : -1)))];
      if (passage) best.set(label, passage);
    }
  }
  return best;
}

/** Each chunk that earned a tag, once. */
function chunksOf(tags: readonly LabelScore[]): Span[] {
  const chunks = new Map(tags.map(({ start, end }) => [`${start}-${end}`, { start, end }]));
  return [...chunks.values()];
}

/** Index of the first maximum; -1 where there is none above -1. */
function highest(scores: readonly number[]): number {
  let winner = -1;
  scores.forEach((score, index) => {
    if (score > (scores[winner] ?? -1)) winner = index;
  });
  return winner;
}
