// The classifiers of the server: one for each model that its options or its label sets mean, opened at the first call that needs it.
import type { LabelSet } from '../../core/labelSet';
import type { Classifier } from '../../shared/classifier';
import { modelAt, namedModel, type ModelChoice, type ModelOptions } from '../namedModel';
import { classifierOf } from '../openClassifier';

export interface SetClassifiersOptions extends ModelOptions {
  readonly jobs?: number;
  /** As --model, but only of sets that name no model. */
  readonly defaultModel?: string;
}

export class SetClassifiers {
  /** By what the model is. */
  private readonly opened = new Map<string, Promise<Classifier>>();
  /** By the name that means it (undefined: none is named). Names are looked up once: what is wrong with one is told once. */
  private readonly byName = new Map<string | undefined, Promise<Classifier>>();

  constructor(private readonly options: SetClassifiersOptions) {}

  /** Throws AppError, as `namedModel`. */
  of(set: Pick<LabelSet, 'name' | 'model'>): Promise<Classifier> {
    const known = this.byName.get(set.model);
    if (known) return known;
    const opening = this.open(this.choice(set));
    this.byName.set(set.model, opening);
    // What could not be opened is tried again at the next call.
    opening.catch(() => this.byName.delete(set.model));
    return opening;
  }

  /** The embedded model, whatever the options and the sets say. */
  embedded(): Promise<Classifier> {
    return this.open({});
  }

  async dispose(): Promise<void> {
    const all = await Promise.allSettled([...this.opened.values()]);
    for (const one of all) if (one.status === 'fulfilled') await one.value.dispose();
  }

  private choice(set: Pick<LabelSet, 'name' | 'model'>): ModelChoice {
    const { server, model, defaultModel } = this.options;
    const isAsked = server !== undefined || model !== undefined;
    if (isAsked || set.model !== undefined || defaultModel === undefined) return namedModel(set, this.options);
    return modelAt(defaultModel, this.options);
  }

  private open(choice: ModelChoice): Promise<Classifier> {
    const settings = { ...choice, threads: this.options.jobs ?? choice.threads };
    const key = JSON.stringify(settings);
    const known = this.opened.get(key);
    if (known) return known;
    const opening = classifierOf(settings);
    this.opened.set(key, opening);
    opening.catch(() => this.opened.delete(key));
    return opening;
  }
}
