// The texts of a folder of samples, in an order that does not depend on the disk.
import fs from 'node:fs';
import path from 'node:path';

export function sampleTexts(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).sort();
}
