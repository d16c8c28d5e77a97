// Where the repository and the cache of test programs are.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Root of the repository: the nearest folder above the working directory that holds GLiTag's manifest. */
export function repositoryRoot(from = process.cwd()): string {
  const manifest = path.join(from, 'package.json');
  if (fs.existsSync(manifest)) {
    const { name } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { name?: string };
    if (name === 'glitag') return from;
  }
  const parent = path.dirname(from);
  if (parent === from) throw new Error('Run the tests from inside the GLiTag repository.');
  return repositoryRoot(parent);
}

/** Folder for what tests download: $GLITAG_TEST_CACHE, or ~/.cache/glitag-vscode. */
export function cacheFolder(env = process.env): string {
  return env['GLITAG_TEST_CACHE'] ?? path.join(os.homedir(), '.cache/glitag-vscode');
}

/** The pinned Node of this checkout. VS Code's server runs on it: Node 20 cannot. */
export function pinnedNode(): string {
  return path.join(repositoryRoot(), 'node_modules/node/bin/node');
}

/** A new empty folder in the system's temporary folder. */
export function temporaryFolder(purpose: string): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), `glitag-${purpose}-`));
}
