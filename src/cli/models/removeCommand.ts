// `glitag models remove`: deletes an installed model, or one that was begun and not finished.
import { megabytes } from '../../models/diskSpace';
import { exitCodes } from '../exitCodes';
import type { ModelsOptions } from './listCommand';
import { modelStore } from './modelsFolder';

/** Throws AppError model-missing. */
export function removeCommand(name: string, options: ModelsOptions): number {
  const bytes = modelStore(options).remove(name);
  process.stdout.write(
    options.json ? `${JSON.stringify({ removed: name, bytes })}\n` : `Removed ${name}: ${megabytes(bytes)}.\n`,
  );
  return exitCodes.done;
}
