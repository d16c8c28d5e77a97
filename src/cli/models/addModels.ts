// The command line of `glitag models`. What a command needs is loaded when it runs.
import type { Command } from 'commander';
import { modelsDirOption } from '../commonOptions';
import type { AddOptions } from './addCommand';
import type { ModelsOptions } from './listCommand';

export function addModels(program: Command, finish: (code: number) => void): void {
  const models = program.command('models').description('installed models: list, add, verify and remove them');
  models
    .command('list')
    .description('what is installed, what it takes on the disk, and models that are known to have ONNX files')
    .addOption(modelsDirOption())
    .option('--json', 'print JSON')
    .action(async (options: ModelsOptions) => {
      const { listCommand } = await import('./listCommand');
      finish(listCommand(options));
    });
  models
    .command('add')
    .description('install a model: download it from the hub, or take it from a folder or an archive')
    .argument('<model>', 'owner/name or owner/name@revision on the hub; or a model folder, .zip, .tar.gz or .tar here')
    .option('--name <name>', 'name to install it under (default: its name on the hub, or of the folder or archive)')
    .option('--graph <path>', 'of several .onnx files on the hub, take this one, such as onnx/model_quantized.onnx')
    .option('--host <url>', 'the hub, or a mirror of it (default: $HF_ENDPOINT, or https://huggingface.co)')
    .addOption(modelsDirOption())
    .option('--json', 'print JSON: what was installed')
    .action(async (model: string, options: AddOptions) => {
      const { addCommand } = await import('./addCommand');
      finish(await addCommand(model, options));
    });
  models
    .command('verify')
    .description('read all files of an installed model again, then ask the model, as "glitag verify" does')
    .argument('<name>')
    .addOption(modelsDirOption())
    .option('--json', 'print JSON')
    .action(async (name: string, options: ModelsOptions) => {
      const { verifyInstalled } = await import('./verifyInstalled');
      finish(await verifyInstalled(name, options));
    });
  models
    .command('remove')
    .description('delete an installed model, or what a download that was broken off left')
    .argument('<name>')
    .addOption(modelsDirOption())
    .option('--json', 'print JSON')
    .action(async (name: string, options: ModelsOptions) => {
      const { removeCommand } = await import('./removeCommand');
      finish(removeCommand(name, options));
    });
}
