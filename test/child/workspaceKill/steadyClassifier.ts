// A slow classifier whose vectors hold all that scores are made of, so that any process can score them again.
import { createHash } from 'node:crypto';
import type {
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  DocumentVectors,
  ModelDescription,
} from '../../../src/shared/classifier';
import { AppError } from '../../../src/shared/errors';

const vectorSize = 8;

export class SteadyClassifier implements Classifier {
  /** Texts read. */
  classified = 0;

  constructor(private readonly msPerDocument: number) {}

  describe(): Promise<ModelDescription> {
    return Promise.resolve({
      name: 'steady',
      hash: 'steady-model-hash',
      architecture: 'bi-encoder',
      graph: 'split-bi-encoder',
      maxTokens: 512,
      maxLabels: null,
      defaultThreshold: 0.5,
      vectorSize,
      capabilities: { examples: 'none', prompt: 'native', keepsVectors: true },
    });
  }

  prepare(): void {
    // Nothing takes time.
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    { signal }: ClassifyOptions = {},
  ): Promise<DocumentOutcome[]> {
    await pause(this.msPerDocument * documents.length);
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    this.classified += documents.length;
    return documents.map(({ id, text }) => {
      const vectors = vectorsOf(text, task.prompt ?? '');
      return { ...scored(id, vectors, task), vectors };
    });
  }

  async rescore(
    documents: readonly { readonly id: string; readonly vectors: DocumentVectors }[],
    task: ClassificationTask,
  ): Promise<DocumentOutcome[]> {
    await pause(this.msPerDocument);
    return documents.map(({ id, vectors }) => scored(id, vectors, task));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

function scored(id: string, { values, spans }: DocumentVectors, task: ClassificationTask) {
  const scores = Float32Array.from(task.labels, (label) => numberOf(`${[...values].join()} ${label}`));
  const evidence = Int32Array.from({ length: 2 * scores.length }, (_, index) => spans[index % 2] ?? 0);
  return { ok: true as const, id, scores, evidence, chunkCount: 1 };
}

function vectorsOf(text: string, prompt: string): DocumentVectors {
  const values = Float32Array.from({ length: vectorSize }, (_, index) => numberOf(`${index} ${prompt} ${text}`));
  return { values, spans: Int32Array.of(0, text.length) };
}

/** 0 to 1, equal for equal words. */
function numberOf(words: string): number {
  return createHash('sha256').update(words).digest().readUInt32BE() / 0xffffffff;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
