// Whether a path lies in a folder, or is it, by the paths alone: links are not looked at.
import path from 'node:path';

export function isIn(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative));
}
