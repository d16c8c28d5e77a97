// `glitag models remove`: deletes an installed model.
import { megabytes } from '../../models/diskSpace';
import { exitCodes } from '../exitCodes';
import type { ModelsOptions } from './listCommand';
import { modelStore } from './modelsFolder';

/** Throws AppError model-missing. */
export function removeCommand(name: string, options: ModelsOptions): number {
  const store = modelStore(options);
  const bytes = store.find(name)?.bytes ?? 0;
  store.remove(name);
  process.stdout.write(
    options.json ? `${JSON.stringify({ removed: name, bytes })}\n` : `Removed ${name}: ${megabytes(bytes)}.\n`,
  );
  return exitCodes.done;
}
