// Replies that cannot be true kill the child, and nothing that it says brings document text into the log.
import { expect, test } from 'vitest';
import { ChildHarness, documentsOf, task } from '../support/childClient';

const lies = [
  'text',
  'null',
  'type',
  'extra',
  'id',
  'rows',
  'order',
  'labels',
  'nan',
  'range',
  'array',
  'behind',
  'backwards',
  'vectors',
  'kind',
  'code',
  'dropped',
  'progress',
];

test.each(lies)('a reply with wrong "%s" kills the child and is not believed', async (lie) => {
  const harness = new ChildHarness({}, { timings: { crashLimit: 100 } });
  const outcomes = await harness.client.classify(documentsOf(`#lie-${lie}`, 'an honest and longer text'), task);
  expect(outcomes).toMatchObject([
    { ok: false, code: 'document-poison' },
    { ok: true, id: 'd1' },
  ]);
  expect(harness.eventsLike(/^load/)).toHaveLength(3);
  expect(harness.logged.filter((line) => line.includes('It is killed'))).toHaveLength(2);
});

test('a malformed ready kills the child', async () => {
  const harness = new ChildHarness({ load: 'garbage' }, { timings: { crashLimit: 3 } });
  await expect(harness.client.describe()).rejects.toMatchObject({ code: 'child-stopped' });
  expect(harness.eventsLike(/^load/)).toHaveLength(3);
});

test('vectors come when asked for, as arrays of their own', async () => {
  const { client } = new ChildHarness();
  const [outcome] = await client.classify(documentsOf('four'), task, { vectors: true });
  expect(outcome).toMatchObject({ vectors: { values: Float32Array.of(0.5, 4), spans: Int32Array.of(0, 4) } });
  if (!outcome?.ok || !outcome.vectors) throw new Error('no vectors');
  expect(outcome.vectors.values.buffer.byteLength).toBe(8);
});

test('labels are asked for once a task, and kept vectors are scored without sending them', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  const kept = { id: 'kept', vectors: { values: Float32Array.of(0.5, 9, -0.5, 9), spans: Int32Array.of(0, 3, 4, 8) } };
  const scores = Float32Array.from([1, 2, 3], (logit) => 1 / (1 + Math.exp(-logit)));
  for (let call = 0; call < 2; call++) {
    const [outcome, bad] = await client.rescore(
      [kept, { ...kept, id: 'bad', vectors: { ...kept.vectors, spans: Int32Array.of(0, 3) } }],
      task,
    );
    expect(outcome).toEqual({ ok: true, id: 'kept', scores, evidence: Int32Array.of(0, 3, 0, 3, 0, 3), chunkCount: 2 });
    expect(bad).toMatchObject({ ok: false, id: 'bad', code: 'input-invalid' });
  }
  expect(harness.eventsLike(/^start (labels|rescore)/)).toEqual(['start labels ']);
  await client.rescore([kept], { ...task });
  expect(harness.eventsLike(/^start labels/)).toHaveLength(2);
  // What each document leaves out is the child's to work out.
  const [left] = await client.rescore([{ ...kept, without: [] }], task);
  expect(left).toMatchObject({ ok: true, scores: Float32Array.of(1 / 2, 1 / 3, 1 / 4) });
  expect(harness.eventsLike(/^start rescore/)).toHaveLength(1);
  expect(await client.rescore([], { ...task })).toEqual([]);
  expect(harness.eventsLike(/^start labels/)).toHaveLength(2);
});

test('what is wrong with the labels fails the call', async () => {
  const harness = new ChildHarness({}, { timings: { crashLimit: 100 } });
  const { client } = harness;
  const kept = [{ id: 'kept', vectors: { values: Float32Array.of(0.5, 9), spans: Int32Array.of(0, 3) } }];
  await expect(client.rescore(kept, { ...task, prompt: '#refuse' })).rejects.toMatchObject({ code: 'labels-cut' });
  expect(harness.eventsLike(/^load/)).toHaveLength(1);
  for (const prompt of ['#crash', '#lie']) {
    const failed = client.rescore(kept, { ...task, prompt });
    await expect(failed).rejects.toMatchObject({ code: 'document-poison', message: /labels of this set/ });
  }
  expect(harness.eventsLike(/^load/)).toHaveLength(5);
  const aborted = client.rescore(kept, { ...task }, { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
  expect(await client.rescore(kept, task)).toMatchObject([{ ok: true }]);
});

const secret = 'the merger with Example Corp closes on Friday';

test.each(['#stderr', '#log', '#uncaught'])('document text does not reach the log by way of %s', async (word) => {
  const harness = new ChildHarness({}, { timings: { crashLimit: 100 } });
  await harness.client.classify(documentsOf(`${secret} ${word}`), task);
  await harness.client.dispose();
  const log = harness.logged.join('\n');
  expect(log).toContain('withheld');
  for (const piece of ['merger', 'Example', 'Friday']) expect(log).not.toContain(piece);
  if (word === '#stderr') expect(log).toContain('child stderr: a harmless line');
});
