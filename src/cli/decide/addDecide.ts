// The command line of `glitag decide`. What a command needs is loaded when it runs.
import type { Command } from 'commander';
import { addFilesOptions, labelsOption, zeroToOne } from '../commonOptions';
import type { AcceptAboveOptions } from './acceptAboveCommand';
import type { DecideAction } from './decideCommand';
import type { DecideOptions } from './decideOptions';
import type { ExportOptions } from './exportCommand';
import type { ImportCommandOptions } from './importCommand';
import type { ListOptions } from './listCommand';

export function addDecide(program: Command, finish: (code: number) => void): void {
  const decide = program.command('decide').description('decide on tags: accept, reject, add, and take back');
  const command = (name: string, description: string) =>
    decide
      .command(name)
      .description(description)
      .requiredOption('--decisions <file>', '.jsonl (to commit and merge) or .sqlite (with undo)')
      .addOption(labelsOption())
      .option('--set <name>', "name of the label set (default: the labels' name)")
      .option('--by <name>', 'who decides');
  const make = async (action: DecideAction, paths: string[], options: DecideOptions) => {
    const { decideCommand } = await import('./decideCommand');
    finish(await decideCommand(action, paths, options));
  };
  const paths = 'files, globs, or parts of files as rows.csv#row-3 (with --split)';
  const labelled = {
    accept: 'the label is right for these files',
    reject: 'the label is wrong for these files',
    add: 'give these files a label that the model did not',
    'take-back': 'forget what was decided on the label',
  } as const;
  const folderPaths = {
    accept: `${paths}; folders: all undecided tags of the label in them`,
    reject: `${paths}; folders: all undecided tags of the label in them`,
    add: `${paths}; folders: all documents in them without the tag`,
    'take-back': `${paths}; folders: all decided tags of the label in them`,
  } as const;
  for (const [type, description] of Object.entries(labelled) as [keyof typeof labelled, string][]) {
    addFilesOptions(command(type, description))
      .argument('<label>', 'full name of the label')
      .argument('<path...>', folderPaths[type])
      .action((label: string, paths: string[], options: DecideOptions) => make({ type, label }, paths, options));
  }
  addFilesOptions(command('accept-above', 'accept all tags with a score or a better one that nobody has decided on'))
    .argument('<score>', '0 to 1', zeroToOne)
    .argument('<path...>', 'files, folders or globs')
    .option('--yes', 'do not ask')
    .action(async (score: number, paths: string[], options: AcceptAboveOptions) => {
      const { acceptAboveCommand } = await import('./acceptAboveCommand');
      finish(await acceptAboveCommand(score, paths, options));
    });
  addFilesOptions(command('none', 'no label fits these files'))
    .argument('<path...>', paths)
    .action((paths: string[], options: DecideOptions) => make({ type: 'none' }, paths, options));
  addFilesOptions(command('move', 'the one label is wrong, the other right'))
    .argument('<from>', 'full name of the wrong label')
    .argument('<to>', 'full name of the right label')
    .argument('<path...>', paths)
    .action((from: string, to: string, paths: string[], options: DecideOptions) =>
      make({ type: 'move', from, to }, paths, options),
    );
  for (const which of ['undo', 'redo'] as const) {
    command(which, which === 'undo' ? 'take the last step back' : 'make the last step that was undone again').action(
      async (options: DecideOptions) => {
        const { undoCommand } = await import('./decideCommand');
        finish(await undoCommand(which, options));
      },
    );
  }
  command('list', 'print what was decided')
    .argument('[path...]', 'only of these files and folders')
    .option('--json', 'print JSON Lines')
    .action(async (paths: string[], options: ListOptions) => {
      const { listCommand } = await import('./listCommand');
      finish(await listCommand(paths, options));
    });
  command('export', "print decided texts as upstream's training rows (JSON Lines)")
    .option('--confidence', 'true_labels as {label: 1 or 0}')
    .action(async (options: ExportOptions) => {
      const { exportCommand } = await import('./exportCommand');
      finish(await exportCommand(options));
    });
  command('import', 'take labels from an export of Argilla, Label Studio or doccano, or from training rows')
    .argument('<file>', 'JSON or JSON Lines')
    .option('--documents <path...>', 'files whose text may be among them: these are decided on')
    .action(async (file: string, options: ImportCommandOptions) => {
      const { importCommand } = await import('./importCommand');
      finish(await importCommand(file, options));
    });
}
