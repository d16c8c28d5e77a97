// What is written down of an installed model, in its own folder: where it comes from, and each of its files.
import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { isModelName } from './modelNames';

/** Name of the record in a model's folder. */
export const recordName = 'glitag-install.json';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));

const file = v.object({
  /** Relative to the model's folder, with “/”. */
  path: v.pipe(v.string(), v.regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\\:]+$/u)),
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sha256,
  /** Whole milliseconds, as the file had it when it was installed. */
  mtimeMs: v.number(),
});

const source = v.variant('type', [
  v.object({
    type: v.literal('hub'),
    id: v.string(),
    /** As it was asked for. */
    revision: v.string(),
    /** What that was then. */
    commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/u)),
    host: v.string(),
  }),
  v.object({ type: v.literal('folder'), path: v.string() }),
  v.object({ type: v.literal('archive'), path: v.string() }),
]);

const record = v.object({
  version: v.literal(1),
  name: v.pipe(v.string(), v.check(isModelName)),
  source,
  /** As the model's page on the hub gives it, such as `apache-2.0`; null where it is not known. */
  license: v.nullable(v.string()),
  /** ISO 8601. */
  installedAt: v.string(),
  files: v.array(file),
});

export type InstallSource = v.InferOutput<typeof source>;
export type InstalledFile = v.InferOutput<typeof file>;
export type InstallRecord = v.InferOutput<typeof record>;

export interface InstalledModel extends InstallRecord {
  /** Absolute. */
  readonly folder: string;
  /** Of all its files. */
  readonly bytes: number;
}

/** The model in a folder of the store; null where the folder holds no record, or none that can be read. */
export function readInstalled(folder: string): InstalledModel | null {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(path.join(folder, recordName), 'utf8'));
  } catch {
    return null;
  }
  const result = v.safeParse(record, value);
  if (!result.success) return null;
  const bytes = result.output.files.reduce((sum, { size }) => sum + size, 0);
  return { ...result.output, folder, bytes };
}
