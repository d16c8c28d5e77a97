// Copies of small real models that a test may damage.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export const root = path.resolve(import.meta.dirname, '../../..');
export const embeddedModel = path.join(root, 'models/glitag-small-en');

export function goldenModel(name: string): string {
  return path.join(root, 'test/golden/models', name);
}

const made: string[] = [];

afterAll(() => {
  for (const folder of made) fs.rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-model-')));
  made.push(folder);
  return folder;
}

/** A copy of a golden model's own files. */
export function copyModel(name: string): string {
  const folder = path.join(newFolder(), name);
  fs.cpSync(goldenModel(name), folder, { recursive: true, filter: (file) => path.basename(file) !== 'golden.json' });
  return folder;
}

/** Changes keys of a JSON file; undefined removes one. */
export function editJson(file: string, changes: Readonly<Record<string, unknown>>): void {
  const value = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  fs.writeFileSync(file, JSON.stringify({ ...value, ...changes }));
}
