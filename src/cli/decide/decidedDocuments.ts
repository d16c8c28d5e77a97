// The decisions that count for `glitag tag`, by file.
import fs from 'node:fs';
import type { LabelSet } from '../../core/labelSet';
import { byPlace, placeName, placeText, type Some } from '../../core/review/decidedPlaces';
import { countsFor } from '../../core/review/decision';
import type { Decision, DocumentKey } from '../../core/review/decision';
import { effectiveTags, type EffectiveTags } from '../../core/review/effectiveTags';
import type { TagResult } from '../../core/tagResult';
import { filePath } from '../../workspace/find/nodeFileTree';
import { fileOf, isPart, partOfPath } from '../../workspace/split/parts';
import { fileKey, keyFile } from './decidedFiles';
import { workingDirectory, type DecidedFolders } from './decidedFolders';
import { readDecisions } from './decisionsHome';

export class DecidedDocuments {
  private readonly byDocument: ReadonlyMap<string, Some<Decision>>;
  private found: ReadonlyMap<string, readonly Decision[]> | null = null;

  /** `decisions`: on documents as a whole; `folders`: what their paths are relative to. */
  constructor(
    decisions: readonly Decision[],
    private readonly folders: DecidedFolders = workingDirectory,
  ) {
    // A folder of a workspace of several lies where the others do, unless it is said where.
    const placed = decisions.map((one) => (folders.has(one.root) ? one : { ...one, root: '', path: placeText(one) }));
    this.byDocument = new Map(byPlace(placed).map((own) => [placeName(own[0]), own]));
  }

  /**
   * Decisions on a document (`uri`: a file's, or that of a part of one) as a whole; those on passages say nothing of it. A file
   * without any that has just the text of one that was decided on and is gone is that one under another name. `textHash`: sha256,
   * hex; asked for where it counts.
   */
  of(uri: string, textHash: () => string): readonly Decision[] {
    if (this.byDocument.size === 0) return [];
    const own = this.byDocument.get(placeName({ ...documentKey(uri, this.folders), passage: null }));
    if (own) {
      const texts = [textHash()];
      return own.filter((one) => countsFor(one, { isPart: isPart(uri), texts }));
    }
    return this.gone.size === 0 ? [] : (this.gone.get(textHash()) ?? []);
  }

  /** The tags of a document (`result`: the model's) after what was decided on it; `textHash` as for `of`. */
  effective(uri: string, result: TagResult, set: LabelSet, textHash: () => string): EffectiveTags {
    const decided = this.of(uri, textHash);
    return effectiveTags(result, decided, set, decided.length === 0 ? {} : { textHash: textHash() });
  }

  /** By text, those of files that are gone. */
  private get gone(): ReadonlyMap<string, readonly Decision[]> {
    this.found ??= new Map(
      [...this.byDocument.values()].flatMap((decisions) => {
        const [first] = decisions;
        const file = keyFile(first, this.folders);
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

/** All decisions under a set; `folders`: what their paths are relative to. Throws AppError. */
export async function readDecided(file: string, set: string, folders?: DecidedFolders): Promise<DecidedDocuments> {
  const decisions = await readDecisions(file, set);
  return new DecidedDocuments(
    decisions.filter(({ passage }) => passage === null),
    folders,
  );
}

/** As `readDecided`, for commands to which a file that is not there yet would look like one without decisions: that is said. */
export async function readGivenDecisions(file: string, set: string): Promise<DecidedDocuments> {
  if (!fs.existsSync(file)) process.stderr.write(`glitag: There is no file ${file} yet: nothing counts as decided.\n`);
  return readDecided(file, set);
}

/** The key of a file, or of a part of one, by its URI. */
export function documentKey(uri: string, folders?: DecidedFolders): DocumentKey {
  const file = fileOf(uri);
  const { root, path } = fileKey(filePath(file), folders);
  return { root, path: path + uri.slice(file.length) };
}
