// Program of a lane: a thread that holds one ONNX Runtime session and answers one pass at a time.
// Source, not a file: the child is bundled into one. A thread is needed because onnxruntime-node's `run` is synchronous
// behind its promise: it blocks the thread that calls it (onnxruntime-node 1.30, dist/backend.js).

export interface LaneData {
  /** Resolved path of the onnxruntime-node package. */
  readonly runtime: string;
}

/** The first message. */
export interface LaneModel {
  readonly file: string;
  readonly threads: number;
  /** An execution provider, in ONNX Runtime's words. */
  readonly provider: string;
}

export interface LaneInput {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

export interface LaneRequest {
  readonly feeds: Readonly<Record<string, LaneInput>>;
  readonly outputs: readonly string[];
}

export interface LaneOutput {
  /** Element type in ONNX Runtime's words, such as float32 or float16. */
  readonly type: string;
  readonly data: ArrayBufferView;
  readonly dims: readonly number[];
}

export type LaneReply =
  | {
      readonly type: 'ready';
      readonly inputNames: readonly string[];
      readonly outputNames: readonly string[];
      readonly runtimeVersion: string;
    }
  | { readonly type: 'done'; readonly outputs: Readonly<Record<string, LaneOutput>> }
  /** `stage`: what failed, the native module, the execution provider (`message`: those that are there), the model file or a pass. */
  | { readonly type: 'failed'; readonly stage: 'runtime' | 'provider' | 'graph' | 'pass'; readonly message: string };

export const laneSource = `
const { parentPort, workerData } = require('node:worker_threads');
const fail = (stage, error) =>
  parentPort.postMessage({ type: 'failed', stage, message: error instanceof Error ? error.message : String(error) });

// At once, before it is known which model it is to run.
let runtime;
let broken;
try {
  runtime = require(workerData.runtime);
} catch (error) {
  broken = error;
}

async function run(session, request) {
  const feeds = {};
  for (const [name, input] of Object.entries(request.feeds))
    feeds[name] = new runtime.Tensor('int64', input.data, input.dims);
  const results = await session.run(feeds, request.outputs);
  const outputs = {};
  for (const name of request.outputs) {
    const tensor = results[name];
    // Copied: ONNX Runtime owns the memory and may use it again.
    outputs[name] = { type: tensor.type, data: tensor.data.slice(), dims: [...tensor.dims] };
  }
  parentPort.postMessage({ type: 'done', outputs }, Object.values(outputs).map((output) => output.data.buffer));
}

async function open({ file, threads, provider }) {
  if (!runtime) {
    fail('runtime', broken);
    return;
  }
  const there = runtime.listSupportedBackends().map(({ name }) => name);
  if (!there.includes(provider)) {
    fail('provider', there.join(', '));
    return;
  }
  let session;
  try {
    session = await runtime.InferenceSession.create(file, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch (error) {
    fail('graph', error);
    return;
  }
  parentPort.on('message', (request) => run(session, request).catch((error) => fail('pass', error)));
  parentPort.postMessage({
    type: 'ready',
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    runtimeVersion: runtime.env.versions.node ?? '',
  });
}

parentPort.once('message', open);
`;
