// The FileTree over node:fs, for the CLI and for tests; the editor's own file tree uses its parts.
import { lstat, opendir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { EntryKind, FileStat, FileTree } from '../types';

/** Entries fetched in one go: large enough to be quick, small enough that taking them over holds nothing up. */
const directoryBuffer = 512;

export class NodeFileTree implements FileTree {
  async readDirectory(uri: string): Promise<[string, EntryKind][]> {
    return readFolder(filePath(uri));
  }

  async stat(uri: string): Promise<FileStat> {
    const stats = await lstat(filePath(uri));
    return { kind: kindOf(stats), size: stats.size, mtimeMs: stats.mtimeMs };
  }

  readFile(uri: string): Promise<Uint8Array> {
    return readFile(filePath(uri));
  }

  child(uri: string, name: string): string {
    return `${uri.endsWith('/') ? uri.slice(0, -1) : uri}/${encodeName(name)}`;
  }

  parent(uri: string): string | null {
    const here = filePath(uri);
    const above = path.dirname(here);
    return above === here ? null : fileUri(above);
  }
}

/** Entries of a folder on disk, a few hundred at a time: one of 100,000 holds up nothing. */
export async function readFolder(folder: string): Promise<[string, EntryKind][]> {
  const entries: [string, EntryKind][] = [];
  const directory = await opendir(folder, { bufferSize: directoryBuffer });
  for await (const entry of directory) entries.push([entry.name, kindOf(entry)]);
  return entries;
}

/** `file:` URI of a path; relative paths start at the working directory. */
export function fileUri(file: string): string {
  const { href } = pathToFileURL(path.resolve(file));
  // The name part must look as `child` makes it, so that a file has one URI however it was reached.
  const top = href.startsWith('file:///') ? 'file:///' : `file://${new URL(href).host}/`;
  return top + href.slice(top.length).split('/').map(decodeURIComponent).map(encodeName).join('/');
}

export function filePath(uri: string): string {
  return fileURLToPath(uri);
}

/** Everything that is not plain is escaped; `:` stays for Windows drives. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('%3A', ':');
}

export function kindOf(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}
