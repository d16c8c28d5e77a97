// A folder of real files for one test, gone when the test is over.
import { mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { fileUri } from '../../../src/workspace/find/nodeFileTree';

export class TempFolder {
  private writes = 0;

  private constructor(readonly path: string) {}

  static async create(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TempFolder> {
    const folder = new TempFolder(await realpath(await mkdtemp(path.join(tmpdir(), 'glitag-test-'))));
    onTestFinished(() => rm(folder.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    for (const [name, content] of Object.entries(files)) await folder.write(name, content);
    return folder;
  }

  get uri(): string {
    return fileUri(this.path);
  }

  at(name: string): string {
    return path.join(this.path, name);
  }

  uriOf(name: string): string {
    return fileUri(this.at(name));
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await mkdir(path.dirname(this.at(name)), { recursive: true });
    await writeFile(this.at(name), content);
    // Each write at its own time, long ago: times of just now are not trusted.
    await utimes(this.at(name), 1_600_000_000, 1_600_000_000.001 + 0.01 * this.writes++);
  }

  async link(name: string, target: string): Promise<void> {
    await symlink(target, this.at(name));
  }
}
