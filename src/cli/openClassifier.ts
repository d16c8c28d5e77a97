// The classifier that a command uses: the embedded model unless --model names another, or a server.
import type { InferenceClient } from '../inference/client';
import { openModel } from '../library/openModel';
import type { ModelSettings } from '../library/openModel';
import type { ServerSettings } from '../library/openServer';
import type { Log } from '../shared/childMessages';
import type { Classifier } from '../shared/classifier';
import { AppError } from '../shared/errors';
import { withInterrupt } from './withInterrupt';

export interface ServerOptions extends Pick<ServerSettings, 'serverModel' | 'adapter'> {
  /** URL of a GLiClass server that is asked instead of a model here; `model` is then the folder whose tokenizer counts tokens. */
  readonly server?: string | undefined;
}

export interface ClassifierSettings extends ServerOptions, ModelSettings {}

/** A model on this machine. Nothing is started before the first request. The caller disposes of it. */
export function openClassifier(settings: ModelSettings): InferenceClient {
  return openModel(settings, log);
}

const log: Log = (level, message) => {
  if (level === 'error' || level === 'warn') process.stderr.write(`glitag: ${message}\n`);
};

/** The classifier that the settings ask for. The caller disposes of it. */
export async function classifierOf(settings: ClassifierSettings): Promise<Classifier> {
  const { server, serverModel, adapter } = settings;
  if (server !== undefined) {
    // Most commands need no network.
    const { openServer } = await import('../library/openServer');
    return openServer(server, { ...settings, token: process.env['GLITAG_TOKEN'] }, log);
  }
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
  settings: ModelSettings,
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
