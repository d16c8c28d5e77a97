// `~` in paths of settings, which no shell has expanded.
import * as os from 'node:os';
import * as path from 'node:path';

export function expandHome(file: string): string {
  return file === '~' || /^~[\\/]/.test(file) ? path.join(os.homedir(), file.slice(1)) : file;
}
