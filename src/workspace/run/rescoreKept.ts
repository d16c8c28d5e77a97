// Scores the documents of the index under another label set from what is kept of their texts. No file is looked at.
import type { LabelSet } from '../../core/labelSet';
import type { CancelSignal, Classifier, KeptDocument } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { taskOf } from '../../shared/task';
import { Breather } from '../flow/breather';
import { taskIdentity } from '../store/taskIdentity';
import type { TagStore } from '../store/tagStore';
import type { UnscoredDocument } from '../store/unscored';
import type { DocumentPlace, TaskIdentity } from '../types';

/** Documents scored, and written, in one turn of the event loop. */
const batchSize = 128;

export interface RescoreOptions {
  readonly set: LabelSet;
  /** `glitag.chunkTokens` */
  readonly chunkTokens: number | null;
  /** A task of the same globs: what it left out is left out under this one too. */
  readonly before?: Pick<TaskIdentity, 'hash'>;
  /** Whether the set's globs take the document. */
  readonly wanted: (place: DocumentPlace) => boolean;
  readonly signal?: CancelSignal;
  /** Called with the number of documents that were scored. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Afterwards every wanted document whose vectors are kept has scores under the set; one whose text changed since has those of its
 * text before, and is stale. Returns how many were scored. Throws AppError: what the classifier throws, `cancelled`.
 */
export async function rescoreKept(
  store: TagStore,
  classifier: Pick<Classifier, 'describe' | 'rescore'>,
  { set, chunkTokens, before, wanted, signal, onProgress }: RescoreOptions,
): Promise<number> {
  const model = await classifier.describe(signal);
  if (!model.capabilities.keepsVectors) return 0;
  const task = taskOf(set);
  const writer = store.writer(taskIdentity(set, chunkTokens), model);
  const unscored = store.unscored(writer);
  const breather = new Breather();
  const options = signal ? { signal } : {};
  let done = 0;
  for (let last = 0; ;) {
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    const rows = unscored.page(last, batchSize);
    if (rows.length === 0) break;
    last = rows.at(-1)?.id ?? last;
    const kept: UnscoredDocument[] = [];
    const documents: KeptDocument[] = [];
    for (const row of rows.filter(wanted)) {
      const vectors = row.hasResult ? null : writer.vectors(row.contentId);
      if (row.hasResult || vectors) kept.push(row);
      if (vectors) documents.push({ id: row.uri, vectors });
      if (breather.due) await breather.pause();
    }
    const outcomes = documents.length > 0 ? await classifier.rescore(documents, task, options) : [];
    const byUri = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    if (breather.due) await breather.pause();
    store.transaction(() => {
      for (const { id, uri, contentId, hasResult } of kept) {
        const outcome = byUri.get(uri);
        if (outcome?.ok) writer.keepScores(contentId, outcome);
        if (outcome?.ok || hasResult) unscored.assign({ id, uri, contentId });
      }
    });
    done += kept.length;
    onProgress?.(done);
    if (breather.due) await breather.pause();
  }
  if (before) unscored.copySkips(before);
  return done;
}
