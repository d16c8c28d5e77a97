// The command line of `glitag index`. What a command needs is loaded when it runs.
import type { Command } from 'commander';

export function addIndex(program: Command, finish: (code: number) => void): void {
  const index = program.command('index').description('indexes that "glitag tag --index" keeps');
  index
    .command('merge')
    .description(
      'put indexes together into a new one; of a document that several know, the one that was written last counts',
    )
    .argument('<out>', 'the new index')
    .argument('<in...>', 'indexes; they stay as they are')
    .action(async (out: string, inputs: string[]) => {
      const { mergeCommand } = await import('./mergeCommand');
      finish(await mergeCommand(out, inputs));
    });
}
