// What `glitag tag` says of a folder, by whichever classifier, and whether two of them say the same.
import { expect } from 'vitest';
import type { CliResult } from '../cli/runCli';

interface TaggedDocument {
  readonly path: string;
  readonly tags: readonly { readonly label: string; readonly start: number; readonly end: number }[];
  readonly scores: Readonly<Record<string, number>>;
}

export interface Report {
  readonly documents: readonly TaggedDocument[];
  readonly stats: { readonly classified: number; readonly reused: number };
}

/** Of tags whose passage may be another. */
const mostElsewhere = 0.01;

/** Of a run that told no problem. */
export function reportOf({ code, stdout, stderr }: CliResult): Report {
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Report;
}

/**
 * The same documents with the same tags; each score within 1e-4. Passages are the same but for a few: where two chunks of a text have one
 * score, rounding says which is the best, and the server rounds by whichever texts share a batch.
 */
export function expectSame({ documents: mine }: Report, { documents: theirs }: Report): void {
  expect(theirs.map(({ path }) => path)).toEqual(mine.map(({ path }) => path));
  const [tags, elsewhere] = [mine.flatMap(labelsOf), [] as string[]];
  for (const [index, document] of mine.entries()) {
    const other = theirs[index]!;
    for (const [label, score] of Object.entries(document.scores))
      expect(Math.abs(score - other.scores[label]!)).toBeLessThan(1e-4);
    expect(labelsOf(other)).toEqual(labelsOf(document));
    const places = placesOf(other);
    elsewhere.push(...placesOf(document).filter((place) => !places.includes(place)));
  }
  expect(elsewhere.length, elsewhere.join(', ')).toBeLessThanOrEqual(mostElsewhere * tags.length);
}

function labelsOf({ tags }: TaggedDocument): string[] {
  return tags.map(({ label }) => label).sort();
}

function placesOf({ path, tags }: TaggedDocument): string[] {
  return tags.map(({ label, start, end }) => `${path} ${label} ${start} ${end}`);
}
