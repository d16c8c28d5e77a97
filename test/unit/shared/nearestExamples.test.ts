// Which decided texts are nearest to a document.
import { expect, test } from 'vitest';
import { nearestExamples } from '../../../src/shared/nearestExamples';

const kept = (hash: string, ...vectors: number[]) => ({ kept: { hash, vectors: Float32Array.from(vectors) } });

test('nearest first by angle, whatever their length; by the nearest chunk of each', () => {
  const examples = [kept('a', 0, 1), kept('b', 5, 1), kept('c', 0, 1, 9, 0), {}, kept('d', -1, 0)];
  expect(nearestExamples(Float32Array.of(1, 0), 'x', 2, examples)).toEqual([2, 1, 0, 4]);
  expect(nearestExamples(Float32Array.of(1, 0, 0, 2), 'x', 2, examples)).toEqual([0, 2, 1, 4]);
});

test('the document itself is no example of its own', () => {
  const examples = [kept('a', 1, 0), kept('b', 0, 1)];
  expect(nearestExamples(Float32Array.of(1, 0), 'a', 2, examples)).toEqual([1]);
});

test('vectors of no length are near to nothing', () => {
  const examples = [kept('a', 0, 0), kept('b', 1, 1)];
  expect(nearestExamples(Float32Array.of(1, 0), 'x', 2, examples)).toEqual([1, 0]);
});
