// Reads what must be known of an ONNX file before ONNX Runtime gets it: inputs, outputs, nodes, files it refers to.
// ONNX is a protobuf; weights are never read.
import fs from 'node:fs';
import { ProtobufFile } from './protobufFile';
import type { Range } from './protobufFile';

/** Field numbers of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3). */
const fields = {
  model: { graph: 7, functions: 25 },
  graph: { node: 1, initializer: 5, input: 11, output: 12, sparseInitializer: 15 },
  function: { node: 7 },
  node: { input: 1, output: 2, opType: 4, attribute: 5 },
  attribute: {
    name: 1,
    integer: 3,
    tensor: 5,
    graph: 6,
    integers: 8,
    tensors: 10,
    graphs: 11,
    sparseTensor: 22,
    sparseTensors: 23,
  },
  sparseTensor: { values: 1, indices: 2 },
  tensor: { dataType: 2, int64Data: 7, name: 8, rawData: 9, externalData: 13 },
  entry: { key: 1, value: 2 },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { shape: 2 },
  shape: { dim: 1 },
  dim: { value: 1 },
} as const;

/** Graphs within graphs; protobuf itself gives up at a hundred messages. */
const maxDepth = 100;

const int64Type = 7;
/** A tensor of at most so many numbers may be a list of axes, and is read. */
const maxAxes = 8;

/** An input or output. `dims` holds the fixed sizes and null where a size is free. */
export interface GraphValue {
  readonly name: string;
  readonly dims: readonly (number | null)[];
}

export interface GraphNode {
  readonly operator: string;
  /** An optional input that is left out has no name. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Attributes by name, with their integers; those of tensors only where they may be lists of axes. */
  readonly integers: ReadonlyMap<string, readonly number[]>;
}

export interface OnnxSummary {
  /** Real inputs: old exporters also list the weights, which are left out. */
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Nodes of the graph itself. */
  readonly nodes: readonly GraphNode[];
  /** Operators of the graphs within its nodes, and of the model's own functions. */
  readonly innerOperators: ReadonlySet<string>;
  /** Weights by name, with the values of those that may be lists of axes; null for all others. */
  readonly weights: ReadonlyMap<string, readonly number[] | null>;
  /** `location` of every weight that is kept in another file, as written in the graph. */
  readonly externalLocations: ReadonlySet<string>;
}

/**
 * Reads the summary of an ONNX file.
 * @throws AppError model-graph-invalid where the file is not a whole ONNX file.
 */
export function readOnnxSummary(file: string): OnnxSummary {
  const descriptor = fs.openSync(file, 'r');
  try {
    return new OnnxReader(new ProtobufFile(descriptor, file)).summary();
  } finally {
    fs.closeSync(descriptor);
  }
}

class OnnxReader {
  private depth = 0;
  private readonly inputs: GraphValue[] = [];
  private readonly outputs: GraphValue[] = [];
  private readonly nodes: GraphNode[] = [];
  private readonly innerOperators = new Set<string>();
  private readonly weights = new Map<string, readonly number[] | null>();
  private readonly externalLocations = new Set<string>();

  constructor(private readonly source: ProtobufFile) {}

  summary(): OnnxSummary {
    let graphs = 0;
    for (const field of this.source.fieldsOf({ start: 0, end: this.source.size })) {
      if (field.number === fields.model.functions) this.readFunction(field);
      if (field.number !== fields.model.graph) continue;
      graphs++;
      this.readGraph(field);
    }
    const { inputs, outputs, nodes, innerOperators, weights, externalLocations } = this;
    if (graphs !== 1 || outputs.length === 0) throw this.source.broken('it is not an ONNX model');
    const real = inputs.filter((input) => !weights.has(input.name));
    return { inputs: real, outputs, nodes, innerOperators, weights, externalLocations };
  }

  /** In one go from start to end: the file is read while the user waits. */
  private readGraph(graph: Range): void {
    for (const part of this.source.fieldsOf(graph)) {
      if (part.number === fields.graph.node) this.nodes.push(this.readNode(part));
      if (part.number === fields.graph.initializer) {
        const { name, axes } = this.readTensor(part);
        this.weights.set(name, axes);
      }
      if (part.number === fields.graph.sparseInitializer) this.readSparseTensor(part);
      if (part.number === fields.graph.input) this.inputs.push(this.readValue(part));
      if (part.number === fields.graph.output) this.outputs.push(this.readValue(part));
    }
  }

  private readInnerGraph(graph: Range): void {
    if (++this.depth > maxDepth) throw this.source.broken('its graphs are nested too deeply');
    for (const part of this.source.fieldsOf(graph)) {
      if (part.number === fields.graph.node) this.innerOperators.add(this.readNode(part).operator);
      if (part.number === fields.graph.initializer) this.readTensor(part);
      if (part.number === fields.graph.sparseInitializer) this.readSparseTensor(part);
    }
    this.depth--;
  }

  private readFunction(range: Range): void {
    for (const part of this.source.fieldsOf(range))
      if (part.number === fields.function.node) this.innerOperators.add(this.readNode(part).operator);
  }

  private readNode(node: Range): GraphNode {
    let operator = '';
    const inputs: string[] = [];
    const outputs: string[] = [];
    const integers = new Map<string, readonly number[]>();
    for (const part of this.source.fieldsOf(node)) {
      if (part.number === fields.node.opType) operator = this.source.text(part);
      if (part.number === fields.node.input) inputs.push(this.source.text(part));
      if (part.number === fields.node.output) outputs.push(this.source.text(part));
      if (part.number !== fields.node.attribute) continue;
      const { name, values } = this.readAttribute(part);
      integers.set(name, values);
    }
    return { operator, inputs, outputs, integers };
  }

  private readAttribute(attribute: Range): { name: string; values: number[] } {
    let name = '';
    const values: number[] = [];
    const { tensor, tensors, graph, graphs, sparseTensor, sparseTensors, integer, integers } = fields.attribute;
    for (const part of this.source.fieldsOf(attribute)) {
      if (part.number === fields.attribute.name) name = this.source.text(part);
      const isInteger = part.number === integer || part.number === integers;
      if (isInteger && part.end - part.start <= maxAxes * 10) values.push(...this.source.integersOf(part));
      if (part.number === tensor || part.number === tensors) values.push(...(this.readTensor(part).axes ?? []));
      if (part.number === graph || part.number === graphs) this.readInnerGraph(part);
      if (part.number === sparseTensor || part.number === sparseTensors) this.readSparseTensor(part);
    }
    return { name, values };
  }

  private readSparseTensor(sparse: Range): void {
    for (const part of this.source.fieldsOf(sparse))
      if (part.number === fields.sparseTensor.values || part.number === fields.sparseTensor.indices)
        this.readTensor(part);
  }

  private readTensor(tensor: Range): { name: string; axes: readonly number[] | null } {
    let name = '';
    let type = 0;
    const values: number[] = [];
    for (const part of this.source.fieldsOf(tensor)) {
      const size = part.end - part.start;
      if (part.number === fields.tensor.name) name = this.source.text(part);
      if (part.number === fields.tensor.dataType) type = part.varint;
      if (part.number === fields.tensor.int64Data && size <= maxAxes * 10) values.push(...this.source.integersOf(part));
      if (part.number === fields.tensor.rawData && size <= maxAxes * 8) values.push(...this.source.rawIntegersOf(part));
      if (part.number === fields.tensor.externalData) this.readEntry(part);
    }
    return { name, axes: type === int64Type && values.length > 0 ? values : null };
  }

  private readEntry(part: Range): void {
    const entry = [...this.source.fieldsOf(part)];
    const of = (number: number): string => {
      // Of a field that is there twice the last one counts.
      const found = entry.findLast((field) => field.number === number);
      return found ? this.source.text(found) : '';
    };
    if (of(fields.entry.key) === 'location') this.externalLocations.add(of(fields.entry.value));
  }

  private readValue(value: Range): GraphValue {
    let name = '';
    const dims: (number | null)[] = [];
    for (const part of this.source.fieldsOf(value)) {
      if (part.number === fields.value.name) name = this.source.text(part);
      if (part.number !== fields.value.type) continue;
      for (const dim of this.source.path(part, [fields.type.tensor, fields.tensorType.shape, fields.shape.dim])) {
        const fixed = [...this.source.fieldsOf(dim)].findLast((field) => field.number === fields.dim.value);
        dims.push(fixed ? fixed.varint : null);
      }
    }
    return { name, dims };
  }
}
