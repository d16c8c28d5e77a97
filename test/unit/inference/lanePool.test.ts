// What becomes of passes when threads of a pool end.
import fs from 'node:fs';
import path from 'node:path';
import { listSupportedBackends } from 'onnxruntime-node';
import { expect, onTestFinished, test } from 'vitest';
import type { Lane } from '../../../src/inference/lanes/lane';
import { LanePool } from '../../../src/inference/lanes/lanePool';
import { copyModel } from './modelCopies';

const feeds = {
  input_ids: { data: BigInt64Array.of(2n, 5n, 3n), dims: [1, 3] },
  attention_mask: { data: BigInt64Array.of(1n, 1n, 1n), dims: [1, 3] },
};

async function openPool(): Promise<{ pool: LanePool; lanes: () => readonly Lane[]; file: string; failed: unknown[] }> {
  const file = path.join(copyModel('uni-bert-first-simple'), 'model.onnx');
  const failed: unknown[] = [];
  const pool = await LanePool.open({ file, provider: 'cpu' }, { lanes: 2, threads: 1 }, (error) => failed.push(error));
  onTestFinished(() => pool.release());
  return { pool, lanes: () => (pool as unknown as { all: readonly Lane[] }).all, file, failed };
}

test('a lane whose thread ends while idle is replaced, and fails no pass', async () => {
  const { pool, lanes } = await openPool();
  const stopped = [...lanes()];
  await Promise.all(stopped.map((lane) => lane.stop()));
  await Promise.all(Array.from({ length: 6 }, () => pool.run(feeds)));
  // How many new lanes there are depends on how soon the first one is through.
  expect(lanes()).not.toHaveLength(0);
  expect(lanes().filter((lane) => stopped.includes(lane) || lane.isDead)).toEqual([]);
});

test('a thread that ends at work costs its own pass and no other', async () => {
  const { pool, lanes } = await openPool();
  const first = pool.run(feeds);
  const others = Promise.all(Array.from({ length: 6 }, () => pool.run(feeds)));
  await Promise.all([expect(first).rejects.toMatchObject({ code: 'inference-failed' }), lanes()[0]!.stop()]);
  await others;
});

test('where no lane can be started any more, passes fail and do not wait for ever', async () => {
  const { pool, lanes, file, failed } = await openPool();
  fs.rmSync(file);
  await lanes()[0]!.stop();
  await expect(Promise.all([pool.run(feeds), pool.run(feeds)])).rejects.toMatchObject({ code: 'model-graph-invalid' });
  await expect(pool.run(feeds)).rejects.toMatchObject({ code: 'model-graph-invalid' });
  expect(failed.length).toBeGreaterThan(0);
});

test('an execution provider that ONNX Runtime lacks is refused with those that it has', async () => {
  const file = path.join(copyModel('uni-bert-first-simple'), 'model.onnx');
  const opening = LanePool.open({ file, provider: 'qnnx' }, { lanes: 1, threads: 1 }, () => undefined);
  const there = listSupportedBackends().map(({ name }) => name);
  expect(there).toContain('cpu');
  await expect(opening).rejects.toMatchObject({
    code: 'model-unsupported',
    message: expect.stringMatching(new RegExp(`“qnnx”. It has: ${there.join(', ')}\\.`)) as string,
  });
});

test('one that cannot run the model here is told with its reason', async () => {
  const missing = listSupportedBackends().find(({ bundled }) => !bundled);
  // On some platforms all that there is comes with ONNX Runtime.
  if (!missing) return;
  const file = path.join(copyModel('uni-bert-first-simple'), 'model.onnx');
  const opening = LanePool.open({ file, provider: missing.name }, { lanes: 1, threads: 1 }, () => undefined);
  await expect(opening).rejects.toMatchObject({
    code: 'model-unsupported',
    message: expect.stringContaining(`The execution provider “${missing.name}” cannot run ${file}`) as string,
  });
});
