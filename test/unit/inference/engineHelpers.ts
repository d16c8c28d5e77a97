// Shortcuts for tests that run the engine on real models.
import { afterAll } from 'vitest';
import { Engine } from '../../../src/inference/engine';
import type { EngineClassifyOptions } from '../../../src/inference/engine';
import type {
  ClassificationTask,
  DocumentInput,
  DocumentOutcome,
  DocumentScores,
} from '../../../src/shared/classifier';

const loaded = new Map<string, Promise<Engine>>();

afterAll(async () => {
  for (const engine of loaded.values()) await (await engine).release();
  loaded.clear();
});

/** One engine a folder and test file. */
export function engineOf(folder: string): Promise<Engine> {
  const engine = loaded.get(folder) ?? Engine.load({ folder, threads: 2, maxBatchTokens: 2048 }, () => undefined);
  loaded.set(folder, engine);
  return engine;
}

export function task(labels: readonly string[], more: Partial<ClassificationTask> = {}): ClassificationTask {
  return { labels, mode: 'multi-label', examples: [], ...more };
}

export async function classify(
  engine: Engine,
  texts: readonly (string | Omit<DocumentInput, 'id'>)[],
  wanted: ClassificationTask,
  options: Partial<EngineClassifyOptions> = {},
): Promise<DocumentOutcome[]> {
  const documents = texts.map((text, index) => ({ id: `d${index}`, ...(typeof text === 'string' ? { text } : text) }));
  return engine.classify(documents, wanted, {
    chunkTokens: null,
    vectors: false,
    isCancelled: () => false,
    onProgress: () => undefined,
    ...options,
  });
}

export function scored(outcome: DocumentOutcome | undefined): DocumentScores {
  if (outcome?.ok !== true) throw new Error(outcome ? outcome.message : 'There is no outcome.');
  return outcome;
}

/** Scores of texts that must all succeed, [texts][labels]. */
export async function scoresOf(...args: Parameters<typeof classify>): Promise<number[][]> {
  return (await classify(...args)).map((outcome) => [...scored(outcome).scores]);
}

export function largestDifference(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) throw new Error(`${left.length} scores against ${right.length}.`);
  return Math.max(...left.map((score, index) => Math.abs(score - (right[index] ?? NaN))));
}
