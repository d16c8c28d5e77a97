// The command line: its commands, options and help. What a command needs is loaded when it runs.
import { Command, InvalidArgumentError, Option } from 'commander';
import type { DecideAction } from './decide/decideCommand';
import type { DecideOptions } from './decide/decideOptions';
import type { ListOptions } from './decide/listCommand';
import type { EvaluateOptions } from './evaluate/evaluateCommand';
import { exitCodes } from './exitCodes';
import { formats } from './tag/formats';
import type { TagOptions } from './tag/tagCommand';
import type { VerifyOptions } from './verifyCommand';
import packageJson from '../../package.json';

/** `finish` receives the exit code of the command that ran. A wrong command line ends the process with code 2. */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command('glitag')
    .description('Tags text with GLiClass zero-shot classifiers, offline.')
    .version(packageJson.version)
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.usage);
    });
  addTag(program, finish);
  addDecide(program, finish);
  addEvaluate(program, finish);
  addVerify(program, finish);
  return program;
}

const modelOption = () => new Option('--model <folder>', 'model folder (default: the embedded model)');
const labelsOption = () =>
  new Option('--labels <file>', 'label set or labels, JSON or YAML (default: the built-in set)');
const thresholdOption = () =>
  new Option('--threshold <number>', 'lowest score that counts, 0 to 1').argParser(zeroToOne);
const threadsOption = () => new Option('--threads <number>', 'threads of the model; 0 chooses').argParser(wholeNumber);

function addTag(program: Command, finish: (code: number) => void): void {
  program
    .command('tag')
    .description('tag files and folders')
    .argument('<path...>', 'files, folders or globs')
    .addOption(labelsOption())
    .addOption(modelOption())
    .addOption(new Option('--format <format>', 'how results are printed').choices(formats).default('tree'))
    .addOption(thresholdOption())
    .option('--include <glob...>', 'of the files in folders, take only these')
    .option('--exclude <glob...>', 'leave these files out')
    .option('--no-ignore', 'take files that .gitignore and .git/info/exclude leave out, too')
    .option('--where <search>', 'print only what matches, for example: bug report -done or @score:.8')
    .option('--index <file>', 'keep results in this file; unchanged documents are not classified again')
    .option('--decisions <file>', 'decisions on tags (.jsonl or .sqlite) that count: see "glitag decide"')
    .option('--set <name>', "label set whose decisions count (default: the labels' name)")
    .option('--learn', 'decided files become examples of the labels, so that the tags of all others follow them')
    .addOption(new Option('--chunk-tokens <number>', 'longest passage in tokens').argParser(wholeNumber))
    .addOption(new Option('--jobs <number>', 'threads of the model; 0 chooses').argParser(wholeNumber))
    .action(async (paths: string[], options: TagOptions) => {
      const { startTag } = await import('./tag/startTag');
      finish(await startTag(paths, options));
    });
}

function addDecide(program: Command, finish: (code: number) => void): void {
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
    const { decideCommand } = await import('./decide/decideCommand');
    finish(await decideCommand(action, paths, options));
  };
  const labelled = {
    accept: 'the label is right for these files',
    reject: 'the label is wrong for these files',
    add: 'give these files a label that the model did not',
    'take-back': 'forget what was decided on the label',
  } as const;
  for (const [type, description] of Object.entries(labelled) as [keyof typeof labelled, string][]) {
    command(type, description)
      .argument('<label>', 'full name of the label')
      .argument('<path...>', 'files or globs')
      .action((label: string, paths: string[], options: DecideOptions) => make({ type, label }, paths, options));
  }
  command('none', 'no label fits these files')
    .argument('<path...>', 'files or globs')
    .action((paths: string[], options: DecideOptions) => make({ type: 'none' }, paths, options));
  command('move', 'the one label is wrong, the other right')
    .argument('<from>', 'full name of the wrong label')
    .argument('<to>', 'full name of the right label')
    .argument('<path...>', 'files or globs')
    .action((from: string, to: string, paths: string[], options: DecideOptions) =>
      make({ type: 'move', from, to }, paths, options),
    );
  for (const which of ['undo', 'redo'] as const) {
    command(which, which === 'undo' ? 'take the last step back' : 'make the last step that was undone again').action(
      async (options: DecideOptions) => {
        const { undoCommand } = await import('./decide/decideCommand');
        finish(await undoCommand(which, options));
      },
    );
  }
  command('list', 'print what was decided')
    .argument('[path...]', 'only of these files and folders')
    .option('--json', 'print JSON Lines')
    .action(async (paths: string[], options: ListOptions) => {
      const { listCommand } = await import('./decide/listCommand');
      finish(await listCommand(paths, options));
    });
}

function addEvaluate(program: Command, finish: (code: number) => void): void {
  program
    .command('evaluate')
    .description("measure a model on data in upstream's training format (JSON or JSON Lines)")
    .argument('<data>', 'file with text, all_labels and true_labels')
    .addOption(modelOption())
    .addOption(labelsOption())
    .addOption(thresholdOption())
    .addOption(
      new Option('--mode <mode>', 'default: single-label if each row has one true label').choices([
        'single-label',
        'multi-label',
      ]),
    )
    .addOption(threadsOption())
    .option('--json', 'print JSON: the figures of the report and more')
    .option('--html <file>', 'write a report with charts, one file that needs nothing else')
    .option('--learning-curve <file>', 'show this learning curve: [{"decisions": 4, "microF1": 0.61, "macroF1": 0.58}]')
    .action(async (data: string, options: EvaluateOptions) => {
      const { evaluateCommand } = await import('./evaluate/evaluateCommand');
      finish(await evaluateCommand(data, options));
    });
}

function addVerify(program: Command, finish: (code: number) => void): void {
  program
    .command('verify')
    .description("replay a model's golden file in parity mode, or look over a model that has none")
    .argument('<model>', 'model folder')
    .option('--golden <file>', "golden file (default: the folder's golden.json)")
    .option('--json', 'print JSON')
    .action(async (model: string, options: VerifyOptions) => {
      const { verifyCommand } = await import('./verifyCommand');
      finish(await verifyCommand(model, options));
    });
}

function zeroToOne(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
