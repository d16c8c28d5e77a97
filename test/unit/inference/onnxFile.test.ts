// Files made so that this reader and ONNX Runtime's could see different models in them.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readOnnxSummary } from '../../../src/inference/model/onnxFile';
import { newFolder } from './modelCopies';
import { nestedOnnx, wideTagOnnx, writeOnnx } from './onnxWriter';

function fileOf(content: Buffer): string {
  const file = path.join(newFolder(), 'model.onnx');
  fs.writeFileSync(file, content);
  return file;
}

test('of a location that is written twice the last one counts, as for protobuf', () => {
  const content = writeOnnx({
    inputs: ['input_ids'],
    outputs: [{ name: 'logits', dims: [null, null] }],
    nodes: [],
    weights: [{ name: 'w', dims: [1], values: { location: '../secret', decoy: 'weights.bin' } }],
  });
  expect([...readOnnxSummary(fileOf(content)).externalLocations]).toEqual(['../secret']);
});

test.each([
  ['graphs within graphs without end', nestedOnnx(2000), /nested too deeply/],
  ['a field number of more than 32 bits', wideTagOnnx(), /not an ONNX model/],
])('%s is refused', (_, content, message) => {
  const file = fileOf(content);
  expect(() => readOnnxSummary(file)).toThrow(
    expect.objectContaining({ code: 'model-graph-invalid', message: expect.stringMatching(message) as string }),
  );
});
