// Reads what must be known of an ONNX file before ONNX Runtime gets it: inputs, outputs, operators, files it refers to.
// ONNX is a protobuf; only lengths are followed, weights are never read, so a file of gigabytes costs a few reads.
import fs from 'node:fs';
import { AppError } from '../../shared/errors';

/** Field numbers of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3). */
const fields = {
  model: { graph: 7, functions: 25 },
  graph: { node: 1, initializer: 5, input: 11, output: 12, sparseInitializer: 15 },
  function: { node: 7 },
  node: { opType: 4, attribute: 5 },
  attribute: { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparseTensor: 22, sparseTensors: 23 },
  sparseTensor: { values: 1, indices: 2 },
  tensor: { externalData: 13 },
  entry: { key: 1, value: 2 },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { shape: 2 },
  shape: { dim: 1 },
  dim: { value: 1 },
} as const;

/** Graphs within graphs; protobuf itself gives up at a hundred messages. */
const maxDepth = 100;

/** An input or output. `dims` holds the fixed sizes and null where a size is free. */
export interface GraphValue {
  readonly name: string;
  readonly dims: readonly (number | null)[];
}

export interface OnnxSummary {
  /** Real inputs: old exporters also list the weights, which are left out. */
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly operators: ReadonlySet<string>;
  /** `location` of every weight that is kept in another file, as written in the graph. */
  readonly externalLocations: ReadonlySet<string>;
}

/** What the model's own graph, unlike those within it, tells of itself. */
interface GraphParts {
  readonly inputs: GraphValue[];
  readonly outputs: GraphValue[];
  /** Names of its weights. */
  readonly weights: Set<string>;
}

/** A half-open range of the file. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface Field extends Range {
  readonly number: number;
  /** The number of a varint field; 0 for the others. */
  readonly varint: number;
}

/**
 * Reads the summary of an ONNX file.
 * @throws AppError model-graph-invalid where the file is not a whole ONNX file.
 */
export function readOnnxSummary(file: string): OnnxSummary {
  const descriptor = fs.openSync(file, 'r');
  try {
    return new OnnxReader(descriptor, file).summary();
  } finally {
    fs.closeSync(descriptor);
  }
}

class OnnxReader {
  private readonly size: number;
  /** Short, as what follows a jump over weights is short too. */
  private readonly window = Buffer.alloc(1 << 14);
  private windowStart = 0;
  private windowLength = 0;
  private depth = 0;
  private readonly operators = new Set<string>();
  private readonly externalLocations = new Set<string>();

  constructor(
    private readonly descriptor: number,
    private readonly file: string,
  ) {
    this.size = fs.fstatSync(descriptor).size;
  }

  summary(): OnnxSummary {
    const main: GraphParts = { inputs: [], outputs: [], weights: new Set() };
    let graphs = 0;
    for (const field of this.fieldsOf({ start: 0, end: this.size })) {
      if (field.number === fields.model.functions) this.readFunction(field);
      if (field.number !== fields.model.graph) continue;
      graphs++;
      this.readGraph(field, main);
    }
    if (graphs !== 1 || main.outputs.length === 0) throw this.broken('it is not an ONNX model');
    return {
      inputs: main.inputs.filter((input) => !main.weights.has(input.name)),
      outputs: main.outputs,
      operators: this.operators,
      externalLocations: this.externalLocations,
    };
  }

  /** In one go from start to end: the file is read while the user waits. */
  private readGraph(graph: Range, parts?: GraphParts): void {
    if (++this.depth > maxDepth) throw this.broken('its graphs are nested too deeply');
    for (const part of this.fieldsOf(graph)) {
      if (part.number === fields.graph.node) this.readNode(part);
      if (part.number === fields.graph.initializer) this.readTensor(part, parts?.weights);
      if (part.number === fields.graph.sparseInitializer) this.readSparseTensor(part);
      if (part.number === fields.graph.input) parts?.inputs.push(this.readValue(part));
      if (part.number === fields.graph.output) parts?.outputs.push(this.readValue(part));
    }
    this.depth--;
  }

  private readFunction(range: Range): void {
    for (const part of this.fieldsOf(range)) if (part.number === fields.function.node) this.readNode(part);
  }

  private readNode(node: Range): void {
    for (const part of this.fieldsOf(node)) {
      if (part.number === fields.node.opType) this.operators.add(this.text(part));
      if (part.number === fields.node.attribute) this.readAttribute(part);
    }
  }

  private readAttribute(attribute: Range): void {
    for (const part of this.fieldsOf(attribute)) {
      const { tensor, tensors, graph, graphs, sparseTensor, sparseTensors } = fields.attribute;
      if (part.number === tensor || part.number === tensors) this.readTensor(part);
      if (part.number === graph || part.number === graphs) this.readGraph(part);
      if (part.number === sparseTensor || part.number === sparseTensors) this.readSparseTensor(part);
    }
  }

  private readSparseTensor(sparse: Range): void {
    for (const part of this.fieldsOf(sparse))
      if (part.number === fields.sparseTensor.values || part.number === fields.sparseTensor.indices)
        this.readTensor(part);
  }

  private readTensor(tensor: Range, names?: Set<string>): void {
    const nameField = 8;
    for (const part of this.fieldsOf(tensor)) {
      if (part.number === nameField) names?.add(this.text(part));
      if (part.number !== fields.tensor.externalData) continue;
      const entry = [...this.fieldsOf(part)];
      const of = (number: number): string => {
        // Of a field that is there twice the last one counts.
        const found = entry.findLast((field) => field.number === number);
        return found ? this.text(found) : '';
      };
      if (of(fields.entry.key) === 'location') this.externalLocations.add(of(fields.entry.value));
    }
  }

  private readValue(value: Range): GraphValue {
    let name = '';
    const dims: (number | null)[] = [];
    for (const part of this.fieldsOf(value)) {
      if (part.number === fields.value.name) name = this.text(part);
      if (part.number !== fields.value.type) continue;
      for (const dim of this.path(part, [fields.type.tensor, fields.tensorType.shape, fields.shape.dim])) {
        const fixed = [...this.fieldsOf(dim)].findLast((field) => field.number === fields.dim.value);
        dims.push(fixed ? fixed.varint : null);
      }
    }
    return { name, dims };
  }

  /** All fields reached by following the field numbers downwards. */
  private path(from: Range, numbers: readonly number[]): Range[] {
    let level = [from];
    for (const number of numbers)
      level = level.flatMap((range) => [...this.fieldsOf(range)].filter((field) => field.number === number));
    return level;
  }

  private *fieldsOf(range: Range): Generator<Field> {
    let position = range.start;
    while (position < range.end) {
      const tag = this.varint(position);
      position = tag.end;
      const number = Math.floor(tag.value / 8);
      const wireType = tag.value % 8;
      // Beyond 32 bits other readers see another field.
      if (number === 0 || tag.value > 0xffffffff) throw this.broken('it is not an ONNX model');
      let end: number;
      let start = position;
      let varint = 0;
      if (wireType === 0) {
        const read = this.varint(position);
        varint = read.value;
        end = read.end;
      } else if (wireType === 1) end = position + 8;
      else if (wireType === 5) end = position + 4;
      else if (wireType === 2) {
        const length = this.varint(position);
        start = length.end;
        end = start + length.value;
      } else throw this.broken('it is not an ONNX model');
      if (end > range.end) throw this.broken('it ends too early, as after a download that was cut off');
      yield { number, start, end, varint };
      position = end;
    }
  }

  private varint(position: number): { value: number; end: number } {
    let value = 0;
    let factor = 1;
    for (let index = 0; index < 10; index++) {
      const byte = this.byte(position + index);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return { value, end: position + index + 1 };
      factor *= 128;
    }
    throw this.broken('it is not an ONNX model');
  }

  private byte(position: number): number {
    if (position < this.windowStart || position >= this.windowStart + this.windowLength) {
      this.windowStart = position;
      this.windowLength = fs.readSync(this.descriptor, this.window, 0, this.window.length, position);
    }
    const byte = this.window[position - this.windowStart];
    if (byte === undefined || position >= this.windowStart + this.windowLength)
      throw this.broken('it ends too early, as after a download that was cut off');
    return byte;
  }

  private text(range: Range): string {
    const length = range.end - range.start;
    if (length > 1 << 16) throw this.broken('it is not an ONNX model');
    const at = range.start - this.windowStart;
    if (at >= 0 && at + length <= this.windowLength) return this.window.toString('utf8', at, at + length);
    const bytes = Buffer.alloc(length);
    fs.readSync(this.descriptor, bytes, 0, length, range.start);
    return bytes.toString('utf8');
  }

  private broken(why: string): AppError {
    return new AppError(
      'model-graph-invalid',
      `The model file ${this.file} cannot be read: ${why}. Put a whole copy of the file there.`,
    );
  }
}
