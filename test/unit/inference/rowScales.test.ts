// Whether rows may share a pass is read from the graph: each way to quantise, and what only looks like the right one.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOnnxSummary } from '../../../src/inference/model/onnxFile';
import { activationsOf } from '../../../src/inference/model/rowScales';
import type { Activations } from '../../../src/inference/model/rowScales';
import { embeddedModel, goldenModel, newFolder } from './modelCopies';
import type { WrittenNode } from './onnxWriter';
import { batchwise, encoderFile, node, rowwise } from './quantisedGraphs';

function readFrom(content: Buffer): Activations {
  const file = path.join(newFolder(), 'model.onnx');
  fs.writeFileSync(file, content);
  return activationsOf(readOnnxSummary(file));
}

function activations(nodes: readonly WrittenNode[]): Activations {
  return readFrom(encoderFile(nodes));
}

/** The row-wise graph with the node that gives `output` replaced. */
function having(output: string, ...instead: readonly WrittenNode[]): WrittenNode[] {
  return rowwise.flatMap((each) => (each.outputs.includes(output) ? instead : [each]));
}

describe('files as they are', () => {
  test('the embedded model has a scale a token', () => {
    const file = path.join(embeddedModel, 'onnx', 'encoder_q8.onnx');
    expect(activationsOf(readOnnxSummary(file))).toBe('row-scaled');
  });

  test.each(['uni-bert-first-simple', 'encdec-t5', 'decoderkv-qwen3'])('%s computes with floats', (name) => {
    expect(activationsOf(readOnnxSummary(path.join(goldenModel(name), 'model.onnx')))).toBe('float');
  });
});

describe('a scale a token', () => {
  test.each<[string, readonly WrittenNode[]]>([
    ['multiplied by its inverse', rowwise],
    ['the factors the other way round', having('normal', node('Mul', ['inverse', 'tokens'], 'normal'))],
    ['divided by it', having('normal', node('Div', ['tokens', 'scale'], 'normal'))],
    ['of the greatest number', having('largest', node('ReduceMax', ['tokens'], 'largest', { axes: [-1] }))],
    ['axes as a weight', having('largest', node('ReduceMax', ['size', 'last'], 'largest'))],
    [
      'integers scaled by hand',
      having(
        'raw',
        node('MatMulInteger', ['bytes', 'matrix', 'zero'], 'sums'),
        node('Cast', ['sums'], 'floats', { to: 1 }),
        node('Mul', ['floats', 'matrix_scale'], 'raw'),
      ),
    ],
    ['weights in 8 bits elsewhere', [node('DequantizeLinear', ['matrix', 'r127'], 'elsewhere'), ...rowwise]],
  ])('%s', (_, nodes) => {
    expect(activations(nodes)).toBe('row-scaled');
  });
});

test('weights in 8 bits that are made floats first count as floats', () => {
  const nodes = [
    node('DequantizeLinear', ['matrix', 'r127'], 'floats'),
    node('MatMul', ['tokens', 'floats'], 'product'),
  ];
  expect(activations(nodes)).toBe('float');
});

describe('anything else is one scale for all', () => {
  test.each<[string, readonly WrittenNode[]]>([
    ['the usual dynamic quantisation', batchwise],
    ['a scale over all axes', having('largest', node('ReduceMax', ['size'], 'largest'))],
    ['a scale over the texts too', having('largest', node('ReduceMax', ['size'], 'largest', { axes: [0, -1] }))],
    ['a scale over the tokens', having('largest', node('ReduceMax', ['size'], 'largest', { axes: [1] }))],
    ['a scale over another axis, as a weight', having('largest', node('ReduceMax', ['size', 'second'], 'largest'))],
    ['axes that are computed', having('largest', node('ReduceMax', ['size', 'attention_mask'], 'largest'))],
    ['no axis kept', having('largest', node('ReduceMax', ['size'], 'largest', { axes: [-1], keepdims: 0 }))],
    [
      'a scale of other numbers',
      having('size', node('Identity', ['tokens'], 'others'), node('Sqrt', ['others'], 'size')),
    ],
    ['a flattened pass', having('size', node('Reshape', ['tokens', 'last'], 'flat'), node('Abs', ['flat'], 'size'))],
    [
      'two scales in one',
      having(
        'step',
        node('ReduceMax', ['product0'], 'other', { axes: [-1] }),
        node('Mul', ['largest', 'other'], 'step'),
      ),
    ],
    ['a fixed scale', having('normal', node('Identity', ['tokens'], 'normal'))],
    [
      'a scale that is computed within the quantiser',
      having('bytes', node('QuantizeLinear', ['normal', 'scale', 'zero'], 'bytes')),
    ],
    ['an offset that is computed', having('bytes', node('QuantizeLinear', ['normal', 'one', 'offset'], 'bytes'))],
    ['integers from elsewhere', having('bytes', node('Cast', ['normal'], 'bytes', { to: 2 }))],
    ['rounded floats', having('raw', node('DequantizeLinear', ['bytes', 'one', 'zero'], 'raw'))],
    ['a product of two texts', having('raw', node('MatMulInteger', ['bytes', 'bytes'], 'raw'))],
    ['an operator that is not known', [...rowwise, node('QLinearSoftmax', ['product'], 'unknown')]],
    ['another one with a scale for all', [...rowwise, node('DynamicQuantizeLSTM', ['product'], 'unknown')]],
    ['a range over all besides', [...rowwise, node('ReduceMax', ['product'], 'range')]],
    ['a scale that bites its tail', having('step', node('Mul', ['largest', 'scale'], 'step'))],
  ])('%s', (_, nodes) => {
    expect(activations(nodes)).toBe('batch-scaled');
  });
});
