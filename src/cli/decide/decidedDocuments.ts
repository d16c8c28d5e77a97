// The decisions that count for `glitag tag`, by file.
import fs from 'node:fs';
import { byPlace, placeName, type Some } from '../../core/review/decidedPlaces';
import { countsFor } from '../../core/review/decision';
import type { Decision, DocumentKey } from '../../core/review/decision';
import { filePath } from '../../workspace/find/nodeFileTree';
import { fileOf, isPart, partOfPath } from '../../workspace/split/parts';
import { fileKey, keyFile } from './decidedFiles';
import { withDecisions } from './decisionsHome';

export class DecidedDocuments {
  private readonly byDocument: ReadonlyMap<string, Some<Decision>>;
  private found: ReadonlyMap<string, readonly Decision[]> | null = null;

  /** `decisions`: on documents as a whole. */
  constructor(decisions: readonly Decision[]) {
    this.byDocument = new Map(byPlace(decisions).map((own) => [placeName(own[0]), own]));
  }

  /**
   * Decisions on a document (`uri`: a file's, or that of a part of one) as a whole; those on passages say nothing of it. A file
   * without any that has just the text (sha256, hex) of one that was decided on and is gone is that one under another name.
   */
  of(uri: string, textHash: string): readonly Decision[] {
    const own = this.byDocument.get(placeName({ ...documentKey(uri), passage: null }));
    if (own) return own.filter((one) => countsFor(one, { isPart: isPart(uri), texts: [textHash] }));
    return this.gone.get(textHash) ?? [];
  }

  /** By text, those of files that are gone. */
  private get gone(): ReadonlyMap<string, readonly Decision[]> {
    this.found ??= new Map(
      [...this.byDocument.values()].flatMap((decisions) => {
        const [first] = decisions;
        const file = keyFile(first);
        // A name may have a # of its own.
        return file !== null && ![file, partOfPath(file)?.file ?? file].some((one) => fs.existsSync(one))
          ? [[first.textHash, decisions] as const]
          : [];
      }),
    );
    return this.found;
  }

  /** The decisions on each document; the one that was decided on last comes first. */
  latestFirst(): (readonly Decision[])[] {
    const latest = (decisions: readonly Decision[]): number => Math.max(...decisions.map(({ decidedMs }) => decidedMs));
    return [...this.byDocument.values()].sort((a, b) => latest(b) - latest(a));
  }
}

/** All decisions under a set. Throws AppError. */
export async function readDecided(file: string, set: string): Promise<DecidedDocuments> {
  return withDecisions(file, undefined, async ({ store }) => {
    const decisions: Decision[] = [];
    for await (const page of store.decisions(set))
      for (const decision of page) if (decision.passage === null) decisions.push(decision);
    return new DecidedDocuments(decisions);
  });
}

/** The key of a file, or of a part of one, by its URI. */
export function documentKey(uri: string): DocumentKey {
  const file = fileOf(uri);
  const { root, path } = fileKey(filePath(file));
  return { root, path: path + uri.slice(file.length) };
}
