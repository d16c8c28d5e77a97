// Runs one golden case through the real pipelines in parity mode, as its recorded call says.
import { AppError } from '../../shared/errors';
import { ZeroShotWithChunkingPipeline } from '../pipeline/chunkingPipeline';
import type { LabelsOption } from '../pipeline/labelInput';
import type { BatchLogits, BatchModel } from '../pipeline/runBatch';
import { ZeroShotClassificationPipeline } from '../pipeline/zeroShotPipeline';
import type { GoldenCase } from './goldenFile';

/** Tokens of one input in the recorded calls that name no length (the recorder's default, not upstream's). */
const recordedMaxLength = 256;

/** Recorded names that have no counterpart: where to compute, what to print, and a maximum that upstream never reads. */
const ignored = new Set(['device', 'progress_bar', 'max_classes']);

export interface Replay {
  /** What the pipeline returned; undefined where it threw. */
  readonly output?: unknown;
  readonly error?: AppError;
  readonly batches: readonly BatchLogits[];
}

/** @throws What is not an AppError: a fault of ours must not pass for upstream's refusal. */
export async function replayCase(model: BatchModel, golden: GoldenCase): Promise<Replay> {
  const batches: BatchLogits[] = [];
  try {
    return { output: await call(model, golden, (batch) => batches.push(batch)), batches };
  } catch (error) {
    if (error instanceof AppError) return { error, batches };
    throw error;
  }
}

async function call(model: BatchModel, golden: GoldenCase, onBatch: (batch: BatchLogits) => void): Promise<unknown> {
  const settings = { maxLength: recordedMaxLength, ...camelCase(golden.init), parity: true, onBatch };
  const { texts, labels: given, ...rest } = golden.args;
  const labels = given as LabelsOption;
  const { returnHierarchical, ...options } = camelCase(rest);
  const pipeline =
    golden.pipeline === 'chunking'
      ? new ZeroShotWithChunkingPipeline(model, settings)
      : new ZeroShotClassificationPipeline(model, settings);
  return returnHierarchical === true
    ? pipeline.classifyHierarchical(texts, labels, options)
    : pipeline.classify(texts, labels, options);
}

/** Upstream's option names, and those inside its examples, in camelCase. */
function camelCase(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // Python's None is an absent option.
  const entries = Object.entries(options).filter(([name, value]) => !ignored.has(name) && value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (name === 'examples') return [name, camelExamples(value)];
      if (name === 'rac_examples') return ['racExamples', camelExamples(value)];
      if (name === 'prompt') return [name, value ?? ''];
      return [camelName(name), value];
    }),
  );
}

function camelExamples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelExamples);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]: [string, unknown]) => [camelName(name), entry]));
}

function camelName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
