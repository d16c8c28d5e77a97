// `glitag models add`: from the hub, a folder or an archive into the folder of installed models.
import fs from 'node:fs';
import { megabytes } from '../../models/diskSpace';
import { addFromHub, planFromHub } from '../../models/hub/addFromHub';
import { HubConnection } from '../../models/hub/hubConnection';
import type { InstallOptions } from '../../models/installOptions';
import type { InstalledModel } from '../../models/installRecord';
import { addFromArchive, isArchive } from '../../models/local/addFromArchive';
import { addFromFolder } from '../../models/local/addFromFolder';
import type { ModelStore } from '../../models/modelStore';
import { AppError } from '../../shared/errors';
import { exitCodes } from '../exitCodes';
import { ProgressLine } from '../progressLine';
import { withInterrupt } from '../withInterrupt';
import { installedLine } from './listCommand';
import type { ModelsOptions } from './listCommand';
import { modelStore } from './modelsFolder';

export interface AddOptions extends ModelsOptions {
  readonly name?: string;
  readonly graph?: string;
  readonly host?: string;
}

/** `wanted`: what is there as a file or folder is taken from there, all else from the hub. Throws AppError. */
export async function addCommand(wanted: string, options: AddOptions): Promise<number> {
  const store = modelStore(options);
  const isLocal = fs.existsSync(wanted);
  if (!isLocal && isPath(wanted))
    throw new AppError('input-invalid', `There is no file or folder ${wanted}. Check the path.`);
  if (isLocal && (options.graph !== undefined || options.host !== undefined))
    throw new AppError('input-invalid', `${wanted} is here: --graph and --host go with models of the hub.`);
  const model = await withInterrupt(async (signal) => {
    const progress = new ProgressLine('MB', 0, '{file}');
    const install: InstallOptions = {
      signal,
      name: options.name,
      onProgress: ({ file, doneBytes, totalBytes }) => {
        progress.update(Math.round(doneBytes / 1e6), Math.ceil(totalBytes / 1e6), { file });
      },
    };
    try {
      if (!isLocal) return await download(store, wanted, options, install);
      return await (isArchive(wanted) ? addFromArchive : addFromFolder)(store, wanted, install);
    } finally {
      progress.end();
    }
  });
  process.stdout.write(
    options.json
      ? `${JSON.stringify(model)}\n`
      : `Installed in ${model.folder}: ${installedLine(model)}\nUse it with --model ${model.name}, or name it in a label set.\n`,
  );
  return exitCodes.done;
}

/** What no name of the hub looks like: nothing is asked for it there. */
function isPath(wanted: string): boolean {
  return /^(?:\.{0,2}[\\/]|~|[a-z]:)|\.(?:zip|tgz|tar\.gz|onnx)$/iu.test(wanted);
}

async function download(
  store: ModelStore,
  reference: string,
  { host = process.env['HF_ENDPOINT'], graph }: AddOptions,
  install: InstallOptions,
): Promise<InstalledModel> {
  const hub = new HubConnection({ host, token: process.env['HF_TOKEN'], proxyEnvironment: process.env });
  try {
    const plan = await planFromHub(hub, reference, { graph, signal: install.signal });
    const { id, commit, license } = plan.model;
    process.stderr.write(
      `${id}, commit ${commit.slice(0, 8)}, ${plan.graph}: ${megabytes(plan.bytes)}, licence ${license ?? 'unknown'}\n`,
    );
    return await addFromHub(store, hub, plan, install);
  } catch (error) {
    if (!(error instanceof AppError) || !['cancelled', 'server-unreachable', 'disk-full'].includes(error.code)) throw error;
    throw new AppError(error.code, `${error.message} The same command goes on where it was.`, { cause: error });
  } finally {
    hub.dispose();
  }
}
