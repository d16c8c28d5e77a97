// A deterministic Classifier for tests of what lies behind it: scores are a hash of text and label. Knows no language.
import { createHash } from 'node:crypto';
import type {
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  DocumentVectors,
  ModelDescription,
} from '../../src/shared/classifier';
import { AppError } from '../../src/shared/errors';

export interface FakeOptions {
  readonly description?: Partial<ModelDescription>;
  /** The score of a label for a text, 0 to 1; a hash of both where absent or undefined. */
  readonly score?: (text: string, label: string) => number | undefined;
  /** Documents whose text it picks fail by themselves. */
  readonly failing?: (text: string) => boolean;
  /** Awaited before each document, so that a test can hold a run. */
  readonly beforeEach?: (document: { readonly id: string }) => Promise<void> | void;
}

const vectorSize = 8;

export const fakeDescription: ModelDescription = {
  name: 'fake',
  hash: 'fake-model-hash',
  architecture: 'bi-encoder',
  graph: 'split-bi-encoder',
  maxTokens: 512,
  maxLabels: null,
  defaultThreshold: 0.5,
  vectorSize,
  capabilities: { examples: 'emulated', prompt: 'native', keepsVectors: true },
};

/**
 * Same text, same label: same score. With vectors, `rescore` gives what `classify` gave. One chunk a document, with the
 * whole text as evidence.
 */
export class FakeClassifier implements Classifier {
  /** Ids of the documents read (`classify`) and of those scored from kept vectors (`rescore`), in order. */
  readonly classified: string[] = [];
  readonly rescored: string[] = [];
  /** Tasks of all calls, in order. */
  readonly tasks: ClassificationTask[] = [];
  isDisposed = false;
  isPrepared = false;
  /** Texts by their vector, as a hash cannot be turned round. */
  private readonly textOfVector = new Map<string, string>();

  constructor(private readonly options: FakeOptions = {}) {}

  async describe(): Promise<ModelDescription> {
    return Promise.resolve({ ...fakeDescription, ...this.options.description });
  }

  prepare(): void {
    this.isPrepared = true;
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    { signal, vectors = false, onProgress }: ClassifyOptions = {},
  ): Promise<DocumentOutcome[]> {
    const { capabilities } = await this.describe();
    this.tasks.push(task);
    const outcomes: DocumentOutcome[] = [];
    for (const document of documents) {
      await this.options.beforeEach?.(document);
      if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
      this.classified.push(document.id);
      outcomes.push(this.outcome(document.id, document.text, task, vectors && capabilities.keepsVectors));
      onProgress?.(outcomes.length);
    }
    return outcomes;
  }

  async rescore(
    documents: readonly { readonly id: string; readonly vectors: DocumentVectors }[],
    task: ClassificationTask,
    { signal }: Pick<ClassifyOptions, 'signal'> = {},
  ): Promise<DocumentOutcome[]> {
    await Promise.resolve();
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    this.tasks.push(task);
    return documents.map(({ id, vectors }) => {
      this.rescored.push(id);
      const text = this.textOfVector.get(vectors.values.join());
      if (text === undefined)
        return { ok: false, id, code: 'inference-failed', message: 'These vectors come from another classifier.' };
      return this.outcome(id, text, task, false);
    });
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    return Promise.resolve();
  }

  private outcome(id: string, text: string, task: ClassificationTask, withVectors: boolean): DocumentOutcome {
    if (this.options.failing?.(text))
      return { ok: false, id, code: 'inference-failed', message: 'The fake was told to fail on this document.' };
    const raw = task.labels.map((label) => this.options.score?.(text, label) ?? hashed(text, label));
    const sum = raw.reduce((total, score) => total + score, 0);
    const scores = Float32Array.from(task.mode === 'single-label' && sum > 0 ? raw.map((score) => score / sum) : raw);
    const evidence = Int32Array.from({ length: 2 * raw.length }, (_, index) => (index % 2 ? text.length : 0));
    const kept = withVectors ? { vectors: this.vectorsOf(text) } : {};
    return { ok: true, id, scores, evidence, chunkCount: 1, ...kept };
  }

  private vectorsOf(text: string): DocumentVectors {
    const values = Float32Array.from({ length: vectorSize }, (_, index) => hashed(text, `dimension ${index}`));
    this.textOfVector.set(values.join(), text);
    return { values, spans: Int32Array.of(0, text.length) };
  }
}

/** 0 to 1, equal for equal arguments. */
function hashed(text: string, label: string): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([text, label]))
    .digest();
  return digest.readUInt32BE(0) / 0xffffffff;
}
