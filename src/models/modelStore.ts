// The installed models of a folder: which there are, whether they are still what was installed, and their end.
import fs from 'node:fs';
import path from 'node:path';
import { namedFiles } from '../inference/model/modelFolder';
import { AppError } from '../shared/errors';
import { nearestName } from '../core/nearestName';
import { hashFile } from './hashFile';
import { readInstalled } from './installRecord';
import type { InstalledFile, InstalledModel } from './installRecord';
import { folderNameOf, isModelName } from './modelNames';
import { partialBytes, partialName, removePartial } from './staging';

/** A file that is not what was installed. */
export interface FileProblem {
  readonly path: string;
  readonly problem: 'missing' | 'size' | 'content';
}

export interface VerifyOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

export class ModelStore {
  /** @param folder Absolute; made with the first model. */
  constructor(readonly folder: string) {}

  /** By name. Reads records, no model. */
  list(): InstalledModel[] {
    if (!fs.existsSync(this.folder)) return [];
    return fs
      .readdirSync(this.folder)
      .flatMap((name) => readInstalled(path.join(this.folder, name)) ?? [])
      .filter((model) => this.pathOf(model.name) === model.folder)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Null where there is no such model, and for what cannot be a name. */
  find(name: string): InstalledModel | null {
    return isModelName(name) ? readInstalled(this.pathOf(name)) : null;
  }

  /** Where a model of this name lies, or would. @throws AppError input-invalid. */
  pathOf(name: string): string {
    return path.join(this.folder, folderNameOf(name));
  }

  /**
   * Folder of a model, after a look at sizes and times of its files: to be called before each load.
   * @throws AppError model-missing, model-changed.
   */
  folderOf(name: string): string {
    const model = this.installed(name);
    const changed = model.files.find((file) => !looksTheSame(model, file));
    const known = new Set(model.files.map((file) => path.join(model.folder, ...file.path.split('/'))));
    // A file that was added may be read in place of another.
    const other = changed?.path ?? namedFiles(model.folder).find((file) => !known.has(file));
    if (other !== undefined)
      throw new AppError(
        'model-changed',
        `${other} of the installed model “${name}” is not as it was installed. Verify the model; if it is damaged, remove it and install it again.`,
      );
    return model.folder;
  }

  /** Reads all files of a model. Empty where they are what was installed. @throws AppError model-missing, cancelled. */
  async verify(name: string, { signal, onProgress }: VerifyOptions): Promise<FileProblem[]> {
    const model = this.installed(name);
    const problems: FileProblem[] = [];
    let doneBytes = 0;
    for (const { path: name, size, sha256 } of model.files) {
      const file = path.join(model.folder, ...name.split('/'));
      const stats = fs.statSync(file, { throwIfNoEntry: false });
      const before = doneBytes;
      if (!stats) problems.push({ path: name, problem: 'missing' });
      else if (stats.size !== size) problems.push({ path: name, problem: 'size' });
      else if ((await hashFile(file, signal, (bytes) => onProgress?.(before + bytes, model.bytes))) !== sha256)
        problems.push({ path: name, problem: 'content' });
      doneBytes += size;
      onProgress?.(doneBytes, model.bytes);
    }
    return problems;
  }

  /**
   * Deletes a model, and what broken-off tries to install it left; either is enough. Never anything outside the store.
   * @returns Bytes that are free now.
   * @throws AppError model-missing.
   */
  remove(name: string): number {
    const model = this.find(name);
    const begun = isModelName(name)
      ? removePartial(this.folder, (key) => key.startsWith(`${folderNameOf(name)}@`))
      : 0;
    if (!model && begun === 0) this.installed(name);
    if (model) {
      // In one step first: a model that is half deleted must not pass for one.
      const gone = path.join(this.folder, partialName, `${path.basename(model.folder)}@removed-${process.pid}`);
      fs.mkdirSync(path.dirname(gone), { recursive: true });
      fs.renameSync(model.folder, gone);
      fs.rmSync(gone, { recursive: true, force: true });
    }
    return begun + (model?.bytes ?? 0);
  }

  /** Of all models, and of what was begun and is not whole. */
  diskBytes(): { readonly models: number; readonly partial: number } {
    const models = this.list().reduce((sum, { bytes }) => sum + bytes, 0);
    return { models, partial: partialBytes(this.folder) };
  }

  private installed(name: string): InstalledModel {
    const model = this.find(name);
    if (model) return model;
    const near = nearestName(
      name,
      this.list().map((one) => one.name),
    );
    throw new AppError(
      'model-missing',
      `No model “${name}” is installed in ${this.folder}.${near === null ? '' : ` Did you mean “${near}”?`}`,
    );
  }
}

function looksTheSame({ folder }: InstalledModel, { path: name, size, mtimeMs }: InstalledFile): boolean {
  const stats = fs.statSync(path.join(folder, ...name.split('/')), { throwIfNoEntry: false });
  return stats?.size === size && Math.trunc(stats.mtimeMs) === mtimeMs;
}
