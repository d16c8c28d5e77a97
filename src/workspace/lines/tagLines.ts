// Tags a stream of documents in its order: a few batches are in memory, however long the stream is, and whoever reads slowly holds it back.
import type { LabelSet } from '../../core/labelSet';
import type { CancelSignal, Classifier, DocumentOutcome } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { taskOf } from '../../shared/task';
import { skipSentence } from '../find/skipReasons';
import { mapOrdered } from '../flow/mapOrdered';
import { sha256 } from '../read/sha256';
import { BatchClassifier } from '../run/batchClassifier';
import { batchesUnderWay } from '../run/batchSize';
import { taskIdentity } from '../store/taskIdentity';
import type { TagStore } from '../store/tagStore';
import type { TextScores } from '../store/texts';
import { inBatches } from './inBatches';
import { KeptTexts } from './keptTexts';
import type { BadLine, LineDocument, LineEntry } from './lineDocuments';

export interface TagLinesOptions {
  readonly set: LabelSet;
  readonly classifier: Classifier;
  readonly chunkTokens: number;
  /** Where results are kept by text; null: nowhere. */
  readonly store: TagStore | null;
  readonly signal: CancelSignal;
}

/** How the scores of a line came about (see RunStats). */
export type ScoreOrigin = 'classified' | 'reused' | 'relabelled';

export interface ScoredLine extends LineDocument {
  readonly scores: TextScores;
  readonly origin: ScoreOrigin;
}

export type TaggedLine = ScoredLine | BadLine;

/**
 * One result an entry, in order; a document that the model refuses is a BadLine. Equal texts of a batch are read once. Throws AppError
 * when nothing can be classified at all (see WorkspaceRun), and `cancelled`.
 */
export async function* tagLines(
  entries: AsyncIterable<LineEntry>,
  options: TagLinesOptions,
): AsyncGenerator<readonly TaggedLine[], void, undefined> {
  const { set, classifier, chunkTokens, store, signal } = options;
  const model = await classifier.describe(signal);
  const { keepsVectors } = model.capabilities;
  const writer = store?.writer(taskIdentity(set, chunkTokens), model);
  const kept = store && writer ? new KeptTexts(store, writer, keepsVectors) : null;
  const task = taskOf(set);
  const batches = new BatchClassifier(classifier, task, {
    signal,
    chunkTokens,
    vectors: keepsVectors && kept !== null,
  });
  const tagger = new BatchTagger(kept, {
    classify: (documents) => batches.classify(documents),
    rescore: (documents) => classifier.rescore(documents, task, { signal }),
  });
  try {
    for await (const tagged of mapOrdered(
      inBatches(entries, (entry) => ('json' in entry ? entry.json.length : 0)),
      batchesUnderWay,
      (batch) => tagger.tag(batch),
    )) {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      yield tagged;
    }
  } finally {
    await kept?.settled();
  }
}

interface Asked {
  readonly classify: (documents: readonly { id: string; text: string }[]) => Promise<DocumentOutcome[]>;
  readonly rescore: (documents: Parameters<Classifier['rescore']>[0]) => Promise<DocumentOutcome[]>;
}

/** What came out for a text; `origin` is that of the first line that has it. */
type Found = { readonly scores: TextScores; readonly origin: ScoreOrigin } | { readonly reason: string };

class BatchTagger {
  constructor(
    private readonly kept: KeptTexts | null,
    private readonly asked: Asked,
  ) {}

  async tag(batch: readonly LineEntry[]): Promise<TaggedLine[]> {
    const hashes = batch.map((entry) => ('text' in entry ? sha256(entry.text) : ''));
    const texts = new Map(batch.flatMap((entry, at) => ('text' in entry ? [[hashes[at] ?? '', entry.text]] : [])));
    const found = await this.find(texts);
    const met = new Set<string>();
    return batch.map((entry, at): TaggedLine => {
      if ('reason' in entry) return entry;
      const hash = hashes[at] ?? '';
      const one = found.get(hash);
      if (!one || 'reason' in one) return { line: entry.line, reason: one?.reason ?? refused('no result came') };
      const isCopy = met.has(hash);
      met.add(hash);
      return { ...entry, scores: one.scores, origin: isCopy ? 'reused' : one.origin };
    });
  }

  /** By the texts' hashes. */
  private async find(texts: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Found>> {
    const found = new Map<string, Found>();
    const vectors: Parameters<Asked['rescore']>[0][number][] = [];
    for (const hash of texts.keys()) {
      const kept = this.kept?.find(hash);
      if (kept?.type === 'scores') found.set(hash, { scores: kept, origin: 'reused' });
      else if (kept?.type === 'refused') found.set(hash, { reason: refused(kept.message) });
      else if (kept) vectors.push({ id: hash, vectors: kept.vectors });
    }
    const known = [...found.keys()];
    const outcomes = new Map<string, DocumentOutcome>();
    const take = (origin: ScoreOrigin, given: readonly DocumentOutcome[]) => {
      for (const outcome of given) {
        // Vectors that are of no use: the text is read.
        if (!outcome.ok && origin === 'relabelled') continue;
        outcomes.set(outcome.id, outcome);
        found.set(outcome.id, outcome.ok ? { scores: outcome, origin } : { reason: refused(outcome.message) });
      }
    };
    if (vectors.length > 0) take('relabelled', await this.asked.rescore(vectors));
    const unread = [...texts].filter(([hash]) => !found.has(hash)).map(([id, text]) => ({ id, text }));
    if (unread.length > 0) take('classified', await this.asked.classify(unread));
    this.kept?.keep(outcomes, known);
    return found;
  }
}

function refused(message: string): string {
  return skipSentence({ reason: 'failed', detail: message });
}
