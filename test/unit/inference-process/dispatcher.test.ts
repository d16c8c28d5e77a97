import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Call } from '../../../src/inference/process/call';
import type { RequestMessage } from '../../../src/inference/process/checkReply';
import { Dispatcher } from '../../../src/inference/process/dispatcher';
import { defaultTimings } from '../../../src/inference/process/timings';
import type { DocumentOutcome, KeptDocument, ModelDescription } from '../../../src/shared/classifier';

const task = { labels: ['a'], mode: 'multi-label', examples: [] } as const;
const model: ModelDescription = {
  name: 'm',
  hash: 'h',
  architecture: 'a',
  graph: 'g',
  maxTokens: 1,
  maxLabels: null,
  defaultThreshold: 0.5,
  vectorSize: null,
  capabilities: { examples: 'none', prompt: 'none', keepsVectors: false },
};
type Classify = Extract<RequestMessage, { type: 'classify' }>;

function callOf(texts: readonly string[], priority: 'interactive' | 'background', onProgress?: (done: number) => void) {
  const documents = texts.map((text, index) => ({ id: `${index}`, text }));
  const input = { kind: 'classify', documents, chunkTokens: null, vectors: true } as const;
  return new Call(input, { task, priority, onProgress: onProgress ?? null });
}

function scoresOf(request: Classify): DocumentOutcome[] {
  return request.documents.map(({ id, text }) => ({
    ok: true,
    id,
    scores: Float32Array.of(text.length % 2),
    evidence: Int32Array.of(0, text.length),
    chunkCount: 1,
  }));
}

describe('whatever dies, every document gets one outcome, in order, and only the poison fails', () => {
  const texts = fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 1,
    maxLength: 40,
  });
  const calls = fc.array(fc.record({ texts, interactive: fc.boolean() }), { minLength: 1, maxLength: 4 });
  // What happens at each step: 0 the head is answered, 1 innocent death, 2 preemption, 3 the head fails as a whole.
  const steps = fc.infiniteStream(fc.constantFrom(0, 0, 0, 0, 1, 2, 3));

  test('property', async () => {
    await fc.assert(
      fc.asyncProperty(calls, steps, async (specs, happenings) => {
        const dispatcher = new Dispatcher(defaultTimings);
        const all = specs.map((spec, index) => {
          // Length makes texts differ; the word decides what the document does.
          const words = spec.texts.map(([length, kind], at) =>
            `${kind === 0 ? 'poison' : kind === 1 ? 'bad' : 'good'} ${index} ${at} `.padEnd(length, '.'),
          );
          return callOf(words, spec.interactive ? 'interactive' : 'background');
        });
        for (const call of all) dispatcher.add(call);
        let id = 0;
        let inFlight: Classify[] = [];
        const isBad = (word: string) => (request: Classify) =>
          request.documents.some(({ text }) => text.startsWith(word));
        for (let step = 0; !dispatcher.isEmpty; step++) {
          expect(step).toBeLessThan(5000);
          while (inFlight.length < 2) {
            const next = dispatcher.next(++id, model);
            if (!next) break;
            expect(next.request).toMatchObject({ type: 'classify', vectors: false });
            inFlight.push(next.request as Classify);
          }
          const [head, ...others] = inFlight;
          if (!head) throw new Error('nothing is under way, and yet calls are open');
          const value = happenings.next().value as number;
          if (value === 1) {
            dispatcher.putBack(inFlight);
            inFlight = [];
          } else if (value === 2) {
            const taken = dispatcher.preempt(others);
            if (taken === null) continue;
            dispatcher.reply(taken, { type: 'failed', id: taken, code: 'cancelled', message: '' }, 1);
            inFlight = inFlight.filter((request) => request.id !== taken);
          } else if (isBad('poison')(head)) {
            dispatcher.putBack(others);
            dispatcher.blame(head, 'it died', null);
            inFlight = [];
          } else if (isBad('bad')(head)) {
            dispatcher.reply(head.id, { type: 'failed', id: head.id, code: 'inference-failed', message: 'bad' }, 1);
            inFlight = others;
          } else {
            dispatcher.reply(head.id, { type: 'scores', id: head.id, outcomes: scoresOf(head), rssBytes: 1 }, 20);
            inFlight = others;
          }
        }
        for (const [index, call] of all.entries()) {
          const outcomes = await call.finished;
          expect(outcomes.map((outcome) => (outcome.ok ? [outcome.id, 'ok'] : [outcome.id, outcome.code]))).toEqual(
            specs[index]!.texts.map(([, kind], at) => [
              `${at}`,
              kind === 0 ? 'document-poison' : kind === 1 ? 'inference-failed' : 'ok',
            ]),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('progress never goes back, and counts what is in flight', async () => {
  const seen: number[] = [];
  const call = callOf(['a', 'bb', 'ccc'], 'background', (done) => seen.push(done));
  const dispatcher = new Dispatcher(defaultTimings);
  dispatcher.add(call);
  const first = dispatcher.next(1, model)!.request as Classify;
  dispatcher.progress(1, 2);
  dispatcher.putBack([first]);
  const again = dispatcher.next(2, model)!.request as Classify;
  dispatcher.progress(2, 1);
  dispatcher.reply(2, { type: 'scores', id: 2, outcomes: scoresOf(again), rssBytes: 1 }, 1);
  await call.finished;
  await Promise.resolve();
  expect(seen).toEqual([2, 3]);
});

test('what comes back from a child that is gone is sent again in its order', () => {
  const dispatcher = new Dispatcher(defaultTimings);
  const lengths = [40_000, 41_000, 42_000];
  dispatcher.add(
    callOf(
      lengths.map((length) => 'z'.repeat(length)),
      'background',
    ),
  );
  const next = (id: number) => dispatcher.next(id, model)!.request as Classify;
  dispatcher.putBack([next(1), next(2)]);
  expect(
    [3, 4, 5].map((id) =>
      next(id)
        .documents.map((document) => document.id)
        .join(),
    ),
  ).toEqual(['0', '1', '2']);
});

test('only background work is taken back for a call that somebody waits for', () => {
  const dispatcher = new Dispatcher(defaultTimings);
  const sent = (['interactive', 'background'] as const).map((priority, at) => {
    dispatcher.add(callOf([priority], priority));
    return dispatcher.next(at, model)!.request;
  });
  expect(dispatcher.preempt(sent)).toBeNull();
  dispatcher.add(callOf(['now'], 'interactive'));
  expect([dispatcher.preempt(sent), dispatcher.preempt(sent)]).toEqual([1, null]);
});

test('copies of a document die one death together: one that goes through is believed', async () => {
  const dispatcher = new Dispatcher(defaultTimings);
  const call = callOf(['copy', 'copy', 'copy', 'poison!'], 'background');
  dispatcher.add(call);
  const first = dispatcher.next(1, model)!.request;
  expect(dispatcher.blame(first, 'it died', '3')).toBe(false);
  expect(call.pendingDocuments).toBe(4);
  const suspect = dispatcher.next(2, model)!.request;
  expect(suspect).toMatchObject({ documents: [{ id: '3' }] });
  expect(dispatcher.blame(suspect, 'it died', null)).toBe(true);
  for (let id = 3; !dispatcher.isEmpty; id++) {
    const request = dispatcher.next(id, model)!.request as Classify;
    dispatcher.reply(id, { type: 'scores', id, outcomes: scoresOf(request), rssBytes: 1 }, 1);
  }
  expect((await call.finished).map(({ ok }) => ok)).toEqual([true, true, true, false]);
});

test('after a known cause of death a probe goes first; copies of the cause are not sent again', async () => {
  const dispatcher = new Dispatcher(defaultTimings);
  const call = callOf(['poison', 'poison', 'also', 'z'.repeat(40_000)], 'background');
  dispatcher.add(call);
  dispatcher.blame(dispatcher.next(1, model)!.request, 'it died', '0');
  dispatcher.blame(dispatcher.next(2, model)!.request, 'it died', null);
  const sent: string[] = [];
  for (let id = 3; !dispatcher.isEmpty; id++) {
    const request = dispatcher.next(id, model)!.request as Classify;
    sent.push(request.documents.map((document) => document.id).join());
    dispatcher.reply(id, { type: 'scores', id, outcomes: scoresOf(request), rssBytes: 1 }, 1);
  }
  expect(sent).toEqual(['probe', '2', '3']);
  expect((await call.finished).map(({ ok }) => ok)).toEqual([false, false, true, true]);
});

test('documents of equal length go together, short ones first; the deadline grows with text and labels', () => {
  const dispatcher = new Dispatcher(defaultTimings);
  dispatcher.add(callOf(['z'.repeat(50_000), 'a', 'y'.repeat(40_000), 'bb'], 'background'));
  const first = dispatcher.next(1, model)!;
  expect((first.request as Classify).documents.map(({ id }) => id)).toEqual(['1', '3']);
  const second = dispatcher.next(2, model)!;
  expect((second.request as Classify).documents.map(({ id }) => id)).toEqual(['2']);
  expect(first.deadlineMs).toBe(60_000 + 2 * (1 + 3));
  expect(second.deadlineMs).toBe(60_000 + 2 * (1 + 40_000));
});

test('the same vectors are sent together, with time for the examples that are left out of each', () => {
  const vectors = { values: new Float32Array(384 * 400), spans: new Int32Array(800) };
  const documents = Array.from({ length: 300 }, (_, at) => ({ id: `${at}`, vectors, without: [at] }));
  const ask = (some: readonly KeptDocument[]) => {
    const dispatcher = new Dispatcher(defaultTimings);
    dispatcher.add(new Call({ kind: 'rescore', documents: some }, { task, priority: 'background', onProgress: null }));
    const sent = dispatcher.next(1, model);
    const request = sent?.request as Extract<RequestMessage, { type: 'rescore' }>;
    return { documents: request.documents.length, deadlineMs: sent?.deadlineMs ?? NaN };
  };
  const sent = ask(documents);
  expect(sent.documents).toBe(299);
  const alike = ask(documents.map(({ id }) => ({ id, vectors })));
  expect(sent.deadlineMs - alike.deadlineMs).toBe(299 * 50);
  const different = ask(documents.map((one) => ({ ...one, vectors: { ...vectors } })));
  expect(different.documents).toBe(1);
});
