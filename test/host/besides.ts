// Other extensions in the window of a suite: VS Code's page takes one folder in development, so these lie where installed ones do.
import fs from 'node:fs';
import path from 'node:path';

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/** Copies extensions, as they were built, into a folder of installed ones which nobody has installed anything in yet. */
export function placeExtensions(folders: readonly string[], extensionsDir: string): void {
  for (const folder of folders) {
    const manifest = fs.readFileSync(path.join(folder, 'package.json'), 'utf8');
    const { publisher, name, version } = JSON.parse(manifest) as Manifest;
    fs.cpSync(folder, path.join(extensionsDir, `${publisher}.${name}-${version}`), {
      recursive: true,
      filter: (from) => path.basename(from) !== 'node_modules',
    });
  }
}
