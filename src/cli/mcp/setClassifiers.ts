// The classifiers of the server: one for each model that its options or its label sets name, opened at the first call that needs it.
import { embeddedName, type LabelSet } from '../../core/labelSet';
import type { Classifier } from '../../shared/classifier';
import { namedModel, type ModelChoice, type ModelOptions } from '../namedModel';
import { classifierOf } from '../openClassifier';

/** Of the model that the options ask for, which no set can name. */
const askedKey = '';

export class SetClassifiers {
  private readonly opened = new Map<string, Promise<Classifier>>();

  constructor(private readonly options: ModelOptions & { readonly jobs?: number }) {}

  /** Throws AppError, as `namedModel`. */
  of(set: Pick<LabelSet, 'name' | 'model'>): Promise<Classifier> {
    const { server, model } = this.options;
    const isAsked = server !== undefined || model !== undefined;
    return this.open(isAsked ? askedKey : (set.model ?? embeddedName), () => namedModel(set, this.options));
  }

  /** The embedded model, whatever the options and the sets say. */
  embedded(): Promise<Classifier> {
    return this.open(embeddedName, () => ({}));
  }

  async dispose(): Promise<void> {
    const all = await Promise.allSettled([...this.opened.values()]);
    for (const one of all) if (one.status === 'fulfilled') await one.value.dispose();
  }

  /** One classifier for each key. */
  private open(key: string, choose: () => ModelChoice): Promise<Classifier> {
    const known = this.opened.get(key);
    if (known) return known;
    const choice = choose();
    const opening = classifierOf({ ...choice, threads: this.options.jobs ?? choice.threads });
    this.opened.set(key, opening);
    // What could not be opened is tried again at the next call.
    opening.catch(() => this.opened.delete(key));
    return opening;
  }
}
