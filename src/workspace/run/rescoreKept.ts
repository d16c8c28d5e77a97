// Scores the documents of the index under another label set from what is kept of their texts. No file is looked at.
import type { LabelSet } from '../../core/labelSet';
import type { CancelSignal, Classifier, DocumentVectors } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { taskOf } from '../../shared/task';
import { Breather } from '../flow/breather';
import { mapOrdered } from '../flow/mapOrdered';
import { taskIdentity } from '../store/taskIdentity';
import type { RunWriter } from '../store/runWriter';
import type { TagStore } from '../store/tagStore';
import type { Unscored, UnscoredDocument } from '../store/unscored';
import type { DocumentPlace, TaskIdentity } from '../types';

/** Documents of one call: no model runs, only products of vectors. Each call carries all examples, so few documents cost as much as many. */
const batchSize = 512;
/** Calls under way at once: while the model scores one batch, the next is read and the one before is written. */
const callsAhead = 2;
/** Documents read, and written, in one turn of the event loop. */
const turnSize = 128;

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
  for await (const { kept, byUri } of mapOrdered(batches(unscored, writer, wanted), callsAhead, score)) {
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    for (let from = 0; from < kept.length; from += turnSize) {
      const some = kept.slice(from, from + turnSize);
      store.transaction(() => {
        for (const { id, uri, contentId, hasResult } of some) {
          const outcome = byUri.get(uri);
          if (outcome?.ok) writer.keepScores(contentId, outcome);
          if (outcome?.ok || hasResult) unscored.assign({ id, contentId });
        }
      });
      if (breather.due) await breather.pause();
    }
    done += kept.length;
    onProgress?.(done);
  }
  if (before) unscored.copySkips(before);
  return done;

  async function score(kept: readonly KeptDocument[]) {
    const documents = kept.flatMap(({ uri, vectors }) => (vectors ? [{ id: uri, vectors }] : []));
    const outcomes = documents.length > 0 ? await classifier.rescore(documents, task, options) : [];
    return { kept, byUri: new Map(outcomes.map((outcome) => [outcome.id, outcome])) };
  }
}

/** `vectors` null: its scores are kept. */
interface KeptDocument extends UnscoredDocument {
  readonly vectors: DocumentVectors | null;
}

/** Wanted documents with what is kept of them, as many as one call takes. */
async function* batches(
  unscored: Unscored,
  writer: RunWriter,
  wanted: (place: DocumentPlace) => boolean,
): AsyncGenerator<readonly KeptDocument[], void, undefined> {
  const breather = new Breather();
  let batch: KeptDocument[] = [];
  for (let last = 0; ;) {
    const rows = unscored.page(last, turnSize);
    if (rows.length === 0) break;
    last = rows.at(-1)?.id ?? last;
    for (const row of rows.filter(wanted)) {
      const vectors = row.hasResult ? null : writer.vectors(row.contentId);
      if (row.hasResult || vectors) batch.push({ ...row, vectors });
    }
    if (batch.length >= batchSize) {
      yield batch;
      batch = [];
    }
    if (breather.due) await breather.pause();
  }
  if (batch.length > 0) yield batch;
}
