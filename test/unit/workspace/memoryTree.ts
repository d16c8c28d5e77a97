// A FileTree in memory: many files without waiting for a disk. Counts what is asked of it.
import type { EntryKind, FileStat, FileTree } from '../../../src/workspace/types';

export class MemoryTree implements FileTree {
  reads = 0;
  private readonly folders = new Map<string, Map<string, EntryKind>>([['mem:', new Map()]]);
  private readonly files = new Map<string, { text: string; mtimeMs: number }>();

  write(path: string, text: string, mtimeMs = 1_000.5): void {
    const names = path.split('/');
    let folder = 'mem:';
    for (const [index, name] of names.entries()) {
      const kind = index === names.length - 1 ? 'file' : 'directory';
      this.folders.get(folder)?.set(name, kind);
      folder = this.child(folder, name);
      if (kind === 'directory' && !this.folders.has(folder)) this.folders.set(folder, new Map());
    }
    this.files.set(folder, { text, mtimeMs });
  }

  async readDirectory(uri: string): Promise<(readonly [string, EntryKind])[]> {
    await turn();
    const entries = this.folders.get(uri);
    if (!entries) throw new Error('ENOTDIR');
    return [...entries];
  }

  async stat(uri: string): Promise<FileStat> {
    await turn();
    const file = this.files.get(uri);
    if (!file) throw new Error('ENOENT');
    return { kind: 'file', size: Buffer.byteLength(file.text), mtimeMs: file.mtimeMs };
  }

  async readFile(uri: string): Promise<Uint8Array> {
    await turn();
    this.reads++;
    const file = this.files.get(uri);
    if (!file) throw new Error('ENOENT');
    return Buffer.from(file.text);
  }

  child(uri: string, name: string): string {
    return `${uri}/${name}`;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
