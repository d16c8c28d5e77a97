// Which parts of which documents are worth reading again for a question: told by the vectors that are kept of them. No file is looked at.
import { addToList } from '../../core/addToList';
import { chunkVectors } from '../../shared/chunkVectors';
import type { CancelSignal, Classifier, KeptDocument } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { ScoredPart } from '../../shared/passages/rankPassages';
import { questionTask } from '../../shared/passages/rankTexts';
import type { TagStore } from '../store/tagStore';
import type { KeptPlace } from '../store/keptVectors';
import type { DocumentPlace, TaskIdentity } from '../types';

/** Of one document so many chunks at most: one that is all about the question leaves room for others. */
const chunksOfDocument = 3;

export interface Candidate {
  readonly place: DocumentPlace;
  /** Its best chunks; null where nothing is kept of it, so that all of it would have to be read. */
  readonly best: {
    /** Best first. */
    readonly chunks: readonly ScoredPart[];
    /** sha256 (hex) of the text in which they count. */
    readonly textHash: string;
  } | null;
}

export interface ChooseOptions {
  readonly store: Pick<TagStore, 'keptPlaces'>;
  /** Whose vectors choose. */
  readonly chooser: Pick<Classifier, 'describe' | 'rescore'>;
  /** Under whose prompt and chunk length vectors are kept. */
  readonly task: Pick<TaskIdentity, 'documentHash'>;
  readonly wanted: (place: DocumentPlace) => boolean;
  /** Chunks at most. */
  readonly limit: number;
  readonly signal?: CancelSignal;
}

export interface Candidates {
  /** Those with chunks first, best first; behind them those of which nothing is kept, at most `limit` of these. */
  readonly candidates: readonly Candidate[];
  /** Documents that were wanted. */
  readonly documents: number;
  /** Documents of which nothing is kept and that are no candidates either. */
  readonly leftOut: number;
}

interface ScoredChunk extends Required<ScoredPart> {
  readonly document: KeptPlace;
}

/** Throws AppError what `describe` and `rescore` throw, `cancelled`. */
export async function chooseCandidates(question: string, options: ChooseOptions): Promise<Candidates> {
  const { store, chooser, task, wanted, limit, signal } = options;
  const model = await chooser.describe(signal);
  const asked = questionTask(question);
  const best = new BestChunks(limit);
  const unknown: DocumentPlace[] = [];
  let [documents, leftOut] = [0, 0];
  for await (const batch of store.keptPlaces(task, model.hash)) {
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    const places = batch.filter(wanted);
    documents += places.length;
    for (const place of places) {
      if (model.capabilities.keepsVectors && place.kept) continue;
      if (unknown.length < limit) unknown.push(place);
      else leftOut++;
    }
    if (!model.capabilities.keepsVectors) continue;
    const chunks = places.flatMap(chunksOf);
    const outcomes = await chooser.rescore(chunks, asked, { priority: 'interactive', ...(signal ? { signal } : {}) });
    for (const [at, outcome] of outcomes.entries()) {
      const chunk = chunks[at];
      if (!outcome.ok || !chunk) continue;
      const [start = 0, end = 0] = chunk.vectors.spans;
      best.add({ start, end, score: outcome.scores[0] ?? 0, document: chunk.document });
    }
  }
  return { candidates: [...best.byDocument(), ...unknown.map((place) => ({ place, best: null }))], documents, leftOut };
}

function chunksOf(document: KeptPlace): (KeptDocument & { readonly document: KeptPlace })[] {
  if (!document.kept) return [];
  return chunkVectors(document.kept.vectors).map((vectors, at) => ({ id: `${document.uri} ${at}`, vectors, document }));
}

/** The best chunks so far; few are held however many come. */
class BestChunks {
  private chunks: ScoredChunk[] = [];

  constructor(private readonly limit: number) {}

  add(chunk: ScoredChunk): void {
    this.chunks.push(chunk);
    if (this.chunks.length >= 4 * this.limit + 64) this.trim();
  }

  byDocument(): Candidate[] {
    this.trim();
    const found = new Map<KeptPlace, ScoredPart[]>();
    for (const { document, ...chunk } of this.chunks) addToList(found, document, chunk);
    return [...found].map(([{ uri, root, path, part, kept }, chunks]) => ({
      place: { uri, root, path, ...(part === undefined ? {} : { part }) },
      best: { chunks, textHash: kept?.textHash ?? '' },
    }));
  }

  private trim(): void {
    const counts = new Map<KeptPlace, number>();
    this.chunks.sort((a, b) => b.score - a.score);
    this.chunks = this.chunks
      .filter(({ document }) => {
        const count = (counts.get(document) ?? 0) + 1;
        counts.set(document, count);
        return count <= chunksOfDocument;
      })
      .slice(0, this.limit);
  }
}
