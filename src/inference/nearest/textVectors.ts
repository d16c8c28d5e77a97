// Vectors by which texts are compared, from a model that keeps them; those of decided texts are remembered.
import type {
  CancelSignal,
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  ModelDescription,
} from '../../shared/classifier';
import type { DecidedExample } from './decidedExamples';

/** Vectors do not depend on labels, so that any label does. */
const anyTask: ClassificationTask = { labels: ['text'], mode: 'multi-label', examples: [] };

/** Texts of one message to the model. */
const batchSize = 32;
/** Decided texts that are remembered: those of a lesson, and of one before. */
const mostRemembered = 1_000;

export class TextVectors {
  /** By hash of the text; null for one that has no vectors. */
  private readonly known = new Map<string, Float32Array | null>();
  /** That `known` was made with. */
  private chunkTokens: number | undefined;
  private measuring: Promise<unknown> = Promise.resolve();

  /** @param model Keeps vectors (`keepsVectors`). */
  constructor(private readonly model: Classifier) {}

  describe(signal?: CancelSignal): Promise<ModelDescription> {
    return this.model.describe(signal);
  }

  prepare(): void {
    this.model.prepare();
  }

  /** Outcomes with `vectors`, one a document, in the order given. Throws what Classifier.classify throws. */
  measure(documents: readonly DocumentInput[], options: ClassifyOptions): Promise<DocumentOutcome[]> {
    const { signal, chunkTokens, priority } = options;
    return this.model.classify(documents, anyTask, {
      vectors: true,
      ...(signal ? { signal } : {}),
      ...(chunkTokens === undefined ? {} : { chunkTokens }),
      ...(priority ? { priority } : {}),
    });
  }

  /**
   * Vectors of decided texts by their hashes, row-major [chunks, size]; without those that have none. Calls at the same time measure
   * each text once. Throws what Classifier.classify throws.
   */
  async ofDecided(
    decided: readonly DecidedExample[],
    options: ClassifyOptions,
  ): Promise<{ readonly size: number; readonly vectors: ReadonlyMap<string, Float32Array> }> {
    const measuring = this.measuring.then(() => this.read(decided, options));
    // Who waits behind it tries for himself.
    this.measuring = measuring.catch(() => undefined);
    const vectors = await measuring;
    const { vectorSize } = await this.model.describe(options.signal);
    return { size: vectorSize ?? 1, vectors };
  }

  dispose(): Promise<void> {
    return this.model.dispose();
  }

  private async read(decided: readonly DecidedExample[], options: ClassifyOptions): Promise<Map<string, Float32Array>> {
    if (options.chunkTokens !== this.chunkTokens) this.known.clear();
    this.chunkTokens = options.chunkTokens;
    const texts = new Map(decided.map(({ hash, compared }) => [hash, compared]));
    const missing = Array.from(texts, ([id, text]) => ({ id, text })).filter(({ id }) => !this.known.has(id));
    for (let at = 0; at < missing.length; at += batchSize) {
      const outcomes = await this.measure(missing.slice(at, at + batchSize), options);
      for (const outcome of outcomes) this.known.set(outcome.id, outcome.ok ? (outcome.vectors?.values ?? null) : null);
    }
    const vectors = new Map<string, Float32Array>();
    for (const hash of texts.keys()) {
      const values = this.known.get(hash);
      if (values) vectors.set(hash, values);
    }
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostRemembered) break;
      this.known.delete(oldest);
    }
    return vectors;
  }
}
