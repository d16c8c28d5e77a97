// Asks a model which words it sees in the documents that carry them: a sample of each word's documents, read and scored.
import { agreements, type Agreement, type JudgedDocument } from '../../core/gallery/agreement';
import type { VocabularyEntry } from '../../core/gallery/vocabulary';
import type { CancelSignal, Classifier } from '../../shared/classifier';
import type { ReadResult } from '../types';

export interface AskOptions {
  readonly threshold: number;
  readonly chunkTokens?: number;
  readonly read: (uri: string) => Promise<ReadResult>;
  readonly signal: CancelSignal;
  /** Called with documents done, of all that are asked about. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Documents of each word that are read, and of all words together: enough to tell words apart, and a minute's work. */
export const perWord = 12;
export const mostDocuments = 200;
const batch = 16;
/** Of longer documents the beginning is read. */
const maxLength = 12_000;

/**
 * For each word of `entries`, by its name, how far the model agrees with those who gave it. Documents that cannot be read, or that the
 * model refuses, are left out. Throws what Classifier.classify throws.
 */
export async function askAgreement(
  classifier: Pick<Classifier, 'classify'>,
  entries: readonly VocabularyEntry[],
  { threshold, chunkTokens, read, signal, onProgress }: AskOptions,
): Promise<Map<string, Agreement>> {
  const labels = entries.map(({ name }) => name);
  const carried = carriedBy(entries);
  const sample = sampleOf(entries);
  const judged: JudgedDocument[] = [];
  for (let at = 0; at < sample.length; at += batch) {
    const documents = [];
    for (const uri of sample.slice(at, at + batch)) {
      const result = await read(uri);
      if (result.ok) documents.push({ id: uri, text: result.text.slice(0, maxLength) });
    }
    const task = { labels, mode: 'multi-label', examples: [] } as const;
    const outcomes = await classifier.classify(documents, task, {
      signal,
      ...(chunkTokens === undefined ? {} : { chunkTokens }),
    });
    for (const outcome of outcomes) {
      if (!outcome.ok) continue;
      const given = new Set(labels.filter((_, label) => (outcome.scores[label] ?? 0) >= threshold));
      judged.push({ carries: carried.get(outcome.id) ?? new Set(), given });
    }
    onProgress(Math.min(at + batch, sample.length), sample.length);
  }
  return agreements(labels, judged);
}

function carriedBy(entries: readonly VocabularyEntry[]): Map<string, Set<string>> {
  const carried = new Map<string, Set<string>>();
  for (const { name, documents } of entries)
    for (const document of documents) carried.set(document, (carried.get(document) ?? new Set()).add(name));
  return carried;
}

/** Word by word the next document, so that rare words are not left out; evenly over the documents of each. */
function sampleOf(entries: readonly VocabularyEntry[]): string[] {
  const sample = new Set<string>();
  for (let round = 0; round < perWord; round++)
    for (const { documents } of entries) {
      if (round >= documents.length || sample.size >= mostDocuments) continue;
      const step = Math.max(1, documents.length / perWord);
      const document = documents[Math.floor(round * step)];
      if (document !== undefined) sample.add(document);
    }
  return [...sample];
}
