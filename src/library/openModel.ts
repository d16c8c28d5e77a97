// A model of this machine, in a child process: how Node programs and the command line open one.
import path from 'node:path';
import { InferenceClient } from '../inference/client';
import type { ModelNotes } from '../shared/modelNotes';
import type { Log } from '../shared/childMessages';
import { embeddedModelName } from '../shared/embeddedModel';

/** The bundles, worker.js among them, lie in dist/ and models/ beside that: in a checkout, in the VSIX and in the npm package. */
const distFolder = __dirname;

/** Folder of the model that comes with GLiTag. */
export const embeddedModel = path.join(distFolder, '..', 'models', embeddedModelName);

/** How long the child lives without work, where its owner does not end it. */
const idleMs = 60_000;
const defaultBatchTokens = 4096;
const memoryCeilingBytes = 4 * 1024 ** 3;

export interface ModelSettings {
  /** Model folder, absolute or relative to the working directory; the embedded model where absent. */
  readonly model?: string | undefined;
  /** Threads of the model; 0 (default) lets the child choose. */
  readonly threads?: number | undefined;
  /** What of the machine runs the model, in ONNX Runtime's words (`cuda`, `webgpu`); the processor where absent. */
  readonly executionProvider?: string | undefined;
  /** Node that runs the child; this process's own where absent. */
  readonly nodePath?: string | undefined;
  /** Where it is kept what the model is. */
  readonly notes?: ModelNotes | undefined;
}

/** Nothing is started before the first request. The caller disposes of it. */
export function openModel(settings: ModelSettings, log: Log): InferenceClient {
  const { model, threads, executionProvider, nodePath, notes } = settings;
  return new InferenceClient({
    workerFile: path.join(distFolder, 'worker.js'),
    load: {
      folder: model === undefined ? embeddedModel : path.resolve(model),
      threads: threads ?? 0,
      maxBatchTokens: defaultBatchTokens,
      ...(executionProvider === undefined ? {} : { executionProvider }),
    },
    ...(nodePath === undefined ? {} : { nodePath }),
    ...(notes ? { notes } : {}),
    idleMs,
    memoryCeilingBytes,
    log,
  });
}
