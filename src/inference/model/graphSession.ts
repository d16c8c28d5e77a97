// One ONNX Runtime session over a model file: named int64 tensors in, float32 tensors out.
import type * as OnnxRuntime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { AppError } from '../../shared/errors';

export interface Int64Input {
  /** Row-major values. */
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

export interface FloatOutput {
  /** Row-major values; fp16 outputs are widened. */
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export interface SessionOptions {
  /** Threads within one operator; 0 lets ONNX Runtime choose. */
  readonly threads: number;
}

type Runtime = typeof OnnxRuntime;

export class GraphSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];

  private constructor(
    private readonly runtime: Runtime,
    private readonly session: InferenceSession,
  ) {
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
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
      throw memoryError(cause) ?? graphError(file, cause);
    }
  }

  /**
   * Runs the graph once. Safe to call while another run is under way.
   * @param outputs Names of the outputs wanted; the others are not computed where the graph allows it. All if absent.
   * @throws AppError inference-failed, out-of-memory.
   */
  async run(
    feeds: Readonly<Record<string, Int64Input>>,
    outputs: readonly string[] = this.outputNames,
  ): Promise<Record<string, FloatOutput>> {
    const { Tensor } = this.runtime;
    const tensors: Record<string, Tensor> = {};
    for (const name of this.inputNames) {
      const input = feeds[name] ?? this.zeroTypes(name, feeds);
      tensors[name] = new Tensor('int64', input.data, input.dims);
    }
    let results: InferenceSession.OnnxValueMapType;
    try {
      results = await this.session.run(tensors, [...outputs]);
    } catch (cause) {
      throw (
        memoryError(cause) ??
        new AppError('inference-failed', `The model failed on a document: ${firstLine(cause)}.`, { cause })
      );
    }
    const read: Record<string, FloatOutput> = {};
    for (const name of outputs) {
      const tensor = results[name];
      if (tensor === undefined) throw new AppError('inference-failed', `The model gave no output "${name}".`);
      read[name] = { data: toFloat32(tensor), dims: tensor.dims };
    }
    return read;
  }

  /** Frees the native memory; the session must not be used afterwards. */
  async release(): Promise<void> {
    await this.session.release();
  }

  /** token_type_ids are always 0 in GLiClass; some exports still ask for them. */
  private zeroTypes(name: string, feeds: Readonly<Record<string, Int64Input>>): Int64Input {
    const ids = feeds['input_ids'];
    if (name === 'token_type_ids' && ids) return { data: new BigInt64Array(ids.data.length), dims: ids.dims };
    throw new AppError('inference-failed', `The model wants an input "${name}" that GLiTag does not know.`);
  }
}

/** Loaded late, so that a native module that cannot be loaded is a message and not a child that never starts. */
async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw new AppError(
      'native-load-failed',
      `ONNX Runtime cannot be loaded on this machine (${process.platform}-${process.arch}): ${firstLine(cause)}.`,
      { cause },
    );
  }
}

function toFloat32(tensor: Tensor): Float32Array {
  const data: unknown = tensor.data;
  if (data instanceof Float32Array) return data;
  // float16 arrives as Float16Array where the engine has it, else as its bits in a Uint16Array.
  if (data instanceof Uint16Array && tensor.type === 'float16') return Float32Array.from(data, halfToFloat);
  if (ArrayBuffer.isView(data) && (tensor.type === 'float16' || tensor.type === 'float64'))
    return Float32Array.from(data as unknown as ArrayLike<number>);
  throw new AppError('model-graph-invalid', `The model gives ${tensor.type} values where floats are expected.`);
}

/** The value of an IEEE 754 half-precision number, given its bits. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function graphError(file: string, cause: unknown): AppError {
  return new AppError(
    'model-graph-invalid',
    `ONNX Runtime cannot load ${file}: ${firstLine(cause)}. Put a whole ONNX export of the model there.`,
    { cause },
  );
}

function memoryError(cause: unknown): AppError | undefined {
  const text = cause instanceof Error ? cause.message : String(cause);
  // ONNX Runtime has no error codes in JavaScript; its allocators all say one of these.
  if (!/bad_alloc|Failed to allocate memory|out of memory/i.test(text)) return undefined;
  return new AppError(
    'out-of-memory',
    'There was not enough memory for the model. Lower the tokens per pass, or close other programs.',
    { cause },
  );
}

function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.split('\n')[0] ?? '').trim().replace(/\.$/, '');
}
