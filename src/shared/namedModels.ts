// Models by name as a machine defines them: `glitag.models`, and the file of `--models`. Label sets name them, and no more than that.
import * as v from 'valibot';
import { embeddedName } from '../core/labelSet';

const path = v.pipe(v.string(), v.nonEmpty('a path must not be empty'));

const words = v.pipe(v.string(), v.nonEmpty('must not be empty'));

const namedModel = v.union(
  [
    path,
    v.strictObject({
      server: v.pipe(
        v.string(),
        v.regex(/^https?:\/\//i, 'a server must be a URL that begins with http:// or https://'),
      ),
      serverModel: v.exactOptional(words),
      adapter: v.exactOptional(words),
      tokenizer: v.exactOptional(path),
    }),
    v.strictObject({
      path,
      threads: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(128))),
      executionProvider: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z]+$/))),
    }),
  ],
  'must be the path of a model folder or of one of its .onnx files, or an object with “path” and, where wanted, “threads” (0 to 128) and “executionProvider” (such as “cpu”); or one with “server”, the URL of a GLiClass server, and, where wanted, “serverModel”, “adapter” and “tokenizer”',
);

const name = v.pipe(
  v.string(),
  v.nonEmpty('a name must not be empty'),
  v.check((text) => text !== embeddedName, `“${embeddedName}” is the built-in model. Choose another name`),
);

/** By name; a path alone stands for `{ path }`. */
export const namedModels = v.record(name, namedModel);

export type NamedModels = v.InferOutput<typeof namedModels>;

export type NamedModel = NamedFolder | NamedServer;

export interface NamedFolder {
  /** A model folder, or one of its .onnx files, which is the one used then. */
  readonly path: string;
  /** Processor cores that the model may use; 0: all. */
  readonly threads?: number;
  /** What of the machine runs it, in ONNX Runtime's words; the processor (`cpu`) where absent. */
  readonly executionProvider?: string;
}

export interface NamedServer {
  /** URL of a GLiClass server (upstream's Ray Serve API), to which texts are sent. */
  readonly server: string;
  /** What the user calls its model: the server does not tell, so only another name says that it is another model. */
  readonly serverModel?: string;
  /** LoRA adapter that it is to use. */
  readonly adapter?: string;
  /** Folder on this machine with the tokenizer of the server's model, which then counts tokens exactly. */
  readonly tokenizer?: string;
}

/** Null where the machine does not know the name. */
export function namedModelOf(models: NamedModels, wanted: string): NamedModel | null {
  const model = Object.hasOwn(models, wanted) ? models[wanted] : undefined;
  if (model === undefined) return null;
  return typeof model === 'string' ? { path: model } : model;
}
