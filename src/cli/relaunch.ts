// Starts the CLI again under a newer Node where the one at hand is too old for node:sqlite.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** First Node whose `node:sqlite` needs no flag. */
const minimumNode = [22, 13] as const;

export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1]);
}

/** The Node that a checkout pins as a dev dependency (npm package `node`), if there is one beside `folder`. */
function pinnedNode(folder: string): string | null {
  const binary = path.join(
    folder,
    '..',
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return fs.existsSync(binary) ? binary : null;
}

/**
 * Runs the same command line under the pinned Node and returns its exit code; null where this process can go on itself.
 * Without a newer Node at hand it says so and returns 2.
 */
export function relaunchIfTooOld(scriptFile: string): number | null {
  if (!isTooOld(process.versions.node)) return null;
  const node = pinnedNode(path.dirname(scriptFile));
  if (!node) {
    process.stderr.write(
      `glitag needs Node ${minimumNode.join('.')} or newer; this is ${process.versions.node}. Install a newer Node and try again.\n`,
    );
    return 2;
  }
  const child = spawnSync(node, [scriptFile, ...process.argv.slice(2)], { stdio: 'inherit' });
  return child.status ?? 1;
}
