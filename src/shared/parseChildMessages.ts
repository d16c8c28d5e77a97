// Parses what crosses the border to the inference child, in both directions: whatever is not a message is an AppError.
import * as v from 'valibot';
import type { ChildMessage, HostMessage, LoadedFiles } from './childMessages';
import { logLevels } from './childMessages';
import { AppError, errorCodes } from './errors';

/** Longest message to a person or a log, UTF-16 units; longer ones are cut, not refused. */
const maxMessageLength = 4000;

// Softmax and sigmoid in float32 may end one rounding step outside [0, 1].
const roundingSlack = 1e-6;

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const words = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, maxMessageLength)),
);

const probabilities = v.custom<Float32Array>(
  (value) => value instanceof Float32Array && everyBetween(value, -roundingSlack, 1 + roundingSlack),
);
const finiteFloats = v.custom<Float32Array>(
  (value) => value instanceof Float32Array && everyBetween(value, -Number.MAX_VALUE, Number.MAX_VALUE),
);
const spans = v.custom<Int32Array>((value) => value instanceof Int32Array && isSpans(value));
const vectors = v.strictObject({ values: finiteFloats, spans });

const breaks = v.custom<readonly number[]>(areBreaks);
const document = v.strictObject({
  id: v.string(),
  text: v.string(),
  breaks: v.exactOptional(breaks),
  nearestExamples: v.exactOptional(v.array(count)),
});
const example = v.strictObject({
  text: v.string(),
  labels: v.array(v.string()),
  rejected: v.exactOptional(v.array(v.string())),
  kept: v.exactOptional(v.strictObject({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), vectors: finiteFloats })),
});
const task = v.strictObject({
  labels: v.pipe(v.array(v.string()), v.minLength(1)),
  mode: v.picklist(['multi-label', 'single-label']),
  prompt: v.exactOptional(v.string()),
  examples: v.array(example),
  exampleForm: v.exactOptional(v.literal('retrieved')),
});

const hostMessage = v.variant('type', [
  v.strictObject({
    type: v.literal('load'),
    id,
    folder: v.string(),
    threads: count,
    maxBatchTokens: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    executionProvider: v.exactOptional(v.string()),
  }),
  v.strictObject({
    type: v.literal('classify'),
    id,
    documents: v.array(document),
    task,
    chunkTokens: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    vectors: v.boolean(),
  }),
  v.strictObject({
    type: v.literal('rescore'),
    id,
    documents: v.array(v.strictObject({ id: v.string(), vectors, without: v.exactOptional(v.array(count)) })),
    task,
  }),
  v.strictObject({ type: v.literal('labels'), id, task }),
  v.strictObject({ type: v.literal('verify'), id, folder: v.string(), goldenFile: v.nullable(v.string()) }),
  v.strictObject({ type: v.literal('cancel'), id }),
  v.strictObject({ type: v.literal('shutdown') }),
]);

const support = v.picklist(['native', 'emulated', 'none']);
const model = v.strictObject({
  name: v.string(),
  hash: v.pipe(v.string(), v.minLength(1)),
  architecture: v.string(),
  graph: v.string(),
  maxTokens: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  maxLabels: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  defaultThreshold: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  vectorSize: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  capabilities: v.strictObject({
    examples: support,
    prompt: support,
    keepsVectors: v.boolean(),
    reasons: v.exactOptional(v.strictObject({ vectors: v.exactOptional(words), examples: v.exactOptional(words) })),
  }),
});

const fileStamp = v.strictObject({
  path: v.string(),
  size: finite,
  mtimeMs: finite,
  ctimeMs: finite,
  inode: finite,
});
const loadedFiles = v.strictObject({ model, files: v.array(fileStamp) });

const outcome = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    id: v.string(),
    scores: probabilities,
    evidence: spans,
    chunkCount: count,
    vectors: v.exactOptional(vectors),
  }),
  v.strictObject({ ok: v.literal(false), id: v.string(), code: v.picklist(errorCodes), message: words }),
]);

const report = v.strictObject({
  cases: count,
  batches: count,
  idMismatches: count,
  resultMismatches: count,
  // Infinite where the model gave a NaN: that is what verifying is for.
  maxLogitDiff: v.number(),
  maxProbDiff: v.number(),
  details: v.array(words),
});

const childMessage = v.variant('type', [
  v.strictObject({ type: v.literal('ready'), id, ...loadedFiles.entries, rssBytes: finite }),
  v.strictObject({ type: v.literal('scores'), id, outcomes: v.array(outcome), rssBytes: finite }),
  v.strictObject({ type: v.literal('labels'), id, values: finiteFloats, rssBytes: finite }),
  v.strictObject({ type: v.literal('verified'), id, report, rssBytes: finite }),
  v.strictObject({ type: v.literal('progress'), id, done: count, current: v.nullable(v.string()), rssBytes: finite }),
  v.strictObject({ type: v.literal('failed'), id, code: v.picklist(errorCodes), message: words }),
  v.strictObject({ type: v.literal('log'), level: v.picklist(logLevels), message: words }),
]);

/** What the child received from the host. Throws AppError child-protocol, whose message holds no document text. */
export function parseHostMessage(value: unknown): HostMessage {
  return parse(hostMessage, value);
}

/**
 * What the host received from the child: shape, finite numbers, probabilities in [0, 1], spans in order. Whether it
 * answers the request is checkReply's business. Throws AppError child-protocol, whose message holds no document text.
 */
export function parseChildMessage(value: unknown): ChildMessage {
  return parse(childMessage, value);
}

/** What is kept of a loaded model between processes; null where it is not that, or not any more. */
export function parseLoadedFiles(value: unknown): LoadedFiles | null {
  const result = v.safeParse(loadedFiles, value);
  return result.success ? result.output : null;
}

function parse<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value, { abortEarly: true, abortPipeEarly: true });
  if (result.success) return result.output;
  // Only the place: valibot's own message quotes the value, which may be a document.
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? 'message';
  throw new AppError('child-protocol', `A message of the classifier process is malformed (${place}: ${issue.type}).`);
}

function everyBetween(values: Float32Array, low: number, high: number): boolean {
  // Written so that NaN fails.
  for (const value of values) if (!(value >= low && value <= high)) return false;
  return true;
}

function isSpans(values: Int32Array): boolean {
  if (values.length % 2 !== 0) return false;
  for (let index = 0; index < values.length; index += 2) {
    const start = values[index] ?? -1;
    if (start < 0 || (values[index + 1] ?? -1) < start) return false;
  }
  return true;
}

/** Are these `breaks` of a document: whole offsets, ascending? */
export function areBreaks(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  let last = -1;
  for (const offset of value as unknown[]) {
    if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < Math.max(last, 0)) return false;
    last = offset;
  }
  return true;
}
