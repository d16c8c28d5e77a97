// The command line of `glitag mcp`. What the command needs is loaded when it runs.
import { Option, type Command } from 'commander';
import { addFilesOptions, labelsOption, repeated } from '../commonOptions';
import type { McpOptions } from './mcpCommand';

export function addMcp(program: Command, finish: (code: number) => void): void {
  const mcp = program
    .command('mcp')
    .description(
      'serve agents over the Model Context Protocol on stdin and stdout: classify texts, find documents by tag, find passages. Reads only what ' +
        'lies in the given folders, and writes nothing unless --tag is given',
    )
    .argument('[path...]', 'folders and files that agents may ask about (default: none, texts only)')
    .addOption(labelsOption())
    .option(
      '--settings <file>',
      'label sets of a settings.json of the editor: its glitag.labelSets and glitag.activeLabelSet',
    )
    .option('--default-model <model>', 'as --model, but only for label sets that name no model')
    .option('--decisions <file>', 'decisions on tags (.jsonl or .sqlite) that count: see "glitag decide"')
    .addOption(
      new Option(
        '--decisions-folder <folder>',
        'what paths in the decisions are relative to (default: the working directory); may be repeated as name=folder',
      ).argParser(repeated),
    )
    .option('--set <name>', "label set whose decisions count (default: the labels' name)")
    .option('--tag', 'tag what is not tagged in the folders before an answer, and keep it in the index');
  addFilesOptions(mcp).action(async (paths: string[], options: McpOptions) => {
    const { mcpCommand } = await import('./mcpCommand');
    finish(await mcpCommand(paths, options));
  });
}
