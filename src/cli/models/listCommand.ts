// `glitag models list`: what is installed, and what could be.
import { curatedModels } from '../../models/curatedModels';
import type { CuratedModel } from '../../models/curatedModels';
import { megabytes } from '../../models/diskSpace';
import type { InstalledModel } from '../../models/installRecord';
import { exitCodes } from '../exitCodes';
import { modelStore } from './modelsFolder';
import type { ModelsDirOptions } from './modelsFolder';

export interface ModelsOptions extends ModelsDirOptions {
  readonly json?: boolean;
}

export function listCommand(options: ModelsOptions): number {
  const store = modelStore(options);
  const installed = store.list();
  const bytes = store.diskBytes();
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ folder: store.folder, bytes, installed, known: curatedModels })}\n`
      : [
          `Installed in ${store.folder}: ${installed.length === 0 ? 'none' : megabytes(bytes.models)}`,
          ...installed.map((model) => `  ${installedLine(model)}`),
          ...(bytes.partial === 0 ? [] : [`  begun and not finished: ${megabytes(bytes.partial)}`]),
          '',
          'Known to have ONNX files; any other is added by its name on the hub:',
          ...curatedModels.map((model) => `  ${knownLine(model)}`),
          '',
        ].join('\n'),
  );
  return exitCodes.done;
}

export function installedLine({ name, bytes, license, source }: InstalledModel): string {
  const from = source.type === 'hub' ? `${source.id}@${source.commit.slice(0, 8)}` : source.path;
  return [name, megabytes(bytes), license ?? 'licence unknown', from].join('  ');
}

function knownLine({ id, languages, license, graphs, quality }: CuratedModel): string {
  const sizes = Object.entries(graphs).map(([name, size]) => `${name} ${megabytes(size * 1e6)}`);
  const figure = quality === null ? [] : [`${quality.figure} ${quality.value} (published)`];
  return [id, languages.join(', '), license, sizes.join(', '), ...figure].join('  ');
}
