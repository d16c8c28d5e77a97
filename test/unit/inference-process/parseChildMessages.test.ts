import * as v8 from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChildMessage, HostMessage } from '../../../src/shared/childMessages';
import { parseChildMessage, parseHostMessage } from '../../../src/shared/parseChildMessages';

const task = {
  labels: ['a', 'b'],
  mode: 'single-label',
  prompt: 'p',
  examples: [
    { text: 't', labels: ['a'] },
    { text: '', labels: [], rejected: ['b'], kept: { hash: 'a'.repeat(64), vectors: Float32Array.of(1, -2) } },
  ],
} as const;
const vectors = { values: Float32Array.of(1, -2), spans: Int32Array.of(0, 4) };
const model = {
  name: 'm',
  hash: 'h',
  architecture: 'uni-encoder',
  graph: 'dynamic',
  maxTokens: 512,
  maxLabels: null,
  defaultThreshold: 0.5,
  vectorSize: 2,
  capabilities: { examples: 'native', prompt: 'emulated', keepsVectors: true },
} as const;
const file = { path: '/m/config.json', size: 3, mtimeMs: 1.5, ctimeMs: 2.5, inode: 4 } as const;
const scores = {
  ok: true,
  id: 'd',
  scores: Float32Array.of(0.1, 0.9),
  evidence: Int32Array.of(0, 4, 3, 3),
  chunkCount: 1,
  vectors,
} as const;

const hostMessages: HostMessage[] = [
  { type: 'load', id: 1, folder: '/m', threads: 0, maxBatchTokens: 4096 },
  {
    type: 'classify',
    id: 2,
    documents: [{ id: 'd', text: 'text', breaks: [0, 2, 2], nearestExamples: [1, 0] }],
    task,
    chunkTokens: null,
    vectors: true,
  },
  { type: 'rescore', id: 3, documents: [{ id: 'd', vectors }], task },
  { type: 'labels', id: 3, task },
  { type: 'verify', id: 4, folder: '/m', goldenFile: null },
  { type: 'cancel', id: 4 },
  { type: 'shutdown' },
];
const childMessages: ChildMessage[] = [
  { type: 'ready', id: 1, model, files: [file], rssBytes: 1 },
  {
    type: 'scores',
    id: 2,
    outcomes: [scores, { ok: false, id: 'e', code: 'inference-failed', message: 'no' }],
    rssBytes: 1,
  },
  {
    type: 'verified',
    id: 3,
    report: {
      cases: 1,
      batches: 1,
      idMismatches: 0,
      resultMismatches: 0,
      maxLogitDiff: Infinity,
      maxProbDiff: 0,
      details: ['x'],
    },
    rssBytes: 1,
  },
  { type: 'progress', id: 4, done: 0, current: null, rssBytes: 1 },
  { type: 'failed', id: 0, code: 'child-crashed', message: 'why' },
  { type: 'log', level: 'warn', message: 'words' },
];

/** What the channel makes of a message. */
function sent(message: unknown): unknown {
  return v8.deserialize(v8.serialize(message)) as unknown;
}

describe('messages pass unchanged', () => {
  test.each(hostMessages)('host $type', (message) => {
    expect(parseHostMessage(sent(message))).toEqual(message);
  });
  test.each(childMessages)('child $type', (message) => {
    expect(parseChildMessage(sent(message))).toEqual(message);
  });
});

/** All ways to spoil one value somewhere in the message. */
function spoiled(value: unknown): unknown[] {
  if (ArrayBuffer.isView(value)) return [[...(value as Float32Array)], null, new Uint8Array(4)];
  if (Array.isArray(value))
    return value.flatMap((entry, index) => spoiled(entry).map((bad) => value.with(index, bad) as unknown));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return [
      ...entries.flatMap(([key, entry]) => spoiled(entry).map((bad) => ({ ...value, [key]: bad }))),
      ...entries.filter(([key]) => !optional.includes(key)).map(([key]) => ({ ...value, [key]: undefined })),
      { ...value, unexpected: 1 },
    ];
  }
  // No value is right both as what it was and as a symbol of something else.
  return [{}, typeof value === 'string' ? 1 : 'wrong', NaN];
}
const optional = ['prompt', 'breaks', 'nearestExamples', 'rejected', 'kept', 'vectors'];

test.each([...hostMessages, ...childMessages])('$type with anything wrong in it is refused', (message) => {
  const parse = hostMessages.includes(message as HostMessage) ? parseHostMessage : parseChildMessage;
  const wrong = spoiled(message).filter((bad) => JSON.stringify(bad) !== JSON.stringify(message));
  // `current` and `goldenFile` may be any string.
  for (const bad of wrong.filter((each) => !isStillRight(each)))
    expect(() => parse(sent(bad)), JSON.stringify(bad)).toThrow(
      expect.objectContaining({ name: 'AppError', code: 'child-protocol' }),
    );
});

/** Nullable strings: a spoiled null is a string, which is right again; an infinite or NaN difference is a finding. */
function isStillRight(bad: unknown): boolean {
  const message = bad as { current?: unknown; goldenFile?: unknown; report?: Record<string, unknown> };
  return (
    message.current === 'wrong' ||
    message.goldenFile === 'wrong' ||
    Number.isNaN(message.report?.['maxLogitDiff']) ||
    Number.isNaN(message.report?.['maxProbDiff'])
  );
}

describe('values of typed arrays', () => {
  const withScores = (change: object): unknown => ({
    type: 'scores',
    id: 1,
    outcomes: [{ ...scores, ...change }],
    rssBytes: 1,
  });
  test.each([
    ['NaN', { scores: Float32Array.of(0.5, NaN) }],
    ['infinite', { scores: Float32Array.of(Infinity, 0) }],
    ['negative', { scores: Float32Array.of(-0.1, 0) }],
    ['above one', { scores: Float32Array.of(1.1, 0) }],
    ['Float64Array', { scores: Float64Array.of(0.5, 0.5) }],
    ['odd spans', { evidence: Int32Array.of(0, 1, 2) }],
    ['negative span', { evidence: Int32Array.of(-1, 1, 2, 3) }],
    ['backward span', { evidence: Int32Array.of(2, 1, 2, 3) }],
    ['NaN in vectors', { vectors: { values: Float32Array.of(NaN, 1), spans: Int32Array.of(0, 1) } }],
    ['infinite vectors', { vectors: { values: Float32Array.of(-Infinity, 1), spans: Int32Array.of(0, 1) } }],
  ])('%s is refused', (_, change) => {
    expect(() => parseChildMessage(withScores(change))).toThrow(/malformed/);
  });

  test('a rounding step above one is a probability', () => {
    const message = withScores({ scores: Float32Array.of(1 + 2 ** -23, 0) });
    expect(parseChildMessage(message)).toEqual(message);
  });

  test.each([[[2, 1]], [[-1]], [[0.5]], [['0']], [{ 0: 1 }]])('breaks %j are refused', (breaks) => {
    const message = { type: 'classify', id: 1, documents: [{ id: 'd', text: 't', breaks }], task };
    expect(() => parseHostMessage({ ...message, chunkTokens: null, vectors: false })).toThrow(/malformed/);
  });
});

test('whatever comes is a message or an AppError, and the error quotes nothing', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      for (const parse of [parseHostMessage, parseChildMessage]) {
        try {
          parse(value);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AppError', code: 'child-protocol' });
        }
      }
    }),
  );
  const secret = 'Nightingale';
  const bad = { type: 'classify', id: 1, documents: [{ id: secret, text: [secret] }], task };
  expect(() => parseHostMessage(bad)).toThrow(/^(?!.*Nightingale).*documents\.0\.text/);
});
