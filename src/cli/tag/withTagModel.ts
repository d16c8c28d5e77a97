// The model of a command that tags: what it is, is noted in the index, so that where nothing is to be classified nothing is loaded.
import type { LabelSet } from '../../core/labelSet';
import type { ModelNotes } from '../../inference/knownModels';
import type { Classifier } from '../../shared/classifier';
import type { TagStore } from '../../workspace/store/tagStore';
import { namedModel } from '../namedModel';
import { withClassifier } from '../openClassifier';
import type { ServerOptions } from '../openClassifier';

export interface TagModelOptions extends ServerOptions {
  readonly labels?: string;
  readonly threshold?: number;
  readonly model?: string;
  readonly models?: string;
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

export async function withTagModel<T>(options: TagModelOptions, work: (parts: TagModel) => Promise<T>): Promise<T> {
  let store: TagStore | null = null;
  const notes: ModelNotes = {
    read: (key) => store?.readNote(key) ?? null,
    write: (key, note) => store?.writeNote(key, note),
  };
  // Only with --models may the labels ask for another model than is known now.
  const own = options.models === undefined ? null : await readOwn(options);
  const { model: folder, server, serverModel, adapter } = options;
  const model = own ? namedModel(own, options) : { model: folder, server, serverModel, adapter, threads: undefined };
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
