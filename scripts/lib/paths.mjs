// Where things are in this repository; all scripts take their paths from here.
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Path inside the repository. */
export const inRepo = (...parts) => path.join(root, ...parts);

/** The pinned Node that runs everything after installation, whatever Node started the script. */
export const pinnedNode = inRepo('node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
