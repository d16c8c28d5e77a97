// What is kept of a document beside its text, as columns of `documents`.
import type { DocumentPlace, DocumentSource } from '../types';
import { bytesOf, integersOf } from './blobs';
import type { Row } from './database';
import type { UriRange } from './runWriter';

/** Values of the columns reading, runs, given and parts, in this order. */
export function sourceValues({
  reading,
  runs,
  given,
  parts,
}: DocumentSource): [string, Uint8Array | null, string | null, number | null] {
  return [
    reading,
    runs.length === 0 ? null : bytesOf(Int32Array.from(runs)),
    given.length === 0 ? null : JSON.stringify(given),
    parts ?? null,
  ];
}

export function sourceOf(row: Row): DocumentSource {
  const parts = row['parts'] === null ? {} : { parts: Number(row['parts']) };
  return { reading: String(row['reading']), runs: runsOf(row), given: givenOf(row), ...parts };
}

export function runsOf(row: Row): readonly number[] {
  return row['runs'] === null ? [] : [...integersOf(row['runs'] as Uint8Array)];
}

export function givenOf(row: Row): readonly string[] {
  return row['given'] === null ? [] : (JSON.parse(String(row['given'])) as string[]);
}

/** Which document a row is of, by its columns id, uri, root, path and part; `id` ascends in the order of arrival. */
export function placeOf(row: Row): DocumentPlace & { readonly id: number } {
  return {
    id: Number(row['id']),
    uri: String(row['uri']),
    root: String(row['root']),
    path: String(row['path']),
    ...(row['part'] === null ? {} : { part: String(row['part']) }),
  };
}

/** URIs of the parts of a file: `$` is the character after `#`. */
export function partRange(file: string): UriRange {
  return { from: `${file}#`, before: `${file}$` };
}
