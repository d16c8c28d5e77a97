// Begins `glitag tag`: gets the model under way, and only then loads what else the command needs.
import { openClassifier } from '../openClassifier';
import type { TagOptions } from './tagCommand';
import { withTagModel } from './withTagModel';

export async function startTag(paths: readonly string[], options: TagOptions): Promise<number> {
  const measurer = openClassifier({ threads: options.jobs });
  try {
    return await withTagModel(options, async (model) => {
      const { tagCommand } = await import('./tagCommand');
      return tagCommand(paths, options, { ...model, measurer });
    });
  } finally {
    await measurer.dispose();
  }
}
