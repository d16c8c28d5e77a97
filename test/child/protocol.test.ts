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
  const [again] = await client.rescore([{ id: 'kept', vectors: outcome.vectors }], task);
  expect(again).toMatchObject({ ok: true, id: 'kept', scores: Float32Array.of(1 / 2, 1 / 3, 1 / 4) });
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
