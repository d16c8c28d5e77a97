// Learns from a graph whether the rows of a pass depend on each other: where quantised activations get their scale from.
import { addToList } from '../../core/addToList';
import type { GraphNode, OnnxSummary } from './onnxFile';

/**
 * `float`: nothing but weights is quantised. `row-scaled`: every quantised token has a scale of its own, so rows may share a
 * pass. `batch-scaled`: a scale spans the pass, or comes from where nothing is known of: a row's numbers depend on its
 * neighbours, and on padding.
 */
export type Activations = 'float' | 'row-scaled' | 'batch-scaled';

/** Names of operators that quantise or compute with integers (ONNX and com.microsoft), and whatever is named like them. */
const integerOperator = /Quant|Integer|^Q[A-Z]/;
/** Those of them that read quantised weights and compute in float. */
const weightOperators = ['GatherBlockQuantized'];

/** Give one number for several along some axes. */
const reductions = ['ReduceMax', 'ReduceMin', 'ReduceMean', 'ReduceSum', 'ReduceL1', 'ReduceL2'];
/** Work on each number by itself; inputs of fewer numbers are repeated. */
const elementwise = 'Abs Neg Mul Div Add Sub Max Min Clip Reciprocal Sqrt Identity Cast'.split(' ');
/** Of their output a scale may be taken as of their input. */
const sizeKeeping = ['Abs', 'Neg', 'Identity'];

export function activationsOf(summary: Omit<OnnxSummary, 'inputs' | 'outputs' | 'externalLocations'>): Activations {
  return new RowScales(summary).activations();
}

class RowScales {
  private readonly producers = new Map<string, GraphNode>();
  private readonly readers = new Map<string, { readonly node: GraphNode; readonly input: number }[]>();
  /** What is known of names; null also while one is followed, as in a graph that bites its tail. */
  private readonly sources = new Map<string, string | null>();

  constructor(private readonly summary: Parameters<typeof activationsOf>[0]) {
    for (const node of summary.nodes) {
      for (const name of node.outputs) this.producers.set(name, node);
      for (const [input, name] of node.inputs.entries()) addToList(this.readers, name, { node, input });
    }
  }

  activations(): Activations {
    const { nodes, innerOperators } = this.summary;
    // What a graph within the graph does to its scales is not followed.
    if ([...innerOperators].some(isIntegerOperator)) return 'batch-scaled';
    const quantised = nodes.filter((node) => isIntegerOperator(node.operator) && !this.readsWeights(node));
    if (quantised.length === 0) return 'float';
    const ranges = nodes.filter(({ operator }) => operator === 'ReduceMax' || operator === 'ReduceMin');
    const rowwise =
      ranges.every((node) => this.isRowReduction(node)) && quantised.every((node) => this.isRowwise(node));
    return rowwise ? 'row-scaled' : 'batch-scaled';
  }

  /** Weights in fewer bits, made floats before anything is computed with them. */
  private readsWeights({ operator, inputs }: GraphNode): boolean {
    return operator === 'DequantizeLinear' && inputs.every((name) => this.isConstant(name));
  }

  private isRowwise(node: GraphNode): boolean {
    switch (node.operator) {
      case 'QuantizeLinear':
        return this.isRowQuantiser(node);
      case 'MatMulInteger':
      case 'MatMulIntegerToFloat': {
        const [rows, ...others] = node.inputs;
        const producer = this.producers.get(rows ?? '');
        return producer?.operator === 'QuantizeLinear' && others.every((name) => this.isConstant(name));
      }
      default:
        return false;
    }
  }

  /**
   * Tokens divided by what was found of the same token, then rounded. They must go straight into products with constant
   * matrices: that the last axis is the token's own, and no flattened batch, is only certain by the size of the matrix.
   */
  private isRowQuantiser({ inputs, outputs }: GraphNode): boolean {
    const [tokens = '', scale = '', ...others] = inputs;
    if (!others.every((name) => this.isConstant(name))) return false;
    const readers = this.readers.get(outputs[0] ?? '') ?? [];
    const products = readers.every(({ node, input }) => node.operator.startsWith('MatMulInteger') && input === 0);
    if (readers.length === 0 || !products || !this.isConstant(scale)) return false;
    const division = this.producers.get(tokens);
    const [first = '', second = ''] = division?.inputs ?? [];
    if (division?.operator === 'Div') return this.sourceOf(second) === first;
    if (division?.operator !== 'Mul') return false;
    return this.sourceOf(second) === first || this.sourceOf(first) === second;
  }

  /** The tensor of whose tokens this holds one number each; null where it is anything else, such as constant. */
  private sourceOf(name: string): string | null {
    const known = this.sources.get(name);
    if (known !== undefined) return known;
    this.sources.set(name, null);
    const source = this.findSource(this.producers.get(name));
    this.sources.set(name, source);
    return source;
  }

  private findSource(node: GraphNode | undefined): string | null {
    if (!node) return null;
    if (reductions.includes(node.operator)) return this.isRowReduction(node) ? this.sized(node.inputs[0] ?? '') : null;
    if (!elementwise.includes(node.operator)) return null;
    const sources = node.inputs.filter((input) => !this.isConstant(input)).map((input) => this.sourceOf(input));
    const [source = null] = sources;
    return sources.every((each) => each === source) ? source : null;
  }

  /** The tensor behind its absolute values. */
  private sized(name: string): string {
    const node = this.producers.get(name);
    return node && sizeKeeping.includes(node.operator) ? (node.inputs[0] ?? name) : name;
  }

  /** Over the last axis alone, which stays: by attribute in older operator sets, by input in newer ones. */
  private isRowReduction({ inputs, integers }: GraphNode): boolean {
    const axes = inputs.length > 1 ? this.valuesOf(inputs[1] ?? '') : (integers.get('axes') ?? null);
    return axes?.length === 1 && axes[0] === -1 && (integers.get('keepdims') ?? [1])[0] === 1;
  }

  /** Left out, a weight, or written into the graph. */
  private isConstant(name: string): boolean {
    return name === '' || this.summary.weights.has(name) || this.producers.get(name)?.operator === 'Constant';
  }

  private valuesOf(name: string): readonly number[] | null {
    const written = this.producers.get(name);
    if (written?.operator === 'Constant')
      return written.integers.get('value') ?? written.integers.get('value_ints') ?? null;
    return this.summary.weights.get(name) ?? null;
  }
}

function isIntegerOperator(operator: string): boolean {
  return integerOperator.test(operator) && !weightOperators.includes(operator);
}
