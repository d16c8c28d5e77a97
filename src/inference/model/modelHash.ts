// Fingerprints a model's files. It takes a tenth of a second, so it is done beside the rest of loading, and remembered (knownModels.ts).
import crypto from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileStamp } from '../../shared/childMessages';
import { missingFile } from './missingFile';
import type { ModelFolder } from './modelFolder';
import { stampOf } from './fileStamp';

export interface ModelHash {
  /** sha256 over the files that decide scores, hexadecimal. */
  readonly hash: string;
  /** Those files as they were when they were read. */
  readonly files: readonly FileStamp[];
}

/** Names and contents, so that the same files give the same hash wherever the folder lies. @throws AppError model-missing. */
export async function hashModel({ folder, files }: Pick<ModelFolder, 'folder' | 'files'>): Promise<ModelHash> {
  const hash = crypto.createHash('sha256');
  const stamps: FileStamp[] = [];
  for (const file of files) {
    const handle = await fs.open(file).catch((cause: unknown) => {
      throw missingFile(file, cause);
    });
    try {
      const stats = await handle.stat();
      hash.update(`${path.relative(folder, file).split(path.sep).join('/')}\0${stats.size}\0`);
      for await (const part of handle.createReadStream({ highWaterMark: 1 << 20, autoClose: false }))
        hash.update(part as Buffer);
      stamps.push(stampOf(file, stats));
    } finally {
      await handle.close();
    }
  }
  return { hash: hash.digest('hex'), files: stamps };
}
