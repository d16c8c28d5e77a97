// Finds the sentences behind tags when somebody looks, and remembers them.
import type { LabelSet } from '../../core/labelSet';
import type { LabelScore, Span } from '../../core/tagResult';
import { thresholdOf } from '../../core/decide';
import { bestPassage, bestPassages, scoredPassages, type Passages } from '../../shared/bestPassages';
import { taskKey, taskOf } from '../../shared/task';
import type { Classifier } from '../../shared/classifier';
import { sha256 } from '../../workspace/read/sha256';

/** Documents whose sentences are remembered. */
const kept = 50;

export class Pinpointer {
  private readonly known = new Map<string, Promise<Passages>>();

  /** @param model What is asked of texts under a set. */
  constructor(private readonly model: { of(set: LabelSet): Promise<Pick<Classifier, 'classify'>> }) {}

  /** Another model, or one that was taught, may find other sentences. */
  forget(): void {
    this.known.clear();
  }

  /** All passages of a chunk that reach a label's threshold by themselves; the best one, or the chunk, where none does. */
  async all(text: string, chunk: Span, set: LabelSet, name: string, isMarkdown: boolean): Promise<Span[]> {
    const passages = await scoredPassages(await this.model.of(set), text, chunk, set, { isMarkdown });
    const at = set.labels.findIndex((label) => label.name === name);
    const label = set.labels[at];
    const best = bestPassage(passages, set, name);
    if (!label || !best) return [chunk];
    const threshold = thresholdOf(label, set);
    const reaching = passages.filter(({ scores, isSentence }) => isSentence && (scores[at] ?? -1) >= threshold);
    // Without a threshold every passage reaches it: the best one is what there is to say.
    const found = reaching.length > 0 && threshold > 0 ? reaching : [best];
    return found.map(({ start, end }) => ({ start, end }));
  }

  /** See bestPassages. */
  find(text: string, tags: readonly LabelScore[], set: LabelSet, isMarkdown = false): Promise<Passages> {
    const spans = tags.map(({ label, start, end }) => [label, start, end]);
    const key = sha256(JSON.stringify([text, spans, set.model ?? null, taskKey(taskOf(set)), isMarkdown]));
    const found = this.known.get(key) ?? this.best(text, tags, set, isMarkdown);
    this.known.delete(key);
    this.known.set(key, found);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= kept) break;
      this.known.delete(oldest);
    }
    found.catch(() => {
      // After `forget` there may be another one under the same key.
      if (this.known.get(key) === found) this.known.delete(key);
    });
    return found;
  }

  private async best(text: string, tags: readonly LabelScore[], set: LabelSet, isMarkdown: boolean): Promise<Passages> {
    return bestPassages(await this.model.of(set), text, tags, set, { isMarkdown });
  }
}
