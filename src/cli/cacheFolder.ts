// Where the command keeps what can be made again.
import os from 'node:os';
import path from 'node:path';

/** GLiTag's own folder among the caches of the user; it need not be there. */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = os.homedir();
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'glitag', 'Cache');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'glitag');
  // The specification of XDG takes absolute paths only.
  const named = env['XDG_CACHE_HOME'];
  return path.join(named !== undefined && path.isAbsolute(named) ? named : path.join(home, '.cache'), 'glitag');
}
