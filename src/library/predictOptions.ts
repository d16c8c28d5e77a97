// Options of one call, under upstream's names, checked: a misspelt one is told, not ignored.
import * as v from 'valibot';
import { examplesArePerText } from '../inference/pipeline/fewShot';
import type { ExamplesOption } from '../inference/pipeline/fewShot';
import type { CancelSignal } from '../shared/classifier';
import { AppError } from '../shared/errors';

/** A text with the labels it carries. Upstream takes either name of the labels; `labels` goes first. */
export interface PromptExample {
  readonly text: string;
  readonly labels?: string | readonly string[];
  readonly true_labels?: string | readonly string[];
}

/** Options of upstream's pipeline and server that have a meaning here, under their names; `signal` and `onProgress` are GLiTag's own. */
export interface PredictOptions {
  /** Multi-label: lowest score that counts, 0 to 1; one for all texts or one per text. Default .5. */
  readonly threshold?: number | readonly number[];
  /** `multi-label` (default) or `single-label`, which gives the best label whatever its score; for all texts or one per text. */
  readonly classification_type?: string | readonly string[];
  /** The server's name of the same: true for `multi-label`, false for `single-label`. */
  readonly multi_label?: boolean;
  /** Task description, read with the text; one for all texts or one per text (`null`: none). */
  readonly prompt?: string | readonly (string | null)[];
  /** Few-shot examples of all texts, or a list per text (`null`: none). */
  readonly examples?: readonly PromptExample[] | readonly (readonly PromptExample[] | null)[];
  /** Between the names of nested labels; default a dot. */
  readonly label_separator?: string;
  /**
   * Longest chunk in tokens; default 256. Where upstream cuts the end off, a longer text is read in chunks here, and each label keeps
   * its best one.
   */
  readonly max_length?: number;
  /** Scores of all labels in the shape of the labels, in place of a list of those that fit. */
  readonly return_hierarchical?: boolean;
  /** Ends the call: its promise rejects with the code `cancelled`. */
  readonly signal?: CancelSignal;
  /** Called from time to time with the number of finished texts. */
  readonly onProgress?: (done: number) => void;
}

const score = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const words = v.array(v.string());
const oneOrMore = v.optional(v.union([v.string(), words]));
const example = v.strictObject({ text: v.string(), labels: oneOrMore, true_labels: oneOrMore });
const examples = v.lazy((given) =>
  Array.isArray(given) && examplesArePerText(given as ExamplesOption)
    ? v.array(v.nullable(v.array(example)))
    : v.array(example),
);
const options = v.strictObject({
  threshold: v.optional(v.union([score, v.array(score)])),
  classification_type: v.optional(v.union([v.string(), words])),
  multi_label: v.optional(v.boolean()),
  prompt: v.optional(v.union([v.string(), v.array(v.nullable(v.string()))])),
  examples: v.optional(examples),
  label_separator: v.optional(v.string()),
  max_length: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  return_hierarchical: v.optional(v.boolean()),
  signal: v.optional(v.custom<CancelSignal>((value) => typeof value === 'object' && value !== null)),
  onProgress: v.optional(v.custom<(done: number) => void>((value) => typeof value === 'function')),
});

/** @throws AppError input-invalid, which names the option. */
export function checkOptions(given: PredictOptions): PredictOptions {
  checkObject(options, given, 'predict');
  if (given.multi_label !== undefined && given.classification_type !== undefined)
    throw new AppError('input-invalid', '“multi_label” and “classification_type” say the same: give one of them.');
  return given;
}

/** @throws AppError input-invalid, which names the option and, where there is no such one, those that there are. */
export function checkObject(
  schema: v.GenericSchema & { readonly entries: object },
  given: unknown,
  what: string,
): void {
  const result = v.safeParse(schema, given);
  if (result.success) return;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? '';
  const known = Object.keys(schema.entries);
  if (place === '') throw new AppError('input-invalid', `The options of ${what} must be an object.`);
  const why = known.some((name) => place.split('.')[0] === name)
    ? issue.message
    : `there is no such option; those of ${what} are ${known.join(', ')}`;
  throw new AppError('input-invalid', `The option “${place}” of ${what} cannot be used: ${why}.`);
}
