// Whether a path that was given is a folder; links are followed.
import fs from 'node:fs';

export function isFolder(given: string): boolean {
  return fs.statSync(given, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
