// What every way of running a graph has in common: named int64 tensors in, float32 tensors out.
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

/** A loaded ONNX graph: one session of this thread (GraphSession), or several in threads of their own (LanePool). */
export interface Graph {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Version of the ONNX Runtime that runs it; empty where it does not say. */
  readonly runtimeVersion: string;
  /**
   * Runs the graph once.
   * @param outputs Names of the outputs wanted; the others are not computed where the graph allows it. All if absent.
   * @throws AppError inference-failed, out-of-memory.
   */
  run(feeds: Readonly<Record<string, Int64Input>>, outputs?: readonly string[]): Promise<Record<string, FloatOutput>>;
  release(): Promise<void>;
}

/** What ONNX Runtime gives for an output, or what is left of it after a trip between threads. */
export interface RawOutput {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** The inputs that the graph wants, in full: token_type_ids are always 0 in GLiClass, yet some exports ask for them. */
export function completeFeeds(
  inputNames: readonly string[],
  feeds: Readonly<Record<string, Int64Input>>,
): Record<string, Int64Input> {
  const complete: Record<string, Int64Input> = {};
  for (const name of inputNames) {
    const ids = feeds['input_ids'];
    const feed =
      feeds[name] ??
      (name === 'token_type_ids' && ids ? { data: new BigInt64Array(ids.data.length), dims: ids.dims } : undefined);
    if (!feed) throw new AppError('inference-failed', `The model wants an input "${name}" that GLiTag does not know.`);
    complete[name] = feed;
  }
  return complete;
}

/** @throws AppError inference-failed where an output is missing; model-graph-invalid where it is not of floats. */
export function readOutputs(
  names: readonly string[],
  outputs: Readonly<Record<string, RawOutput>>,
): Record<string, FloatOutput> {
  const read: Record<string, FloatOutput> = {};
  for (const name of names) {
    const output = outputs[name];
    if (output === undefined) throw new AppError('inference-failed', `The model gave no output "${name}".`);
    read[name] = { data: toFloat32(output), dims: output.dims };
  }
  return read;
}

/** @throws AppError inference-failed where the graph answers for fewer rows than it was given: the others would get numbers of nothing. */
export function checkRows(given: number, { dims }: FloatOutput): void {
  const [answered = 0] = dims;
  if (answered < given)
    throw new AppError(
      'inference-failed',
      `The model answered for ${answered} of ${given} texts. Export it again with any number of texts.`,
    );
}

function toFloat32({ type, data }: RawOutput): Float32Array {
  if (data instanceof Float32Array) return data;
  // float16 arrives as Float16Array where the engine has it, else as its bits in a Uint16Array.
  if (data instanceof Uint16Array && type === 'float16') return Float32Array.from(data, halfToFloat);
  if (ArrayBuffer.isView(data) && (type === 'float16' || type === 'float64'))
    return Float32Array.from(data as unknown as ArrayLike<number>);
  throw new AppError('model-graph-invalid', `The model gives ${type} values where floats are expected.`);
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
