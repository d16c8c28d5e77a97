// The model of a command that tags: what it is, is noted in the index, so that where nothing is to be classified nothing is loaded.
import type { LabelSet } from '../../core/labelSet';
import type { Classifier } from '../../shared/classifier';
import type { ModelNotes } from '../../shared/modelNotes';
import type { TagStore } from '../../workspace/store/tagStore';
import { askedModel, hasNamedModels, namedModel } from '../namedModel';
import type { ModelOptions } from '../namedModel';
import { withClassifier } from '../openClassifier';

export interface TagModelOptions extends ModelOptions {
  readonly labels?: string;
  readonly threshold?: number;
  readonly index?: string;
  readonly jobs?: number;
}

export interface TagModel {
  /** What was read of `options.labels`; null where nobody has yet. */
  readonly own: LabelSet | null;
  readonly classifier: Classifier;
  readonly signal: AbortSignal;
  /** To be called with the index before anything is asked of the classifier. */
  readonly onIndex: (store: TagStore) => void;
}

/** `known`: what was read of `options.labels` before. */
export async function withTagModel<T>(
  options: TagModelOptions,
  work: (parts: TagModel) => Promise<T>,
  known?: LabelSet,
): Promise<T> {
  let store: TagStore | null = null;
  const notes: ModelNotes = {
    read: (key) => store?.readNote(key) ?? null,
    write: (key, note) => store?.writeNote(key, note),
  };
  // Only where models have names may the labels ask for another one than is known now.
  const own = hasNamedModels(options) ? (known ?? (await readOwn(options))) : null;
  const model = own ? namedModel(own, options) : askedModel(options);
  return withClassifier({ ...model, threads: options.jobs ?? model.threads, notes }, (classifier, signal) => {
    // Nothing is known without an index, so everything has to be classified.
    if (options.index === undefined) classifier.prepare();
    const onIndex = (opened: TagStore) => {
      store = opened;
    };
    return work({ own, classifier, signal, onIndex });
  });
}

async function readOwn({ labels, threshold }: TagModelOptions): Promise<LabelSet> {
  const { readLabelSet } = await import('../labelsFile');
  return readLabelSet(labels, threshold);
}
