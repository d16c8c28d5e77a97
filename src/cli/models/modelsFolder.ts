// The installed models of the command line.
import path from 'node:path';
import { ModelStore } from '../../models/modelStore';
import { cacheFolder } from '../cacheFolder';

export interface ModelsDirOptions {
  /** Folder of installed models. */
  readonly modelsDir?: string | undefined;
}

/** Nothing is made or read. */
export function modelStore({ modelsDir }: ModelsDirOptions): ModelStore {
  return new ModelStore(path.resolve(modelsDir ?? path.join(cacheFolder(), 'models')));
}
