// The classifiers of the server: one for each model that its label sets name, opened at the first call that needs it.
import type { LabelSet } from '../../core/labelSet';
import type { Classifier } from '../../shared/classifier';
import { namedModel, type ModelOptions } from '../namedModel';
import { classifierOf } from '../openClassifier';

export class SetClassifiers {
  private readonly opened = new Map<string, Promise<Classifier>>();

  constructor(private readonly options: ModelOptions & { readonly jobs?: number }) {}

  /** Throws AppError, as `namedModel`. */
  of(set: Pick<LabelSet, 'name' | 'model'>): Promise<Classifier> {
    const key = set.model ?? '';
    const known = this.opened.get(key);
    if (known) return known;
    const model = namedModel(set, this.options);
    const opening = classifierOf({ ...model, threads: this.options.jobs ?? model.threads });
    this.opened.set(key, opening);
    // What could not be opened is tried again at the next call.
    opening.catch(() => this.opened.delete(key));
    return opening;
  }

  async dispose(): Promise<void> {
    const all = await Promise.allSettled([...this.opened.values()]);
    for (const one of all) if (one.status === 'fulfilled') await one.value.dispose();
  }
}
