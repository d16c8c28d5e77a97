// Golden files: what upstream's pipelines were given and what they gave, with every forward pass on the way.
import fs from 'node:fs/promises';
import * as v from 'valibot';
import { AppError } from '../../shared/errors';

/** Nested arrays of whole numbers, [rows, tokens] or [rows, labels, tokens]. */
export type NestedIds = readonly number[] | readonly NestedIds[];

const ids: v.GenericSchema<NestedIds> = v.union([v.array(v.pipe(v.number(), v.integer())), v.array(v.lazy(() => ids))]);
const matrix = v.array(v.array(v.number()));

const batchSchema = v.object({
  input_ids: ids,
  attention_mask: ids,
  class_input_ids: v.optional(ids),
  class_attention_mask: v.optional(ids),
  labels_mask: v.optional(ids),
  logits: matrix,
  uncalibrated_logits: v.optional(matrix),
});

const caseSchema = v.pipe(
  v.object({
    name: v.string(),
    pipeline: v.picklist(['base', 'chunking']),
    init: v.record(v.string(), v.unknown()),
    args: v.looseObject({ texts: v.union([v.string(), v.array(v.string())]), labels: v.unknown() }),
    output: v.optional(v.unknown()),
    error: v.optional(v.object({ type: v.string(), message: v.string() })),
    batches: v.array(batchSchema),
  }),
  v.check((one) => (one.output === undefined) !== (one.error === undefined), 'needs an output or an error'),
);

const goldenSchema = v.object({
  model: v.string(),
  architecture: v.string(),
  cases: v.pipe(v.array(caseSchema), v.minLength(1, 'there are no cases')),
});

export type GoldenBatch = v.InferOutput<typeof batchSchema>;
export type GoldenCase = v.InferOutput<typeof caseSchema>;
export type Golden = v.InferOutput<typeof goldenSchema>;

/** @throws AppError golden-invalid. */
export async function readGolden(file: string): Promise<Golden> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('golden-invalid', `The golden file ${file} cannot be read. Check the path.`, { cause });
  }
  return parseGolden(text, file);
}

/**
 * @param file Its path, for messages.
 * @throws AppError golden-invalid.
 */
export function parseGolden(text: string, file: string): Golden {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(file, 'it is not JSON', cause);
  }
  const result = v.safeParse(goldenSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  throw invalid(file, `${place === null ? '' : `${place}: `}${issue.message}`);
}

function invalid(file: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'golden-invalid',
    `${file} is not a golden file: ${why}. Make one with python -m glitag_train export.`,
    cause === undefined ? undefined : { cause },
  );
}
