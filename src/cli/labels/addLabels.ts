// The command line of `glitag labels`. What a command needs is loaded when it runs.
import type { Command } from 'commander';
import { addModelOptions, addServerOptions } from '../commonOptions';
import type { SuggestOptions } from './suggestCommand';

export function addLabels(program: Command, finish: (code: number) => void): void {
  const labels = program.command('labels').description('label sets to begin with');
  labels
    .command('gallery')
    .description('list the label sets of the gallery, or print one as JSON for --labels')
    .argument('[name]', 'the set to print, for example: news topics')
    .option('--json', 'print the list as JSON')
    .action(async (name: string | undefined, options: { readonly json?: boolean }) => {
      const { galleryCommand } = await import('./galleryCommand');
      finish(galleryCommand(name, options));
    });
  addServerOptions(
    addModelOptions(
      labels
        .command('suggest')
        .description('a label set out of the tags in front matter and the folders that are there')
        .argument('<path...>', 'files, folders or globs'),
    ),
  )
    .option('--include <glob...>', 'of the files in folders, take only these')
    .option('--exclude <glob...>', 'leave these files out')
    .option('--no-ignore', 'take files that .gitignore and .git/info/exclude leave out, too')
    .option('--no-ask', 'do not ask the model which of the labels it sees in the documents that carry them')
    .option('--json', 'print JSON: the labels with their counts, and the set')
    .action(async (paths: string[], options: SuggestOptions) => {
      const { suggestCommand } = await import('./suggestCommand');
      finish(await suggestCommand(paths, options));
    });
}
