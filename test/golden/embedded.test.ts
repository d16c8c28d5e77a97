// How far the embedded model, as the engine runs it, is from its own fp32 weights. training/README.md says how the recording is made.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Engine } from '../../src/inference/engine';

/** Bounds of the probabilities' shift. The largest stands for the rarest of some thousand (text, label) pairs. */
const bounds = { mean: 0.005, max: 0.05 };

interface RecordedSet {
  readonly labels: readonly string[];
  readonly texts: readonly string[];
  /** Probabilities of the fp32 graph, [texts, labels]. */
  readonly probabilities: readonly (readonly number[])[];
}

const file = path.join(import.meta.dirname, 'embedded', 'shift.json');
const { sets } = JSON.parse(fs.readFileSync(file, 'utf8')) as { sets: readonly RecordedSet[] };

let engine: Engine;
beforeAll(async () => {
  const folder = path.resolve('models/glitag-small-en');
  engine = await Engine.load({ folder, threads: 1, maxBatchTokens: 4096 }, () => undefined);
});
afterAll(() => engine.release());

test('the recording holds texts short and long, and labels near and far', () => {
  const texts = sets.flatMap((set) => set.texts);
  const probabilities = sets.flatMap((set) => set.probabilities.flat());
  expect(texts.length).toBeGreaterThanOrEqual(200);
  expect(texts.filter((text) => text.split(/\s+/).length <= 5).length).toBeGreaterThan(50);
  expect(texts.filter((text) => text.split(/\s+/).length >= 60).length).toBeGreaterThan(20);
  expect(probabilities.filter((value) => value > 0.3 && value < 0.7).length).toBeGreaterThan(100);
});

test('the embedded model gives what its fp32 weights give', async () => {
  const shifts: number[] = [];
  const options = { chunkTokens: null, vectors: false, isCancelled: () => false, onProgress: () => undefined };
  for (const { labels, texts, probabilities } of sets) {
    const documents = texts.map((text, index) => ({ id: String(index), text }));
    const outcomes = await engine.classify(documents, { labels, mode: 'multi-label', examples: [] }, options);
    for (const [index, outcome] of outcomes.entries()) {
      if (!outcome.ok) throw new Error(outcome.message);
      expect(outcome.chunkCount).toBe(1);
      const recorded = probabilities[index] ?? [];
      outcome.scores.forEach((score, label) => shifts.push(Math.abs(score - (recorded[label] ?? NaN))));
    }
  }
  const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
  const max = shifts.reduce((most, shift) => Math.max(most, shift), 0);
  console.log(
    `embedded model against fp32: ${shifts.length} pairs, shift ${mean.toFixed(4)} on average, ${max.toFixed(4)} at most`,
  );
  expect(shifts.length).toBe(sets.reduce((sum, { labels, texts }) => sum + labels.length * texts.length, 0));
  expect(mean).toBeLessThan(bounds.mean);
  expect(max).toBeLessThan(bounds.max);
});
