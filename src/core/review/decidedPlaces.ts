// Decisions by the place that they are about.
import type { DecidedPlace, Decision, DocumentKey } from './decision';

export type Some<T> = readonly [T, ...T[]];

/** All decisions of each place, in the order in which the places come: `decisions` must hold those of a place in full. */
export function byPlace(decisions: Iterable<Decision>): Some<Decision>[] {
  const places = new Map<string, [Decision, ...Decision[]]>();
  for (const decision of decisions) {
    const others = places.get(placeName(decision));
    if (others) others.push(decision);
    else places.set(placeName(decision), [decision]);
  }
  return [...places.values()];
}

/** Text that is equal for equal places and for no others. */
export function placeName({ root, path, passage }: DecidedPlace): string {
  return JSON.stringify([root, path, passage && [passage.exact, passage.prefix, passage.suffix]]);
}

/**
 * Names what a decided text is a part of: rows of one document are right or wrong together. Each imported text is one by itself,
 * though all of a file are kept as passages of one document.
 */
export function documentName(place: DecidedPlace): string {
  return isImported(place) ? placeName(place) : placeName({ ...place, passage: null });
}

/** A text that came from another program: there is no document of it. */
export function isImported({ path }: DecidedPlace): boolean {
  return path.startsWith('import:');
}

/** The document as people read it. */
export function placeText({ root, path }: DocumentKey): string {
  return root === '' ? path : `${root}/${path}`;
}
