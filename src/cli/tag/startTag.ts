// Begins `glitag tag`: gets the model under way, and only then loads what else the command needs.
import type { ModelNotes } from '../../inference/knownModels';
import type { TagStore } from '../../workspace/store/tagStore';
import { openClassifier, withClassifier } from '../openClassifier';
import type { TagOptions } from './tagCommand';

export async function startTag(paths: readonly string[], options: TagOptions): Promise<number> {
  let store: TagStore | null = null;
  const notes: ModelNotes = {
    read: (key) => store?.readNote(key) ?? null,
    write: (key, note) => store?.writeNote(key, note),
  };
  const measurer = openClassifier({ threads: options.jobs });
  try {
    return await withClassifier({ model: options.model, threads: options.jobs, notes }, async (classifier, signal) => {
      // Nothing is known without an index, so everything has to be classified.
      if (options.index === undefined) classifier.prepare();
      const { tagCommand } = await import('./tagCommand');
      const onIndex = (opened: TagStore) => {
        store = opened;
      };
      return tagCommand(paths, options, { classifier, measurer, signal, onIndex });
    });
  } finally {
    await measurer.dispose();
  }
}
