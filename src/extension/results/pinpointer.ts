// Narrows evidence from a chunk to the one sentence in it that fits a tag best, when somebody looks: it costs a pass a sentence.
import { passagesOf } from '../../core/passages';
import type { LabelSet } from '../../core/labelSet';
import type { LabelScore, Span } from '../../core/tagResult';
import { taskKey, taskOf } from '../../shared/task';
import { sha256, type Tagger } from '../tagger';

/** More sentences than this are not read one by one: the chunk stays the evidence. */
const mostPassages = 120;
/** Documents whose sentences are remembered. */
const kept = 50;

/** The best passage by label name; labels without a narrower passage are absent. */
export type Passages = ReadonlyMap<string, Span>;

export class Pinpointer {
  private readonly known = new Map<string, Promise<Passages>>();

  constructor(private readonly tagger: Pick<Tagger, 'scorePassages'>) {}

  /** `tags` carry the spans of their chunks in `text`. Throws what Classifier.classify throws. */
  find(text: string, tags: readonly LabelScore[], set: LabelSet): Promise<Passages> {
    const spans = tags.map(({ label, start, end }) => [label, start, end]);
    const key = sha256(JSON.stringify([text, spans, taskKey(taskOf(set))]));
    const found = this.known.get(key) ?? this.search(text, tags, set);
    this.known.delete(key);
    this.known.set(key, found);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= kept) break;
      this.known.delete(oldest);
    }
    found.catch(() => this.known.delete(key));
    return found;
  }

  private async search(text: string, tags: readonly LabelScore[], set: LabelSet): Promise<Passages> {
    const best = new Map<string, Span>();
    for (const chunk of chunksOf(tags)) {
      const passages = passagesOf(text, chunk);
      if (passages.length < 2 || passages.length > mostPassages) continue;
      const scores = await this.tagger.scorePassages(
        passages.map(({ start, end }) => text.slice(start, end)),
        set,
      );
      for (const { label, start, end } of tags) {
        if (start !== chunk.start || end !== chunk.end) continue;
        const at = set.labels.findIndex(({ name }) => name === label);
        const winner = highest(scores.map((row) => row?.[at] ?? -1));
        const passage = passages[winner];
        if (passage) best.set(label, passage);
      }
    }
    return best;
  }
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
