import { expect, test } from 'vitest';
import { chunkVectors } from '../../../src/shared/chunkVectors';

test('each chunk gets its own vector and span', () => {
  const whole = { values: Float32Array.of(1, 2, 3, 4), spans: Int32Array.of(0, 10, 8, 20) };
  expect(chunkVectors(whole)).toEqual([
    { values: Float32Array.of(1, 2), spans: Int32Array.of(0, 10) },
    { values: Float32Array.of(3, 4), spans: Int32Array.of(8, 20) },
  ]);
  expect(chunkVectors({ values: new Float32Array(), spans: new Int32Array() })).toEqual([]);
});
