// What is kept of a document beside its text, as columns of `documents`.
import type { DocumentSource } from '../types';
import { bytesOf, integersOf } from './blobs';
import type { Row } from './database';

/** Values of `reading`, `runs` and `given`, in this order. */
export function sourceValues({ reading, runs, given }: DocumentSource): [string, Uint8Array | null, string | null] {
  return [
    reading,
    runs.length === 0 ? null : bytesOf(Int32Array.from(runs)),
    given.length === 0 ? null : JSON.stringify(given),
  ];
}

export function sourceOf(row: Row): DocumentSource {
  return { reading: String(row['reading']), runs: runsOf(row), given: givenOf(row) };
}

export function runsOf(row: Row): readonly number[] {
  return row['runs'] === null ? [] : [...integersOf(row['runs'] as Uint8Array)];
}

export function givenOf(row: Row): readonly string[] {
  return row['given'] === null ? [] : (JSON.parse(String(row['given'])) as string[]);
}
