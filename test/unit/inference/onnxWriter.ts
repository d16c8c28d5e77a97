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
  /** Integer attributes. */
  readonly attributes?: Readonly<Record<string, number>>;
}

export interface WrittenWeight {
  readonly name: string;
  readonly dims: readonly number[];
  /** Values here, or the file that holds them; `decoy` is written before it, as what the last location overrides. */
  readonly values: readonly number[] | { readonly location: string; readonly decoy?: string };
}

const int64Type = 7;
const floatType = 1;
const halfType = 10;

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
  return Buffer.from([...number(1, 8), ...field(7, body), ...field(8, number(2, 17))]);
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
    field(5, [...text(1, name), ...number(3, value), ...number(20, 2)]),
  );
  return [
    ...node.inputs.flatMap((name) => text(1, name)),
    ...node.outputs.flatMap((name) => text(2, name)),
    ...text(4, node.operator),
    ...attributes,
  ];
}

function weightBytes({ name, dims, values }: WrittenWeight): Bytes {
  const head = [...dims.flatMap((dim) => number(1, dim)), ...number(2, floatType), ...text(8, name)];
  if ('location' in values) {
    const decoy = values.decoy === undefined ? [] : [...text(1, 'length'), ...text(2, values.decoy)];
    const entry = [...decoy, ...text(1, 'location'), ...text(2, values.location)];
    return [...head, ...field(13, entry), ...number(14, 1)];
  }
  return [...head, ...field(9, [...Buffer.from(Float32Array.from(values).buffer)])];
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
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
