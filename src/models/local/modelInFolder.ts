// The files of a model that lies in a folder: those that it reads, and what says what it is.
import fs from 'node:fs';
import path from 'node:path';
import { openModelFolder } from '../../inference/model/modelFolder';
import { AppError } from '../../shared/errors';
import { companionFiles, withoutGraph } from '../modelFiles';

export interface FoundFile {
  /** Relative to the model's folder, with “/”. */
  readonly path: string;
  /** Absolute; links may lead elsewhere from it (a cache of the hub). */
  readonly file: string;
  readonly size: number;
}

/**
 * @param location Model folder, or one of its .onnx files, which is the one to take then.
 * @throws AppError model-*, as loading it would; model-unsupported with the way on for a checkpoint of PyTorch.
 */
export function filesOfModel(location: string): FoundFile[] {
  const { folder, files } = openModel(location);
  const more = companionFiles.map((name) => path.join(folder, name)).filter(isPlainFile);
  return [...files, ...more].map((file) => ({
    path: path.relative(folder, file).split(path.sep).join('/'),
    file,
    size: fs.statSync(file).size,
  }));
}

/** Folders are called LICENSE too, and to read a pipe would wait for ever. */
export function isPlainFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

function openModel(location: string): ReturnType<typeof openModelFolder> {
  try {
    return openModelFolder(location);
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'model-missing';
    const names = isMissing && fs.existsSync(location) ? fs.readdirSync(location, { recursive: true }).map(String) : [];
    if (names.length === 0 || names.some((name) => name.endsWith('.onnx'))) throw error;
    throw withoutGraph(location, names, location);
  }
}
