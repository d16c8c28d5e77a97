// The label sets of the server: one of --labels, or those of --settings, which may change while it runs.
import fs from 'node:fs';
import { parse, type ParseError } from 'jsonc-parser';
import type { LabelSet } from '../../core/labelSet';
import { firstError } from '../../core/labelSetProblems';
import { parseLabelSets } from '../../core/parseLabelSets';
import { isRecord } from '../../core/values';
import { AppError } from '../../shared/errors';
import { readLabelSet } from '../labelsFile';

export interface ServerSets {
  readonly sets: readonly LabelSet[];
  readonly inUse: LabelSet;
}

export interface ServerSetsOptions {
  readonly labels?: string;
  /** A settings.json of the editor. */
  readonly settings?: string;
  readonly threshold?: number;
}

/** Reads them whenever it is called. Throws AppError. */
export function serverSets({ labels, settings, threshold }: ServerSetsOptions): () => ServerSets {
  if (settings !== undefined && labels !== undefined)
    throw new AppError('input-invalid', 'Give either --labels or --settings, not both.');
  if (settings !== undefined && threshold !== undefined)
    throw new AppError(
      'input-invalid',
      'Give either --threshold or --settings, whose label sets have thresholds of their own.',
    );
  if (settings !== undefined) return () => fromSettings(settings);
  const inUse = readLabelSet(labels, threshold);
  return () => ({ sets: [inUse], inUse });
}

function fromSettings(file: string): ServerSets {
  const value = readSettings(file);
  const { sets, problems } = parseLabelSets(value['glitag.labelSets']);
  const wanted = value['glitag.activeLabelSet'];
  const inUse = typeof wanted === 'string' && wanted !== '' ? sets.find(({ name }) => name === wanted) : sets[0];
  if (inUse) return { sets, inUse };
  const message = firstError(problems) ?? 'It names no label set in “glitag.labelSets” that could be used.';
  throw new AppError('label-set-invalid', `The settings file ${file} has a problem: ${message}`);
}

function readSettings(file: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('input-invalid', `The settings file ${file} cannot be read. Check the path of --settings.`, {
      cause: error,
    });
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isRecord(value))
    throw new AppError('input-invalid', `The settings file ${file} cannot be read as JSON.`);
  return value;
}
