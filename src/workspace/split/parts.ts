// What splitting a file gives: its parts, or why the rule does not fit the file.
import type { Excerpt } from '../../core/excerpt';
import type { DocumentPlace } from '../types';

/** The rule does not fit the file. Its message says why, and what to do; never words of the file. */
export class SplitRefusal extends Error {}

export type Parts = Iterable<Excerpt> | AsyncIterable<Excerpt>;

/** Keys of parts: letters, digits and hyphens, so that they stand in a URI as they are. */
export function partUri(file: string, key: string): string {
  return `${file}#${key}`;
}

/** Of a path, in which a name may have a `#` of its own: the file and the key of a part; null where it is no part's. */
export function partOfPath(path: string): { readonly file: string; readonly key: string } | null {
  const [, file, key] = /^(.+)#([a-z]+-\d+)$/u.exec(path) ?? [];
  return file === undefined || key === undefined ? null : { file, key };
}

/** URI of the file that a document is, or is a part of. */
export function fileOf(uri: string): string {
  const at = uri.indexOf('#');
  return at === -1 ? uri : uri.slice(0, at);
}

/** What a part is called whose name is not known: `row 3` for `row-3`. */
export function fragmentWords(uri: string): { readonly part?: string } {
  return isPart(uri) ? { part: uri.slice(uri.indexOf('#') + 1).replace('-', ' ') } : {};
}

/** A document as people call it: `data/a.csv: row 3`. */
export function placeName({ path, part }: Pick<DocumentPlace, 'path' | 'part'>): string {
  return part === undefined ? path : `${path}: ${part}`;
}

/** Number of the cell, from 0, where a part is one of a notebook. */
export function cellOf(uri: string): { readonly cell?: number } {
  const number = /#cell-(\d+)$/u.exec(uri)?.[1];
  return number === undefined ? {} : { cell: Number(number) - 1 };
}

export function isPart(uri: string): boolean {
  return uri.includes('#');
}
