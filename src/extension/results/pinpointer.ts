// Finds the sentences behind tags when somebody looks, and remembers them.
import type { LabelSet } from '../../core/labelSet';
import type { LabelScore } from '../../core/tagResult';
import { bestPassages, type Passages } from '../../shared/bestPassages';
import type { Classifier } from '../../shared/classifier';
import { taskKey, taskOf } from '../../shared/task';
import { sha256 } from '../classify/tagger';

/** Documents whose sentences are remembered. */
const kept = 50;

export class Pinpointer {
  private readonly known = new Map<string, Promise<Passages>>();

  constructor(private readonly classifier: Pick<Classifier, 'classify'>) {}

  /** Another model may find other sentences. */
  forget(): void {
    this.known.clear();
  }

  /** See bestPassages. */
  find(text: string, tags: readonly LabelScore[], set: LabelSet, isMarkdown = false): Promise<Passages> {
    const spans = tags.map(({ label, start, end }) => [label, start, end]);
    const key = sha256(JSON.stringify([text, spans, taskKey(taskOf(set)), isMarkdown]));
    const found = this.known.get(key) ?? bestPassages(this.classifier, text, tags, set, { isMarkdown });
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
}
