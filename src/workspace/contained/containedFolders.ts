// The folders and files that agents may ask about: which paths of an agent lie in them, and what documents in them are called.
import fs from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/errors';
import { filePath } from '../find/nodeFileTree';
import { fileOf } from '../split/parts';
import { isIn } from './isIn';

interface Folder {
  /** Tells it from the others in paths that agents read. */
  readonly name: string;
  /** Absolute, as it was given: documents of an index are known by it. */
  readonly given: string;
  /** The same without links. */
  readonly real: string;
}

/** Longer than this a refusal does not repeat what was asked for. */
const maxEcho = 200;

export class ContainedFolders {
  private constructor(private readonly folders: readonly Folder[]) {}

  /** Throws AppError input-invalid where there is none. */
  static of(paths: readonly string[]): ContainedFolders {
    const folders = [...new Set(paths.map((one) => path.resolve(one)))].map((given) => ({
      given,
      real: realOf(given),
    }));
    const names = folders.map(({ given }) => path.basename(given));
    return new ContainedFolders(
      folders.map((folder, at) => ({
        ...folder,
        name: names.indexOf(names[at] ?? '') === at ? (names[at] ?? '') : `${names[at] ?? ''} (${at + 1})`,
      })),
    );
  }

  /**
   * The folder or file that an agent names: absolute, a file URI, or as `shown` writes it. What lies elsewhere and what is not there are
   * refused in the same words, so that nothing is told of what lies elsewhere. Throws AppError input-invalid.
   */
  async resolve(asked: string): Promise<string> {
    for (const candidate of this.candidates(asked)) if (await this.holds(candidate)) return candidate;
    const shown = asked.length > maxEcho ? `${asked.slice(0, maxEcho)}…` : asked;
    const where = this.folders.map(({ name }) => `“${name}”`).join(', ');
    throw new AppError(
      'input-invalid',
      this.folders.length === 0
        ? 'There are no folders to look in, only texts can be classified. Name folders behind “glitag mcp”, or open one in the editor.'
        : `There is no document or folder ${JSON.stringify(shown)} in ${where}. Give a path relative to it.`,
    );
  }

  /** Whether the file is there, and in a folder whatever links lead to it. */
  async holds(file: string): Promise<boolean> {
    if (this.folderOf(file) === null) return false;
    const real = await realpath(file).catch(() => null);
    return real !== null && this.folders.some((folder) => isIn(real, folder.real));
  }

  /** Whether a document of an index is one of these folders; the disk is not looked at. */
  has(uri: string): boolean {
    return uri.startsWith('file:') && this.folderOf(filePath(fileOf(uri))) !== null;
  }

  /** Tells of documents as `has`, of those in what an agent names where it names something. Throws as `resolve`. */
  async within(asked: string | undefined): Promise<(uri: string) => boolean> {
    // What `resolve` gives lies in a folder, and so do the documents in it.
    const inside = asked === undefined ? this : ContainedFolders.of([await this.resolve(asked)]);
    return (uri) => inside.has(uri);
  }

  /** Relative to its folder, with the folder's name before it where there are several; separated by `/`. */
  shown(uri: string): string {
    const file = filePath(fileOf(uri));
    const found = this.folderOf(file);
    if (!found) return path.basename(file);
    const inside = found.relative === '' ? path.basename(file) : found.relative.split(path.sep).join('/');
    return this.folders.length > 1 && found.relative !== '' ? `${found.folder.name}/${inside}` : inside;
  }

  private *candidates(asked: string): Generator<string> {
    const file = plainPath(asked);
    if (file === null) return;
    if (path.isAbsolute(file)) {
      yield path.resolve(file);
      return;
    }
    const named = file.split(/[\\/]/u);
    for (const { given, name } of this.folders) {
      yield path.resolve(given, file);
      if (named[0] === name) yield path.resolve(given, ...named.slice(1));
      // The folder may be a file.
      if (file === path.basename(given)) yield given;
    }
  }

  private folderOf(file: string): { readonly folder: Folder; readonly relative: string } | null {
    for (const folder of this.folders)
      for (const base of [folder.given, folder.real])
        if (isIn(file, base)) return { folder, relative: path.relative(base, file) };
    return null;
  }
}

/** What a path may look like at all; null for other schemes, other machines, devices, and what no file system takes. */
function plainPath(asked: string): string | null {
  if (asked === '' || asked.includes('\0')) return null;
  // Another machine (UNC), or a device.
  if (/^[\\/]{2}/u.test(asked)) return null;
  if (/^file:/iu.test(asked)) return pathOfUri(asked);
  // Another scheme; on Windows a drive is one letter, and needs a path from its top.
  if (/^[a-z][a-z\d+.-]+:/iu.test(asked)) return null;
  return process.platform === 'win32' && asked.replace(/^[a-z]:(?=[\\/])/iu, '').includes(':') ? null : asked;
}

function pathOfUri(uri: string): string | null {
  try {
    const url = new URL(uri);
    if (url.host !== '' || url.search !== '' || url.hash !== '') return null;
    const file = fileURLToPath(url);
    return file.includes('\0') || /^[\\/]{2}/u.test(file) ? null : file;
  } catch {
    return null;
  }
}

function realOf(given: string): string {
  try {
    return fs.realpathSync(given);
  } catch (error) {
    throw new AppError('input-invalid', `There is no file or folder ${given}. Check the path.`, { cause: error });
  }
}
