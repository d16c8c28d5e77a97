// Which model a command uses: that of --server, or --model, else what --models says of the name that the label set gives, else the embedded one.
import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { embeddedName } from '../core/labelSet';
import type { LabelSet } from '../core/labelSet';
import { AppError } from '../shared/errors';
import { namedModelOf, namedModels } from '../shared/namedModels';
import type { NamedModels } from '../shared/namedModels';
import type { ClassifierSettings, ServerOptions } from './openClassifier';

export interface ModelOptions extends ServerOptions {
  readonly model?: string | undefined;
  /** JSON file with models by name, as in `glitag.models`. */
  readonly models?: string | undefined;
}

type Choice = Pick<ClassifierSettings, 'model' | 'threads' | 'executionProvider' | keyof ServerOptions>;

/**
 * Where the set names a model that nobody defines, stderr says so, and the embedded one is taken. Throws AppError input-invalid where the
 * file of --models is wrong.
 */
export function namedModel({ name, model: wanted }: Pick<LabelSet, 'name' | 'model'>, options: ModelOptions): Choice {
  const { model, models, server, serverModel, adapter } = options;
  if (server !== undefined) return { model, server, serverModel, adapter };
  const known = models === undefined ? {} : readModels(models);
  if (model !== undefined) return { model, serverModel, adapter };
  if (wanted === undefined || wanted === embeddedName) return {};
  const found = namedModelOf(known, wanted);
  if (found) {
    const { path: location, ...rest } = found;
    return { model: path.resolve(path.dirname(models ?? ''), location), ...rest };
  }
  const why = models === undefined ? 'which no --models FILE defines' : `which ${models} does not define`;
  process.stderr.write(
    `glitag: The label set “${name}” names the model “${wanted}”, ${why}: the embedded model is used. Name its folder with --model.\n`,
  );
  return {};
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
