// Which model a command uses: that of --server, or --model, else the one that the label set names (defined by --models, or installed), else
// the embedded one.
import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { embeddedName } from '../core/labelSet';
import type { LabelSet } from '../core/labelSet';
import { AppError } from '../shared/errors';
import { namedModelOf, namedModels } from '../shared/namedModels';
import type { NamedModels } from '../shared/namedModels';
import { modelStore } from './models/modelsFolder';
import type { ModelsDirOptions } from './models/modelsFolder';
import type { ClassifierSettings, ServerOptions } from './openClassifier';

export interface ModelOptions extends ServerOptions, ModelsDirOptions {
  /** A path, or a name of --models or of an installed model. */
  readonly model?: string | undefined;
  /** JSON file with models by name, as in `glitag.models`. */
  readonly models?: string | undefined;
}

export type ModelChoice = Pick<ClassifierSettings, 'model' | 'threads' | 'executionProvider' | keyof ServerOptions>;

/**
 * Where the set names a model that nobody defines, stderr says so, and the embedded one is taken. Throws AppError input-invalid where the
 * file of --models is wrong, model-changed where an installed model is not as it was.
 */
export function namedModel(
  { name, model: wanted }: Pick<LabelSet, 'name' | 'model'>,
  options: ModelOptions,
): ModelChoice {
  const { model, models, server, serverModel, adapter } = options;
  if (server !== undefined || model !== undefined) return askedModel(options);
  const known = modelsOf(options);
  // Refused later, where the model is on no server.
  const ofServer = { serverModel, adapter };
  if (wanted === undefined || wanted === embeddedName) return ofServer;
  const found = modelCalled(wanted, known, options);
  if (found) return { ...ofServer, ...found };
  const why = models === undefined ? 'which no --models FILE defines' : `which ${models} does not define`;
  process.stderr.write(
    `glitag: The label set “${name}” names the model “${wanted}”, ${why} and which is not installed: the embedded model is used. Name its folder with --model.\n`,
  );
  return ofServer;
}

/** What the options alone say, whatever the label set. Throws as `namedModel`. */
export function askedModel(options: ModelOptions): ModelChoice {
  const { server, serverModel, adapter } = options;
  const asked = modelAt(options.model, options);
  // The model may be on a server, too.
  return server === undefined ? { serverModel, adapter, ...asked } : { ...asked, server, serverModel, adapter };
}

/** A model by its path or its name; one that is neither is left to loading, which says what a model folder is. Throws as `namedModel`. */
export function modelAt(model: string | undefined, options: ModelOptions): ModelChoice {
  const known = modelsOf(options);
  const named = model === undefined || fs.existsSync(model) ? null : modelCalled(model, known, options);
  return named ?? { model };
}

/** Whether there may be models that label sets can name. */
export function hasNamedModels(options: ModelOptions): boolean {
  return options.models !== undefined || fs.existsSync(modelStore(options).folder);
}

function modelCalled(name: string, known: NamedModels, options: ModelOptions): ModelChoice | null {
  if (name === embeddedName) return {};
  const found = namedModelOf(known, name);
  // Paths of the models file count from where it lies.
  const beside = (location: string) => path.resolve(path.dirname(options.models ?? ''), location);
  if (found && 'server' in found) {
    const { tokenizer, ...rest } = found;
    return { ...(tokenizer === undefined ? {} : { model: beside(tokenizer) }), ...rest };
  }
  if (found) {
    const { path: location, ...rest } = found;
    return { model: beside(location), ...rest };
  }
  const store = modelStore(options);
  return store.find(name) ? { model: store.folderOf(name) } : null;
}

/** Read even where no name is looked up: a mistake in the file is told at once. */
function modelsOf({ models }: ModelOptions): NamedModels {
  return models === undefined ? {} : readModels(models);
}

function readModels(file: string): NamedModels {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AppError('input-invalid', `The models file ${file} cannot be read as JSON. Check the path of --models.`, {
      cause: error,
    });
  }
  const result = v.safeParse(namedModels, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  throw new AppError(
    'input-invalid',
    `The models file ${file} has a mistake${place === null ? '' : ` at “${place}”`}: ${issue.message}.`,
  );
}
