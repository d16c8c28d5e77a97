// The command line of `glitag check`. What it needs is loaded when it runs.
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Verdict } from '../../core/check/stance';
import { addFilesOptions, labelsOption, repeated, resultCount } from '../commonOptions';
import type { CheckCommandOptions } from './checkCommand';

/** Passages of a statement where nothing else is said. */
const defaultTop = 10;
/** Those that may be a reason to fail. */
const failing: readonly Verdict[] = ['contradicted', 'not found'];

export function addCheck(program: Command, finish: (code: number) => void): void {
  const check = program
    .command('check')
    .description('check statements against files: which passages support or contradict them')
    .argument('[statement]', 'a sentence; left out with --statements')
    .argument('[path...]', 'files, folders or globs')
    .option('--statements <file>', 'check all statements of this file, one a line; - reads standard input');
  addFilesOptions(check)
    .addOption(
      new Option('--top <number>', 'passages of a statement that are judged and printed at most')
        .default(defaultTop)
        .argParser(resultCount),
    )
    .addOption(
      new Option(
        '--fail-on <verdict>',
        'exit with 1 where a statement gets this verdict, or the model judges none; may be repeated',
      )
        .choices(failing)
        .argParser(failOn),
    )
    .addOption(labelsOption())
    .option('--json', 'print JSON')
    .action(async (statement: string | undefined, paths: string[], options: CheckCommandOptions) => {
      const { checkCommand } = await import('./checkCommand');
      finish(await checkCommand(statement === undefined ? [] : [statement, ...paths], options));
    });
}

/** One value at a time: what follows may be the statement. */
function failOn(value: string, before: readonly string[] | undefined): string[] {
  if (!failing.some((verdict) => verdict === value))
    throw new InvalidArgumentError(`Allowed choices are ${failing.join(', ')}.`);
  return repeated(value, before);
}
