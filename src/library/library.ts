// Entry of the library: `import { createClassifier } from 'glitag'` (docs/LIBRARY.md).
import * as v from 'valibot';
import type { Log } from '../shared/childMessages';
import { AppError } from '../shared/errors';
import { openModel } from './openModel';
import { openServer } from './openServer';
import { checkObject } from './predictOptions';
import { ZeroShotClassifier } from './zeroShotClassifier';

export type { LabelTree } from '../core/flattenLabels';
export type { NestedScores, ScoredLabel } from '../core/hierarchy';
export type { Example } from '../core/labelSet';
export type { LabelsOption } from '../inference/pipeline/labelInput';
export type { Log, LogLevel } from '../shared/childMessages';
export type * from '../shared/classifier';
export { AppError } from '../shared/errors';
export type { ErrorCode } from '../shared/errors';
export type { PredictOptions, PromptExample } from './predictOptions';
export type { ZeroShotClassifier } from './zeroShotClassifier';

export interface ClassifierOptions {
  /** Model folder, absolute or relative to the working directory; the embedded model where absent. */
  readonly model?: string;
  /** Threads of the model; 0 (default) chooses. */
  readonly threads?: number;
  /** What of the machine runs the model, in ONNX Runtime's words (`cuda`, `webgpu`); the processor where absent. */
  readonly executionProvider?: string;
  /** Node that runs the model's process; this program's own where absent. */
  readonly nodePath?: string;
  /** URL of a GLiClass server, which is asked in place of a model here; `model` is then the folder whose tokenizer counts tokens. */
  readonly server?: string;
  /** What you call the server's model, which it does not tell: part of the hash of `describe`. */
  readonly serverModel?: string;
  /** LoRA adapter that the server is to use. */
  readonly adapter?: string;
  /** Sent to the server as `Authorization: Bearer`. */
  readonly token?: string;
  /** Where diagnostics go, which never hold texts; nowhere where absent. */
  readonly log?: Log;
}

const text = v.optional(v.pipe(v.string(), v.minLength(1)));
const schema = v.strictObject({
  model: text,
  threads: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  executionProvider: text,
  nodePath: text,
  server: text,
  serverModel: text,
  adapter: text,
  token: text,
  log: v.optional(v.custom<Log>((value) => typeof value === 'function')),
});

const ofModels = ['threads', 'executionProvider', 'nodePath'] as const;
const ofServers = ['serverModel', 'adapter', 'token'] as const;

/**
 * A classifier, to be disposed of: until then its process (from the first call on) keeps the program running, a minute at most after
 * the last call. @throws AppError input-invalid, setting-invalid.
 */
export function createClassifier(options: ClassifierOptions = {}): ZeroShotClassifier {
  checkObject(schema, options, 'createClassifier');
  const { server, log = () => undefined } = options;
  const foreign = (server === undefined ? ofServers : ofModels).find((name) => options[name] !== undefined);
  if (foreign !== undefined) {
    const goes = server === undefined ? 'goes with “server”' : 'has no meaning with “server”';
    throw new AppError('input-invalid', `The option “${foreign}” of createClassifier ${goes}.`);
  }
  return new ZeroShotClassifier(server === undefined ? openModel(options, log) : openServer(server, options, log));
}
