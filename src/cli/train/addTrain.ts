// The command line of `glitag train`. What it needs is loaded when it runs.
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { labelsOption, modelsDirOption, thresholdOption, wholeFrom } from '../commonOptions';
import type { TrainOptions } from './trainCommand';

export function addTrain(program: Command, finish: (code: number) => void): void {
  program
    .command('train')
    .description("train a model on data in upstream's training format (JSON or JSON Lines), or on what was decided")
    .argument('[data...]', 'files with text, all_labels and true_labels')
    .requiredOption('--out <folder>', 'folder of the new model; it must not be there yet')
    .option(
      '--base <model>',
      'model to begin with: the folder or name of one that GLiTag runs, or a PyTorch checkpoint (default: embedded)',
    )
    .addOption(modelsDirOption())
    .option('--decisions <file>', 'decisions on tags (.jsonl or .sqlite) instead of data: see "glitag decide"')
    .option('--set <name>', "label set whose decisions count (default: the labels' name)")
    .addOption(labelsOption())
    .addOption(thresholdOption())
    .addOption(
      new Option('--kept-back <share>', 'share of the texts to measure on, not to learn from')
        .argParser(share)
        .default(0.2),
    )
    .addOption(
      new Option('--seed <number>', 'decides what is kept back, and all chance')
        .argParser(wholeFrom(0, 999_999))
        .default(42),
    )
    .option('--python <program>', 'Python to train with (default: $GLITAG_PYTHON, or the first that is found)')
    .option('--install', 'make the environment with the Python packages without asking')
    .option('--start-over', 'throw away what an unfinished training with other data or options left')
    .option('--json', 'print JSON: the figures before and after')
    .action(async (files: string[], options: TrainOptions) => {
      const { trainCommand } = await import('./trainCommand');
      finish(await trainCommand(files, options));
    });
}

function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('It must be a number between 0 and 1.');
  return value;
}
