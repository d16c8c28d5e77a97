// Writes tiny ONNX files byte by byte, for graphs that no exporter would make.

type Bytes = readonly number[];

export interface WrittenGraph {
  readonly inputs: readonly string[];
  /** Name, and sizes of the axes; null is free. */
  readonly outputs: readonly WrittenOutput[];
  readonly nodes: readonly WrittenNode[];
  readonly weights?: readonly WrittenWeight[];
}

export interface WrittenOutput {
  readonly name: string;
  readonly dims: readonly (number | null)[];
  /** float32 where absent. */
  readonly type?: 'float32' | 'float16';
}

export interface WrittenNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** com.microsoft where it is not ONNX's own. */
  readonly domain?: string;
  /** Integer attributes, and lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface WrittenWeight {
  readonly name: string;
  readonly dims: readonly number[];
  /** float32 where absent. */
  readonly type?: 'float32' | 'uint8' | 'int8' | 'int64';
  /** Values here, or the file that holds them; `decoy` is written before it, as what the last location overrides. */
  readonly values: readonly number[] | { readonly location: string; readonly decoy?: string };
}

const int64Type = 7;
const floatType = 1;
const halfType = 10;
const weightTypes = { float32: floatType, uint8: 2, int8: 3, int64: int64Type } as const;
const arrays = { float32: Float32Array, uint8: Uint8Array, int8: Int8Array } as const;

/** A whole model (IR 8, opset 17). Inputs are int64 [rows, tokens], outputs and weights float32. */
export function writeOnnx(graph: WrittenGraph): Buffer {
  const body = [
    ...graph.nodes.flatMap((node) => field(1, nodeBytes(node))),
    ...text(2, 'graph'),
    ...(graph.weights ?? []).flatMap((weight) => field(5, weightBytes(weight))),
    ...graph.inputs.flatMap((name) => field(11, valueBytes(name, int64Type, [null, null]))),
    ...graph.outputs.flatMap(({ name, dims, type }) =>
      field(12, valueBytes(name, type === 'float16' ? halfType : floatType, dims)),
    ),
  ];
  const microsoft = field(8, [...text(1, 'com.microsoft'), ...number(2, 1)]);
  return Buffer.from([...number(1, 8), ...field(7, body), ...field(8, number(2, 17)), ...microsoft]);
}

/** A file whose graph holds a graph in an attribute of a node, and so on. */
export function nestedOnnx(depth: number): Buffer {
  let graph: Bytes = [];
  for (let level = 0; level < depth; level++) graph = field(1, field(5, field(6, graph)));
  return Buffer.from([...field(7, graph)]);
}

/** A file whose field number is only right for readers that keep 32 bits of it. */
export function wideTagOnnx(): Buffer {
  return Buffer.from([...varint(2 ** 32 + 7 * 8 + 2), 0]);
}

function nodeBytes(node: WrittenNode): Bytes {
  const attributes = Object.entries(node.attributes ?? {}).flatMap(([name, value]) =>
    field(5, [
      ...text(1, name),
      ...(typeof value === 'number'
        ? [...number(3, value), ...number(20, 2)]
        : [...value.flatMap((each) => number(8, each)), ...number(20, 7)]),
    ]),
  );
  return [
    ...node.inputs.flatMap((name) => text(1, name)),
    ...node.outputs.flatMap((name) => text(2, name)),
    ...text(4, node.operator),
    ...attributes,
    ...(node.domain === undefined ? [] : text(7, node.domain)),
  ];
}

function weightBytes({ name, dims, values, type = 'float32' }: WrittenWeight): Bytes {
  const head = [...dims.flatMap((dim) => number(1, dim)), ...number(2, weightTypes[type]), ...text(8, name)];
  if ('location' in values) {
    const decoy = values.decoy === undefined ? [] : [...text(1, 'length'), ...text(2, values.decoy)];
    const entry = [...decoy, ...text(1, 'location'), ...text(2, values.location)];
    return [...head, ...field(13, entry), ...number(14, 1)];
  }
  const numbers = type === 'int64' ? BigInt64Array.from(values, BigInt) : arrays[type].from(values);
  return [...head, ...field(9, [...Buffer.from(numbers.buffer)])];
}

function valueBytes(name: string, type: number, dims: readonly (number | null)[]): Bytes {
  const shape = dims.flatMap((dim, index) => field(1, dim === null ? text(2, `${name}${index}`) : number(1, dim)));
  return [...text(1, name), ...field(2, field(1, [...number(1, type), ...field(2, shape)]))];
}

function field(tag: number, bytes: Bytes): Bytes {
  return [...varint(tag * 8 + 2), ...varint(bytes.length), ...bytes];
}

function text(tag: number, value: string): Bytes {
  return field(tag, [...Buffer.from(value)]);
}

function number(tag: number, value: number): Bytes {
  return [...varint(tag * 8), ...varint(value)];
}

function varint(value: number): Bytes {
  // Negative numbers are written as the 64 bits of their complement.
  if (value < 0) return [...varint64(BigInt.asUintN(64, BigInt(value)))];
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function* varint64(value: bigint): Generator<number> {
  for (; value >= 128n; value >>= 7n) yield Number(value & 127n) + 128;
  yield Number(value);
}

/** logits[b, k] = (sum of the row's ids) * w[k]: always 25 slots, though the shape says otherwise. */
export function fixedGraph(values: readonly number[] | { readonly location: string }): Buffer {
  return writeOnnx({
    inputs: ['input_ids', 'attention_mask'],
    outputs: [{ name: 'logits', dims: [null, null] }],
    nodes: [
      { operator: 'Cast', inputs: ['input_ids'], outputs: ['floats'], attributes: { to: 1 } },
      { operator: 'ReduceMax', inputs: ['floats'], outputs: ['row'], attributes: { keepdims: 1 } },
      { operator: 'Mul', inputs: ['row', 'w'], outputs: ['logits'] },
    ],
    weights: [{ name: 'w', dims: [1, 25], values }],
  });
}
