// Bare ONNX Runtime: threads with a session each that take prepared passes from one list, and do nothing else.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Feeds } from '../../src/inference/pipeline/batchFeeds';

const source = `
const { parentPort, workerData } = require('node:worker_threads');
const { runtime, file, threads, passes, next, output } = workerData;
const { InferenceSession, Tensor } = require(runtime);
const tensors = passes.map((feeds) =>
  Object.fromEntries(Object.entries(feeds).map(([name, { data, dims }]) => [name, new Tensor('int64', data, dims)])),
);
InferenceSession.create(file, { intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all' }).then(
  (session) => {
    parentPort.on('message', async () => {
      for (let at = Atomics.add(next, 0, 1); at < tensors.length; at = Atomics.add(next, 0, 1))
        await session.run(tensors[at], [output]);
      parentPort.postMessage('done');
    });
    parentPort.postMessage('ready');
  },
);
`;

export class RawPasses {
  private constructor(
    private readonly workers: readonly Worker[],
    private readonly next: Int32Array,
  ) {}

  static async start(
    file: string,
    plan: { readonly lanes: number; readonly threads: number },
    passes: readonly Feeds[],
    output: string,
  ): Promise<RawPasses> {
    const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
    const next = new Int32Array(new SharedArrayBuffer(4));
    const workerData = { runtime, file, threads: plan.threads, passes, next, output };
    const workers = Array.from({ length: plan.lanes }, () => new Worker(source, { eval: true, workerData }));
    await Promise.all(workers.map(answered));
    return new RawPasses(workers, next);
  }

  /** Runs all passes once. */
  async run(): Promise<void> {
    this.next[0] = 0;
    const done = this.workers.map(answered);
    for (const worker of this.workers) worker.postMessage('go');
    await Promise.all(done);
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

async function answered(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => {
      worker.off('error', reject);
      resolve();
    });
    worker.once('error', reject);
  });
}
