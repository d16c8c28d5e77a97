// The command line: its commands, options and help. What a command needs is loaded when it runs.
import { Command, Option } from 'commander';
import {
  addFilesOptions,
  addModelOptions,
  addServerOptions,
  labelsOption,
  repeated,
  shardOf,
  threadsOption,
  thresholdOption,
} from './commonOptions';
import { addCheck } from './check/addCheck';
import { findingLevels } from '../core/labelSet';
import { addDecide } from './decide/addDecide';
import type { EvaluateOptions } from './evaluate/evaluateCommand';
import { exitCodes } from './exitCodes';
import { addLabels } from './labels/addLabels';
import { addModels } from './models/addModels';
import { addIndex } from './index/addIndex';
import { addRerank } from './rerank/addRerank';
import { addMcp } from './mcp/addMcp';
import { formats } from './tag/formats';
import type { TagOptions } from './tag/tagCommand';
import { addTrain } from './train/addTrain';
import type { VerifyOptions } from './verifyCommand';
import { version } from '../../package.json';

/** `finish` receives the exit code of the command that ran. A wrong command line ends the process with code 2. */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command('glitag')
    .description(
      'Tags text with GLiClass zero-shot classifiers, offline unless --server names a server or a model is downloaded.',
    )
    .version(version)
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.usage);
    });
  addTag(program, finish);
  addRerank(program, finish);
  addDecide(program, finish);
  addCheck(program, finish);
  addEvaluate(program, finish);
  addVerify(program, finish);
  addTrain(program, finish);
  addLabels(program, finish);
  addModels(program, finish);
  addIndex(program, finish);
  addMcp(program, finish);
  return program;
}

function addTag(program: Command, finish: (code: number) => void): void {
  const tag = program
    .command('tag')
    .description('tag files and folders, or a stream of JSON Lines')
    .argument('[path...]', 'files, folders or globs')
    .option('--input <file>', 'JSON Lines with "id" and "text" instead; - reads standard input')
    .addOption(labelsOption())
    .addOption(
      new Option('--format <format>', 'how results are printed (default: "tree"; with --input: "jsonl")').choices(
        formats,
      ),
    )
    .addOption(
      new Option('--shard <n/of>', 'take only this share of files (by path) or lines (by id): 3/16').argParser(shardOf),
    );
  addFilesOptions(tag)
    .option(
      '--changed-since <revision>',
      'only files that changed since this commit, branch or tag of Git: on this branch, staged, on the disk or untracked',
    )
    .option('--where <search>', 'print only what matches, for example: bug report -done or @score:.8')
    .addOption(failOnOption())
    .addOption(
      new Option('--fail-on-level <level>', 'the same for labels whose "finding" is of this level or graver').choices(
        findingLevels,
      ),
    )
    .option('--decisions <file>', 'decisions on tags (.jsonl or .sqlite) that count: see "glitag decide"')
    .option('--set <name>', "label set whose decisions count (default: the labels' name)")
    .option('--learn', 'decided files become examples of the labels, so that the tags of all others follow them')
    .action(async (paths: string[], options: TagOptions) => {
      const { startTag } = await import('./tag/startTag');
      finish(await startTag(paths, options));
    });
}

const failOnOption = () =>
  new Option(
    '--fail-on <label>',
    `end with code ${exitCodes.findings} where a document has this label, or one under it; may be repeated`,
  ).argParser(repeated);

function addEvaluate(program: Command, finish: (code: number) => void): void {
  const evaluate = program
    .command('evaluate')
    .description("measure a model on data in upstream's training format (JSON or JSON Lines), or on what was decided")
    .argument('[path...]', 'file with text, all_labels and true_labels; with --decisions, only these files and folders')
    .option('--decisions <file>', 'decisions on tags (.jsonl or .sqlite) instead of data: see "glitag decide"')
    .option('--set <name>', "label set whose decisions count (default: the labels' name)")
    .option(
      '--learn',
      'with --decisions: as "glitag tag --learn", each file by what the decisions on all others teach',
    );
  addServerOptions(addModelOptions(evaluate))
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
    .option('--propose-thresholds', 'print thresholds that would do better, and what they are worth')
    .option('--learning-curve <file>', 'show this learning curve: [{"decisions": 4, "microF1": 0.61, "macroF1": 0.58}]')
    .action(async (paths: string[], options: EvaluateOptions) => {
      const { evaluateCommand } = await import('./evaluate/evaluateCommand');
      finish(await evaluateCommand(paths, options));
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
