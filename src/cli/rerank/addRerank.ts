// The command line of `glitag rerank`. What it needs is loaded when it runs.
import { Option, type Command } from 'commander';
import { addFilesOptions, labelsOption, resultCount } from '../commonOptions';
import type { RerankOptions } from './rerankCommand';

export function addRerank(program: Command, finish: (code: number) => void): void {
  const rerank = program
    .command('rerank')
    .description('find the passages of files that answer a question, or order what a search tool found')
    .argument('<query>', 'a question, or words that say what is looked for')
    .argument('[path...]', 'files, folders or globs; - for lines on standard input')
    .option('--input <file>', 'order lines instead: JSON Lines with "id" and "text", or what "rg --json" prints')
    .addOption(new Option('--top <number>', 'results at most').argParser(resultCount).default(10))
    .option('--json', 'print JSON')
    .addOption(labelsOption());
  addFilesOptions(rerank)
    .option('--where <search>', 'only documents whose tags match, for example: bug report -done or @score:.8')
    .option('--decisions <file>', 'decisions on tags (.jsonl or .sqlite) that count for --where: see "glitag decide"')
    .option('--set <name>', "label set whose decisions count (default: the labels' name)")
    .action(async (query: string, paths: string[], options: RerankOptions) => {
      const { rerankCommand } = await import('./rerankCommand');
      finish(await rerankCommand(query, paths, options));
    });
}
