// Products of texts and labels, several at once: the same numbers as one by one.
import { expect, test } from 'vitest';
import { dot } from '../../../src/inference/product/dot';
import { LabelVectors } from '../../../src/inference/product/labelVectors';

const size = 384;
const random = (): Float32Array => Float32Array.from({ length: size }, () => Math.random() - 0.5);

test.each([1, 2, 3, 4, 5, 7, 8, 13])('%i labels have the logits of each alone, bit for bit', (count) => {
  const rows = Array.from({ length: count }, random);
  const labels = LabelVectors.of(rows);
  for (let n = 0; n < 50; n++) {
    const text = random();
    expect([...labels.logits(text)]).toEqual(rows.map((row) => Math.fround(dot(text, row))));
  }
});
