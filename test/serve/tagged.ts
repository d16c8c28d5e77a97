// What `glitag tag` says of a folder, by whichever classifier, and whether two of them say the same.
import { expect } from 'vitest';
import type { CliResult } from '../cli/runCli';

export interface Report {
  readonly documents: readonly {
    readonly path: string;
    readonly tags: readonly { readonly label: string; readonly start: number; readonly end: number }[];
    readonly scores: Readonly<Record<string, number>>;
  }[];
  readonly stats: { readonly classified: number; readonly reused: number };
}

/** Of a run that told no problem. */
export function reportOf({ code, stdout, stderr }: CliResult): Report {
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Report;
}

/** The same documents with the same tags at the same places; each score within 1e-4. */
export function expectSame({ documents: mine }: Report, { documents: theirs }: Report): void {
  expect(theirs.map(({ path }) => path)).toEqual(mine.map(({ path }) => path));
  for (const [index, document] of mine.entries()) {
    const other = theirs[index]!;
    for (const [label, score] of Object.entries(document.scores))
      expect(Math.abs(score - other.scores[label]!)).toBeLessThan(1e-4);
    const places = ({ tags }: Report['documents'][number]) =>
      tags.map(({ label, start, end }) => `${label} ${start} ${end}`).sort();
    expect(places(other)).toEqual(places(document));
  }
}
