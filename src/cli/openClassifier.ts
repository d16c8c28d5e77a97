// The inference child as the CLI uses it: the worker beside this bundle, and the embedded model unless --model names another.
import path from 'node:path';
import { InferenceClient } from '../inference/client';
import type { ModelNotes } from '../inference/knownModels';
import { embeddedModelName } from '../shared/embeddedModel';
import { withInterrupt } from './withInterrupt';

/** dist/cli.js, dist/worker.js and models/ lie side by side in a checkout and in the VSIX. */
const distFolder = __dirname;
export const embeddedModel = path.join(distFolder, '..', 'models', embeddedModelName);

const defaultBatchTokens = 4096;
const memoryCeilingBytes = 4 * 1024 ** 3;

export interface ClassifierSettings {
  /** Model folder, absolute or relative to the working directory. */
  readonly model?: string | undefined;
  /** Threads of the model; 0 lets the child choose. */
  readonly threads?: number | undefined;
  /** What of the machine runs the model, in ONNX Runtime's words; the processor where absent. */
  readonly executionProvider?: string | undefined;
  /** Where it is kept what the model is. */
  readonly notes?: ModelNotes;
}

/** Nothing is started before the first request. The caller disposes of it. */
export function openClassifier({ model, threads, executionProvider, notes }: ClassifierSettings): InferenceClient {
  return new InferenceClient({
    workerFile: path.join(distFolder, 'worker.js'),
    load: {
      folder: model === undefined ? embeddedModel : path.resolve(model),
      threads: threads ?? 0,
      maxBatchTokens: defaultBatchTokens,
      ...(executionProvider === undefined ? {} : { executionProvider }),
    },
    ...(notes ? { notes } : {}),
    idleMs: 60_000,
    memoryCeilingBytes,
    log: (level, message) => {
      if (level === 'error' || level === 'warn') process.stderr.write(`glitag: ${message}\n`);
    },
  });
}

/** Runs `work` with a classifier and disposes of it whatever happens; see `withInterrupt`. */
export async function withClassifier<T>(
  settings: ClassifierSettings,
  work: (classifier: InferenceClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withInterrupt(async (signal) => {
    const classifier = openClassifier(settings);
    try {
      return await work(classifier, signal);
    } finally {
      await classifier.dispose();
    }
  });
}
