// Which model a command uses: that of --model, else what --models says of the name that the label set gives, else the embedded one.
import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { embeddedName } from '../core/labelSet';
import type { LabelSet } from '../core/labelSet';
import { AppError } from '../shared/errors';
import { namedModelOf, namedModels } from '../shared/namedModels';
import type { NamedModels } from '../shared/namedModels';
import type { ClassifierSettings } from './openClassifier';

export interface ModelOptions {
  readonly model?: string;
  /** JSON file with models by name, as in `glitag.models`. */
  readonly models?: string;
}

type Choice = Pick<ClassifierSettings, 'model' | 'threads' | 'executionProvider'>;

/** Null where the set names a model that nobody defines. Throws AppError input-invalid where the file of --models is wrong. */
export function chooseModel(set: Pick<LabelSet, 'model'>, { model, models }: ModelOptions): Choice | null {
  const known = models === undefined ? {} : readModels(models);
  if (model !== undefined) return { model };
  if (set.model === undefined || set.model === embeddedName) return {};
  const named = namedModelOf(known, set.model);
  if (!named) return null;
  const { path: location, ...rest } = named;
  return { model: path.resolve(path.dirname(models ?? ''), location), ...rest };
}

/** As `chooseModel`; where nobody defines the model, stderr says so, and the embedded one is taken. */
export function namedModel(set: Pick<LabelSet, 'name' | 'model'>, options: ModelOptions): Choice {
  const choice = chooseModel(set, options);
  if (choice) return choice;
  const why =
    options.models === undefined ? 'which no --models FILE defines' : `which ${options.models} does not define`;
  process.stderr.write(
    `glitag: The label set “${set.name}” names the model “${set.model ?? ''}”, ${why}: the embedded model is used. Name its folder with --model.\n`,
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
