// Documents that have another name since nobody looked, files and parts of files: a text that was decided on under a name that is gone has its decisions under the new one.
import type { DocumentKey } from '../../core/review/decision';
import { partMoves } from '../../core/review/partMoves';
import type { DecisionStore } from './decisionStore';

/**
 * Gives a document the decisions of one that is gone and had the same text when it was decided on. Nothing where the document has
 * decisions itself. Returns the old name, null where there is none. `textHash`: sha256 (hex) of its text; `isThere` looks on the disk.
 */
export async function adoptDecisions(
  store: DecisionStore,
  document: DocumentKey,
  textHash: string,
  isThere: (document: DocumentKey) => Promise<boolean>,
): Promise<DocumentKey | null> {
  if (store.decisionsOf(document).length > 0) return null;
  for (const candidate of store.documentsOfText(textHash)) {
    if (await isThere(candidate)) continue;
    await store.moveDocuments(candidate, document);
    return candidate;
  }
  return null;
}

/** Decisions on parts of a file follow the texts of the parts. True where some did. `now`: gives texts (sha256, hex) by key, such as `row-3`. */
export async function followParts(
  store: DecisionStore,
  file: DocumentKey,
  now: () => ReadonlyMap<string, string>,
): Promise<boolean> {
  const decided = store.decidedParts(file);
  // Decisions are few: a file of many parts is not to be looked through for nothing.
  if (decided.length === 0) return false;
  const moves = partMoves(decided, now());
  if (moves.size > 0) await store.moveParts(file, moves);
  return moves.size > 0;
}
