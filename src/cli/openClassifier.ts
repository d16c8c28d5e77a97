// The classifier as the CLI uses it: the worker beside this bundle with the embedded model unless --model names another, or a server.
import path from 'node:path';
import { InferenceClient } from '../inference/client';
import type { Classifier } from '../shared/classifier';
import { embeddedModelName } from '../shared/embeddedModel';
import { AppError } from '../shared/errors';
import type { ModelNotes } from '../shared/modelNotes';
import { withInterrupt } from './withInterrupt';

/** dist/cli.js, dist/worker.js and models/ lie side by side in a checkout and in the VSIX. */
const distFolder = __dirname;
export const embeddedModel = path.join(distFolder, '..', 'models', embeddedModelName);

const defaultBatchTokens = 4096;
const memoryCeilingBytes = 4 * 1024 ** 3;

export interface ServerOptions {
  /** URL of a GLiClass server that is asked instead of a model here; `model` is then the folder whose tokenizer counts tokens. */
  readonly server?: string | undefined;
  /** What the user calls its model. */
  readonly serverModel?: string | undefined;
  /** LoRA adapter that it is to use. */
  readonly adapter?: string | undefined;
}

export interface ClassifierSettings extends ServerOptions {
  /** Model folder, absolute or relative to the working directory. */
  readonly model?: string | undefined;
  /** Threads of the model; 0 lets the child choose. */
  readonly threads?: number | undefined;
  /** What of the machine runs the model, in ONNX Runtime's words; the processor where absent. */
  readonly executionProvider?: string | undefined;
  /** Where it is kept what the model is. */
  readonly notes?: ModelNotes;
}

/** A model on this machine. Nothing is started before the first request. The caller disposes of it. */
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

async function openServer(url: string, { model, serverModel, adapter }: ClassifierSettings): Promise<Classifier> {
  // Most commands need no network.
  const [{ RemoteClassifier }, { RemoteTexts }] = await Promise.all([
    import('../remote/remoteClassifier'),
    import('../remote/remoteTexts'),
  ]);
  const cutBy =
    model === undefined ? { folder: embeddedModel, exact: false } : { folder: path.resolve(model), exact: true };
  const token = process.env['GLITAG_TOKEN'];
  const settings = { url, token, model: serverModel, adapter, proxyEnvironment: process.env };
  return new RemoteClassifier(settings, new RemoteTexts(cutBy), {}, (why) => {
    if (why !== null) process.stderr.write(`glitag: ${why} Trying again.\n`);
  });
}

/** The classifier that the settings ask for. The caller disposes of it. */
export async function classifierOf(settings: ClassifierSettings): Promise<Classifier> {
  const { server, serverModel, adapter } = settings;
  if (server !== undefined) return openServer(server, settings);
  if (serverModel !== undefined || adapter !== undefined)
    throw new AppError('input-invalid', '--server-model and --adapter go with --server.');
  return openClassifier(settings);
}

/** Runs `work` with `classifierOf` the settings, and disposes of it whatever happens; see `withInterrupt`. */
export async function withClassifier<T>(
  settings: ClassifierSettings,
  work: (classifier: Classifier, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return disposing(await classifierOf(settings), work);
}

/** The same with a model on this machine. */
export async function withChild<T>(
  settings: Omit<ClassifierSettings, keyof ServerOptions>,
  work: (classifier: InferenceClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return disposing(openClassifier(settings), work);
}

function disposing<C extends Classifier, T>(
  classifier: C,
  work: (classifier: C, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withInterrupt(async (signal) => {
    try {
      return await work(classifier, signal);
    } finally {
      await classifier.dispose();
    }
  });
}
