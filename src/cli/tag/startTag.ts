// Begins `glitag tag`: gets the model under way, and only then loads what else the command needs.
import type { LabelSet } from '../../core/labelSet';
import type { ModelNotes } from '../../inference/knownModels';
import type { TagStore } from '../../workspace/store/tagStore';
import { namedModel } from '../namedModel';
import { openClassifier, withClassifier } from '../openClassifier';
import type { TagOptions } from './tagCommand';

export async function startTag(paths: readonly string[], options: TagOptions): Promise<number> {
  let store: TagStore | null = null;
  const notes: ModelNotes = {
    read: (key) => store?.readNote(key) ?? null,
    write: (key, note) => store?.writeNote(key, note),
  };
  // Only with --models may the labels ask for another model than is known now.
  const own = options.models === undefined ? null : await readOwn(options);
  const model = own ? namedModel(own, options) : { model: options.model };
  const measurer = openClassifier({ threads: options.jobs });
  try {
    return await withClassifier(
      { ...model, threads: options.jobs ?? model.threads, notes },
      async (classifier, signal) => {
        // Nothing is known without an index, so everything has to be classified.
        if (options.index === undefined) classifier.prepare();
        const { tagCommand } = await import('./tagCommand');
        const onIndex = (opened: TagStore) => {
          store = opened;
        };
        return tagCommand(paths, options, { own, classifier, measurer, signal, onIndex });
      },
    );
  } finally {
    await measurer.dispose();
  }
}

async function readOwn({ labels, threshold }: TagOptions): Promise<LabelSet> {
  const { readLabelSet } = await import('../labelsFile');
  return readLabelSet(labels, threshold);
}
