// One ONNX Runtime session in this thread. A run blocks the thread (see lanes/laneSource.ts); verification and tools use it.
import type * as OnnxRuntime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { completeFeeds, readOutputs } from './graph';
import type { FloatOutput, Graph, Int64Input } from './graph';
import { graphError, passError, runtimeError } from './graphErrors';
import { withoutTelemetry } from './noTelemetry';

export type { FloatOutput, Int64Input } from './graph';

export interface SessionOptions {
  /** Threads within one operator; 0 lets ONNX Runtime choose. */
  readonly threads: number;
}

type Runtime = typeof OnnxRuntime;

export class GraphSession implements Graph {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly runtimeVersion: string;

  private constructor(
    private readonly runtime: Runtime,
    private readonly session: InferenceSession,
  ) {
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
    this.runtimeVersion = runtime.env.versions.node ?? '';
  }

  /** @throws AppError native-load-failed, model-graph-invalid, out-of-memory. */
  static async open(file: string, options: SessionOptions): Promise<GraphSession> {
    const runtime = await loadRuntime();
    try {
      const session = await runtime.InferenceSession.create(file, {
        executionProviders: ['cpu'],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
      });
      return new GraphSession(runtime, session);
    } catch (cause) {
      throw graphError({ file, provider: 'cpu' }, cause);
    }
  }

  async run(
    feeds: Readonly<Record<string, Int64Input>>,
    outputs: readonly string[] = this.outputNames,
  ): Promise<Record<string, FloatOutput>> {
    const tensors: Record<string, Tensor> = {};
    for (const [name, input] of Object.entries(completeFeeds(this.inputNames, feeds)))
      tensors[name] = new this.runtime.Tensor('int64', input.data, input.dims);
    let results: InferenceSession.OnnxValueMapType;
    try {
      results = await this.session.run(tensors, [...outputs]);
    } catch (cause) {
      throw passError(cause);
    }
    return readOutputs(outputs, results);
  }

  /** Frees the native memory; the session must not be used afterwards. */
  async release(): Promise<void> {
    await this.session.release();
  }
}

/** Loaded late, so that a native module that cannot be loaded is a message and not a child that never starts. */
async function loadRuntime(): Promise<Runtime> {
  withoutTelemetry();
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw runtimeError(cause);
  }
}
