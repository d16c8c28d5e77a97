// Where a model lies until it is whole: in a folder of the store that no name means, held by one process, renamed in one step.
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { holdFolder, holderOf, releaseFolder } from '../inference/process/heldFolder';
import { AppError } from '../shared/errors';
import { openModelFolder } from '../inference/model/modelFolder';
import { readInstalled, recordName } from './installRecord';
import type { InstalledFile, InstalledModel, InstallRecord } from './installRecord';

/** Folder in the store for all that is not whole. */
export const partialName = '.partial';

export class Staging {
  private constructor(
    private readonly folder: string,
    /** The model's files as they will lie. */
    readonly files: string,
    private readonly target: string,
  ) {}

  /**
   * @param key What is being installed: the same key goes on with what an earlier try left.
   * @param target Folder of the model, which must not be there.
   * @throws AppError input-invalid where another process installs the same.
   */
  static open(store: string, key: string, target: string): Staging {
    const folder = path.join(store, partialName, key);
    const files = path.join(folder, 'files');
    fs.mkdirSync(files, { recursive: true });
    holdFolder(folder, (pid) => `Process ${pid} is installing this model. Wait for its end, or end it.`);
    return new Staging(folder, files, target);
  }

  /** A place of this try's own beside the model's files. */
  beside(name: string): string {
    return path.join(this.folder, name);
  }

  /** Removes all files but these, which are relative, with “/”: an earlier try may have wanted others. */
  keepOnly(names: readonly string[]): void {
    const wanted = new Set(names);
    for (const entry of fs.readdirSync(this.files, { recursive: true, withFileTypes: true })) {
      const full = path.join(entry.parentPath, entry.name);
      if (!entry.isDirectory() && !wanted.has(path.relative(this.files, full).split(path.sep).join('/'))) fs.rmSync(full);
    }
  }

  /** What the record says of a file that is whole. */
  describe(name: string, sha256: string): InstalledFile {
    const { size, mtimeMs } = fs.statSync(this.pathOf(name));
    return { path: name, size, sha256, mtimeMs: Math.trunc(mtimeMs) };
  }

  /** @param name Relative, with “/”. */
  pathOf(name: string): string {
    return path.join(this.files, ...name.split('/'));
  }

  /**
   * The model becomes an installed one, if GLiTag can run it; else nothing of it is left.
   * @throws AppError model-*, input-invalid where one of this name came in between.
   */
  async publish(record: Omit<InstallRecord, 'version' | 'installedAt'>): Promise<InstalledModel> {
    try {
      openModelFolder(this.files);
    } catch (error) {
      this.discard();
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, `“${record.name}” was not installed, since GLiTag cannot run it: ${error.message}`, {
        cause: error,
      });
    }
    await this.writeRecord({ version: 1, installedAt: new Date().toISOString(), ...record });
    try {
      fs.renameSync(this.files, this.target);
    } catch (cause) {
      if (fs.existsSync(this.target)) throw alreadyInstalled(record.name, cause);
      throw cause;
    }
    this.discard();
    const installed = readInstalled(this.target);
    if (installed === null) throw new Error(`The record of ${this.target} cannot be read.`);
    return installed;
  }

  /** Leaves what is there for the next try. */
  release(): void {
    releaseFolder(this.folder);
  }

  discard(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async writeRecord(record: InstallRecord): Promise<void> {
    const file = path.join(this.files, recordName);
    const handle = await fsp.open(file, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(record, null, 1)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

export function alreadyInstalled(name: string, cause?: unknown): AppError {
  return new AppError(
    'input-invalid',
    `A model “${name}” is installed already. Remove it first, or give the new one another name.`,
    { cause },
  );
}

/** Bytes of what was begun and is not whole. */
export function partialBytes(store: string): number {
  return sizeOf(path.join(store, partialName));
}

/** Throws away what broken-off tries left, but for what a process is at now. Returns how many bytes that were. */
export function removePartial(store: string, isOf: (key: string) => boolean): number {
  const folder = path.join(store, partialName);
  let bytes = 0;
  for (const key of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const place = path.join(folder, key);
    if (!isOf(key) || holderOf(place) !== null) continue;
    bytes += sizeOf(place);
    fs.rmSync(place, { recursive: true, force: true });
  }
  return bytes;
}

function sizeOf(folder: string): number {
  if (!fs.existsSync(folder)) return 0;
  let bytes = 0;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += fs.lstatSync(path.join(entry.parentPath, entry.name)).size;
  return bytes;
}
