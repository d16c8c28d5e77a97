// Asks the model about texts and decides which labels are tags: the one path from a text to a TagResult.
import { createHash } from 'node:crypto';
import { decide } from '../core/decide';
import type { LabelSet } from '../core/labelSet';
import type { LabelScore, Span, TagResult } from '../core/tagResult';
import type { CancelSignal, Classifier, DocumentInput, DocumentOutcome, DocumentVectors } from '../shared/classifier';
import { documentKey, taskKey, taskOf } from '../shared/task';
import type { Config } from './config';

/** One text's scores and what they were got with, so that they can be decided again or scored against other labels. */
export interface Scored {
  readonly ok: true;
  readonly scores: readonly LabelScore[];
  readonly chunkCount: number;
  /** sha256 of taskKey: other thresholds, exclusive groups or globs leave it the same. */
  readonly taskHash: string;
  /** sha256 of documentKey: while it is the same, `vectors` can be scored against other labels. */
  readonly documentHash: string;
  readonly modelName: string;
  readonly vectors?: DocumentVectors;
}

export interface Unscored {
  readonly ok: false;
  /** Why, in words. */
  readonly message: string;
}

export interface TagOptions {
  readonly signal?: CancelSignal;
  /** Called with the number of finished texts. */
  readonly onProgress?: (done: number) => void;
}

export class Tagger {
  constructor(
    private readonly classifier: Classifier,
    private readonly config: Config,
  ) {}

  /**
   * One answer a text, in the order given; evidence spans count from the start of each text. A text's own failure is an
   * answer; what hits all is thrown (AppError, see Classifier.classify).
   */
  async score(
    documents: readonly DocumentInput[],
    set: LabelSet,
    options: TagOptions = {},
  ): Promise<(Scored | Unscored)[]> {
    const task = taskOf(set);
    const { signal, onProgress } = options;
    const description = await this.classifier.describe(signal);
    const chunkTokens = this.config.get('chunkTokens');
    const outcomes = await this.classifier.classify(documents, task, {
      priority: 'interactive',
      vectors: description.capabilities.keepsVectors,
      ...(chunkTokens === null ? {} : { chunkTokens }),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    const hashes = { taskHash: sha256(taskKey(task)), documentHash: sha256(documentKey(task, chunkTokens)) };
    return outcomes.map((outcome) => fromOutcome(outcome, set, { ...hashes, modelName: description.name }));
  }

  /** Scores under another label set from kept vectors, without the text; null where the kept ones do not allow it. */
  async rescore(kept: Scored, set: LabelSet): Promise<Scored | null> {
    const task = taskOf(set);
    const taskHash = sha256(taskKey(task));
    if (kept.taskHash === taskHash) return kept;
    const documentHash = sha256(documentKey(task, this.config.get('chunkTokens')));
    if (!kept.vectors || kept.documentHash !== documentHash) return null;
    const [outcome] = await this.classifier.rescore([{ id: 'kept', vectors: kept.vectors }], task);
    if (!outcome?.ok) return null;
    const scored = fromOutcome(outcome, set, { taskHash, documentHash, modelName: kept.modelName });
    return scored.ok ? { ...scored, chunkCount: kept.chunkCount, vectors: kept.vectors } : null;
  }

  /** What the labels score in each chunk by itself; empty without kept vectors. Spans count from the start of the text. */
  async sections(kept: Scored, set: LabelSet): Promise<(Span & { readonly tags: readonly LabelScore[] })[]> {
    const { vectors } = kept;
    if (!vectors) return [];
    const count = vectors.spans.length / 2;
    const size = vectors.values.length / count;
    const chunks = Array.from({ length: count }, (_, at) => ({
      id: String(at),
      vectors: {
        values: vectors.values.slice(at * size, (at + 1) * size),
        spans: vectors.spans.slice(2 * at, 2 * at + 2),
      },
    }));
    const outcomes = await this.classifier.rescore(chunks, taskOf(set));
    return outcomes.flatMap((outcome, at) => {
      const scored = fromOutcome(outcome, set, kept);
      if (!scored.ok) return [];
      return {
        start: vectors.spans[2 * at] ?? 0,
        end: vectors.spans[2 * at + 1] ?? 0,
        tags: decideScored(scored, set).tags,
      };
    });
  }
}

/** The tags among the scores, under the set's thresholds of now. */
export function decideScored(scored: Pick<Scored, 'scores'>, set: LabelSet): TagResult {
  return decide(scored.scores, set);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function fromOutcome(
  outcome: DocumentOutcome,
  set: LabelSet,
  key: Pick<Scored, 'taskHash' | 'documentHash' | 'modelName'>,
): Scored | Unscored {
  if (!outcome.ok) return { ok: false, message: outcome.message };
  const scores = set.labels.map((label, index) => ({
    label: label.name,
    score: outcome.scores[index] ?? Number.NaN,
    start: outcome.evidence[2 * index] ?? 0,
    end: outcome.evidence[2 * index + 1] ?? 0,
  }));
  const { chunkCount, vectors } = outcome;
  return { ok: true, scores, chunkCount, ...key, ...(vectors ? { vectors } : {}) };
}
