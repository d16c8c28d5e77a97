// Narrows evidence from a chunk to the one sentence in it that fits a tag best. It costs a pass a sentence.
import { thresholdOf } from '../core/decide';
import type { LabelSet } from '../core/labelSet';
import { sentenceTest } from '../core/markdownLines';
import { passagesOf } from '../core/passages';
import type { LabelScore, Span } from '../core/tagResult';
import type { CancelSignal, Classifier } from './classifier';
import { taskOf } from './task';

/** More sentences than this are not read one by one: the chunk stays the evidence. */
const mostPassages = 120;

/** The best passage by label name; labels without a narrower passage are absent. */
export type Passages = ReadonlyMap<string, Span>;

export interface PassageOptions {
  /** The text is Markdown: sentences go before headings. */
  readonly isMarkdown?: boolean;
  readonly signal?: CancelSignal;
}

/** A passage with the score of each label of the set in the set's order; empty where the model refused it. */
export interface ScoredPassage extends Span {
  readonly scores: Float32Array;
  /** It is no heading and no mark. */
  readonly isSentence: boolean;
}

/** `tags` carry the spans of their chunks in `text`. Throws what Classifier.classify throws. */
export async function bestPassages(
  classifier: Pick<Classifier, 'classify'>,
  text: string,
  tags: readonly LabelScore[],
  set: LabelSet,
  options: PassageOptions = {},
): Promise<Passages> {
  const best = new Map<string, Span>();
  for (const chunk of chunksOf(tags)) {
    const passages = await scoredPassages(classifier, text, chunk, set, options);
    for (const { label, start, end } of tags) {
      if (start !== chunk.start || end !== chunk.end) continue;
      const passage = bestPassage(passages, set, label);
      if (passage) best.set(label, { start: passage.start, end: passage.end });
    }
  }
  return best;
}

/** The sentences of a chunk with their scores; none where there is only one, or too many to be read one by one. */
export async function scoredPassages(
  classifier: Pick<Classifier, 'classify'>,
  text: string,
  chunk: Span,
  set: LabelSet,
  { isMarkdown = false, signal }: PassageOptions = {},
): Promise<ScoredPassage[]> {
  const passages = passagesOf(text, chunk);
  if (passages.length < 2 || passages.length > mostPassages) return [];
  const documents = passages.map(({ start, end }, at) => ({ id: String(at), text: text.slice(start, end) }));
  const outcomes = await classifier.classify(documents, taskOf(set), {
    priority: 'interactive',
    ...(signal ? { signal } : {}),
  });
  const isSentence = isMarkdown ? sentenceTest(text) : () => true;
  return passages.map((passage, at) => {
    const outcome = outcomes[at];
    return {
      ...passage,
      scores: outcome?.ok === true ? outcome.scores : new Float32Array(),
      isSentence: isSentence(passage),
    };
  });
}

/**
 * The passage that fits best. A heading often says the label's own word, and nothing else: it counts only where no sentence
 * reaches the label's threshold by itself.
 */
export function bestPassage(
  passages: readonly ScoredPassage[],
  set: LabelSet,
  name: string,
): ScoredPassage | undefined {
  const at = set.labels.findIndex((label) => label.name === name);
  const label = set.labels[at];
  if (!label) return undefined;
  const threshold = thresholdOf(label, set);
  const best = (some: readonly ScoredPassage[]) => some[highest(some.map(({ scores }) => scores[at] ?? -1))];
  const reaches = (passage: ScoredPassage | undefined) =>
    passage !== undefined && (passage.scores[at] ?? -1) >= threshold;
  const sentence = best(passages.filter(({ isSentence }) => isSentence));
  const any = best(passages);
  return reaches(sentence) || !reaches(any) ? (sentence ?? any) : any;
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
