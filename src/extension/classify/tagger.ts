// Asks the model about texts and decides which labels are tags: the one path from a text to a TagResult.
import { decide } from '../../core/decide';
import type { LabelSet } from '../../core/labelSet';
import type { LabelScore, Span, TagResult } from '../../core/tagResult';
import type {
  CancelSignal,
  Classifier,
  DocumentInput,
  DocumentOutcome,
  DocumentScores,
  DocumentVectors,
} from '../../shared/classifier';
import { chunkVectors } from '../../shared/chunkVectors';
import { documentKey, taskKey, taskOf } from '../../shared/task';
import { sha256 } from '../../workspace/read/sha256';

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
  /** Vectors of one model mean nothing to another. */
  readonly modelHash: string;
  readonly vectors?: DocumentVectors;
}

/** A part of a text with its own tags. */
export interface TaggedSpan extends Span {
  readonly tags: readonly LabelScore[];
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

/** What texts are to be asked of under a set. Throws AppError. */
export interface ClassifierOf {
  of(set: LabelSet, signal?: CancelSignal): Promise<Pick<Classifier, 'describe' | 'classify'>>;
}

/** What scores vectors under a set, by the name of its model. Throws AppError. */
export interface RescorerOf {
  of(model: string | undefined): Pick<Classifier, 'describe' | 'rescore'>;
}

export class Tagger {
  /** @param models Score what is kept of texts. */
  constructor(
    private readonly taught: ClassifierOf,
    private readonly models: RescorerOf,
    /** `glitag.chunkTokens` as it is now. */
    private readonly chunkTokens: () => number | null,
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
    const classifier = await this.taught.of(set, signal);
    const description = await classifier.describe(signal);
    const chunkTokens = this.chunkTokens();
    const outcomes = await classifier.classify(documents, task, {
      priority: 'interactive',
      vectors: description.capabilities.keepsVectors,
      ...(chunkTokens === null ? {} : { chunkTokens }),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    const key = {
      taskHash: sha256(taskKey(task)),
      documentHash: sha256(documentKey(task, chunkTokens)),
      modelName: description.name,
      modelHash: description.hash,
    };
    return outcomes.map((outcome) => fromOutcome(outcome, set, key));
  }

  /**
   * Scores under another label set from kept vectors, without the text; null where the kept ones do not allow it. Scores of the same
   * labels stay, whatever model they are of.
   */
  async rescore(kept: Scored, set: LabelSet): Promise<Scored | null> {
    const task = taskOf(set);
    const taskHash = sha256(taskKey(task));
    if (kept.taskHash === taskHash) return kept;
    const documentHash = sha256(documentKey(task, this.chunkTokens()));
    if (!kept.vectors || kept.documentHash !== documentHash) return null;
    const classifier = await this.classifierOf(kept, set);
    const [outcome] = (await classifier?.rescore([{ id: 'kept', vectors: kept.vectors }], task)) ?? [];
    if (!outcome?.ok) return null;
    const { chunkCount, modelName, modelHash, vectors } = kept;
    return {
      ok: true,
      scores: labelScores(outcome, set),
      chunkCount,
      taskHash,
      documentHash,
      modelName,
      modelHash,
      vectors,
    };
  }

  /**
   * What the labels score in each chunk by itself, from vectors got with the set's prompt; empty for a text of one chunk, and
   * where another model is in use by now. Spans count from the start of the text.
   */
  async sections(
    { vectors, modelHash }: { readonly vectors: DocumentVectors; readonly modelHash: string },
    set: LabelSet,
  ): Promise<TaggedSpan[]> {
    const chunks = chunkVectors(vectors).map((one, at) => ({ id: String(at), vectors: one }));
    if (chunks.length < 2) return [];
    const classifier = await this.classifierOf({ modelHash }, set);
    if (!classifier) return [];
    const outcomes = await classifier.rescore(chunks, taskOf(set));
    return outcomes.flatMap((outcome, at) => {
      if (!outcome.ok) return [];
      const { tags } = decide(labelScores(outcome, set), set);
      return { start: vectors.spans[2 * at] ?? 0, end: vectors.spans[2 * at + 1] ?? 0, tags };
    });
  }

  /** The set's classifier; null where the vectors are another model's. */
  private async classifierOf({ modelHash }: Pick<Scored, 'modelHash'>, set: LabelSet) {
    const classifier = this.models.of(set.model);
    return (await classifier.describe()).hash === modelHash ? classifier : null;
  }
}

/** The tags among the scores, under the set's thresholds of now. */
export function decideScored(scored: Pick<Scored, 'scores'>, set: LabelSet): TagResult {
  return decide(scored.scores, set);
}

/** The tags under this set; null where the scores are those of other labels. Names that the model never read may differ. */
export function decideKept(kept: Scored, set: LabelSet): TagResult | null {
  if (kept.taskHash !== sha256(taskKey(taskOf(set)))) return null;
  const scores = set.labels.flatMap(({ name }, at) => {
    const score = kept.scores[at];
    return score ? [{ ...score, label: name }] : [];
  });
  return decide(scores, set);
}

function fromOutcome(
  outcome: DocumentOutcome,
  set: LabelSet,
  key: Pick<Scored, 'taskHash' | 'documentHash' | 'modelName' | 'modelHash'>,
): Scored | Unscored {
  if (!outcome.ok) return { ok: false, message: outcome.message };
  const { chunkCount, vectors } = outcome;
  return { ok: true, scores: labelScores(outcome, set), chunkCount, ...key, ...(vectors ? { vectors } : {}) };
}

function labelScores({ scores, evidence }: DocumentScores, set: LabelSet): LabelScore[] {
  return set.labels.map(({ name }, at) => ({
    label: name,
    score: scores[at] ?? Number.NaN,
    start: evidence[2 * at] ?? 0,
    end: evidence[2 * at + 1] ?? 0,
  }));
}
