// Tiny graphs whose activations are quantised in one way or another, and a model folder around one that can be run.
import fs from 'node:fs';
import path from 'node:path';
import { embeddedModel, newFolder } from './modelCopies';
import { writeOnnx } from './onnxWriter';
import type { WrittenNode, WrittenWeight } from './onnxWriter';

const size = 8;

export function node(
  operator: string,
  inputs: readonly string[],
  output: string | readonly string[],
  attributes: WrittenNode['attributes'] = {},
): WrittenNode {
  const domain = operator === 'MatMulIntegerToFloat' ? { domain: 'com.microsoft' } : {};
  return { operator, inputs, outputs: typeof output === 'string' ? [output] : output, attributes, ...domain };
}

/** Numbers from -1 to 1 that are no pattern of the kernels. */
function noise(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.sin((index + 1) * seed * 12.9898) % 1);
}

export const weights: readonly WrittenWeight[] = [
  { name: 'matrix', dims: [size, size], type: 'int8', values: noise(size * size, 3).map((value) => value * 127) },
  { name: 'matrix_scale', dims: [size], values: noise(size, 5).map((value) => (1 + Math.abs(value)) / 10_000) },
  { name: 'one', dims: [], values: [1] },
  { name: 'r127', dims: [], values: [1 / 127] },
  { name: 'floor', dims: [], values: [1e-9] },
  { name: 'zero', dims: [], type: 'uint8', values: [128] },
  { name: 'last', dims: [1], type: 'int64', values: [-1] },
  { name: 'second', dims: [1], type: 'int64', values: [1] },
];

/** From `tokens` to `product`, the scale taken of each token. */
export const rowwise: readonly WrittenNode[] = [
  node('Abs', ['tokens'], 'size'),
  node('ReduceMax', ['size'], 'largest', { axes: [-1], keepdims: 1 }),
  node('Mul', ['largest', 'r127'], 'step'),
  node('Max', ['step', 'floor'], 'scale'),
  node('Reciprocal', ['scale'], 'inverse'),
  node('Mul', ['tokens', 'inverse'], 'normal'),
  node('QuantizeLinear', ['normal', 'one', 'zero'], 'bytes'),
  node('MatMulIntegerToFloat', ['bytes', 'matrix', 'one', 'matrix_scale', 'zero'], 'raw'),
  node('Mul', ['raw', 'scale'], 'product'),
];

/** The same, the scale taken of the whole pass. */
export const batchwise: readonly WrittenNode[] = [
  node('DynamicQuantizeLinear', ['tokens'], ['bytes', 'scale', 'offset']),
  node('MatMulIntegerToFloat', ['bytes', 'matrix', 'scale', 'matrix_scale', 'offset'], 'product'),
];

/** A whole file around nodes that lead from `tokens` to `product`. */
export function encoderFile(nodes: readonly WrittenNode[], words = 4): Buffer {
  const scaled = noise(words * size, 7).map((value, index) => value * (1 + (Math.floor(index / size) % 50)));
  return writeOnnx({
    inputs: ['input_ids', 'attention_mask'],
    outputs: ['text_embeddings', 'class_embeddings'].map((name) => ({ name, dims: [null, size] })),
    nodes: [
      node('Gather', ['words', 'input_ids'], 'tokens'),
      ...nodes,
      // The first words after [CLS], which are those that texts differ in.
      node('Slice', ['product', 'second', 'third', 'second'], 'word'),
      node('Squeeze', ['word', 'second'], 'text_embeddings'),
      node('Identity', ['text_embeddings'], 'class_embeddings'),
    ],
    weights: [
      ...weights,
      { name: 'words', dims: [words, size], values: scaled },
      { name: 'third', dims: [1], type: 'int64', values: [2] },
    ],
  });
}

/** The folder of a split bi-encoder with the embedded model's tokenizer and these nodes for a graph. */
export function encoderFolder(nodes: readonly WrittenNode[]): string {
  const folder = newFolder();
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'])
    fs.copyFileSync(path.join(embeddedModel, name), path.join(folder, name));
  fs.writeFileSync(path.join(folder, 'model.onnx'), encoderFile(nodes, 30_522));
  return folder;
}
