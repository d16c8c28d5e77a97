// Documents by a search in the language of the view's filter: one rule for Go to File by Tag and other extensions.
import { TagSearch } from '../../core/query/tagSearch';
import type { DocumentSummary } from '../../shared/viewMessages';
import { Breather } from '../../workspace/flow/breather';
import type { Results } from './results';

export interface FoundByTag {
  readonly document: DocumentSummary;
  /** Number of its best label that was asked for; null where only other things were. */
  readonly best: number | null;
}

/** Every document and part, in slices of the event loop. */
export async function allDocuments(results: Results): Promise<DocumentSummary[]> {
  const documents: DocumentSummary[] = [];
  const breather = new Breather();
  for (const summary of results.summaries()) {
    documents.push(summary);
    if (breather.due) await breather.pause();
  }
  return documents;
}

/** Those that match, best first. `labels`: names by number. */
export function findByTag(
  search: string,
  labels: readonly string[],
  documents: readonly DocumentSummary[],
): FoundByTag[] {
  const test = new TagSearch(search, labels);
  const found = documents.flatMap((document) => {
    const match = test.match(document, document.title);
    return match ? [{ document, best: match.asked?.label ?? null, score: match.asked?.score ?? 0 }] : [];
  });
  return found.sort((a, b) => b.score - a.score).map(({ document, best }) => ({ document, best }));
}
