// Same text, same labels, same model: same scores, whatever stands beside it.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Engine } from '../../../src/inference/engine';
import { LanePool } from '../../../src/inference/lanes/lanePool';
import { engineOf, largestDifference, scoresOf, task } from './engineHelpers';
import { embeddedModel, root } from './modelCopies';
import { batchwise, encoderFolder, rowwise } from './quantisedGraphs';

const labels = ['security', 'performance', 'planning', 'hiring', 'billing', 'legal', 'a complaint of a customer'];

/** Pieces of the sample workspace, of 1 to 150 words, cut anywhere. */
function pieces(count: number): string[] {
  const folder = path.join(root, 'samples/workspace');
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const words = files
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .sort()
    .flatMap((text) => text.split(/(?<=\s)/))
    .filter((word) => word.trim() !== '');
  // The same every time, so that a failure can be seen again (the constants are those of Numerical Recipes).
  let state = 8;
  const random = (): number => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
  return Array.from({ length: count }, () => {
    const length = Math.ceil(150 ** random());
    const start = Math.floor(random() * (words.length - length));
    return words.slice(start, start + length).join('');
  });
}

test('a thousand texts have the same scores alone and in random company', { timeout: 900_000 }, async () => {
  const engine = await engineOf(embeddedModel);
  const texts = pieces(1000);
  const together = await scoresOf(engine, texts, task(labels));
  const differences: number[] = [];
  for (const [index, text] of texts.entries()) {
    const [alone] = await scoresOf(engine, [text], task(labels));
    differences.push(largestDifference(alone!, together[index]!));
    expect(together[index]!.map((score) => score >= 0.5)).toEqual(alone!.map((score) => score >= 0.5));
  }
  // Bit for bit where the kernels are known to allow it.
  const allowed = process.arch === 'x64' ? 0 : 1e-6;
  expect(differences.filter((difference) => difference > allowed)).toEqual([]);
  // Another company: every other text, the other way round.
  const half = texts.filter((_, index) => index % 2 === 0).reverse();
  const again = (await scoresOf(engine, half, task(labels))).reverse();
  for (const [index, scores] of again.entries())
    expect(largestDifference(scores, together[index * 2]!)).toBeLessThanOrEqual(allowed);
});

test('labels have the same vectors alone and among others', async () => {
  const texts = ['The invoice is wrong and nobody answers.'];
  const many = pieces(60).map((piece, index) => `${index} ${piece.slice(0, 90)}`);
  const fresh = async () => Engine.load({ folder: embeddedModel, threads: 1, maxBatchTokens: 4096 }, () => undefined);
  const together = await fresh();
  onTestFinished(() => together.release());
  const alone = await fresh();
  onTestFinished(() => alone.release());
  const [all] = await scoresOf(together, texts, task(many));
  for (const [index, label] of many.entries())
    expect(await scoresOf(alone, texts, task([label]))).toEqual([[all![index]!]]);
});

describe('graphs that quantise', () => {
  const texts = ['red', 'a green apple', 'blue', 'the sea is grey today', 'sun', 'no'];

  async function passesFor(folder: string): Promise<{ rows: number[]; together: number[][]; alone: number[][] }> {
    const engine = await Engine.load({ folder, threads: 1, maxBatchTokens: 4096 }, () => undefined);
    onTestFinished(() => engine.release());
    const alone: number[][] = [];
    for (const text of texts) alone.push(...(await scoresOf(engine, [text], task(['red', 'blue']))));
    const run = vi.spyOn(LanePool.prototype, 'run');
    onTestFinished(() => {
      run.mockRestore();
    });
    const together = await scoresOf(engine, texts, task(['red', 'blue']));
    return { rows: run.mock.calls.map(([feeds]) => feeds['input_ids']!.dims[0]!), together, alone };
  }

  test('one scale for the pass: every text goes alone', async () => {
    const { rows, together, alone } = await passesFor(encoderFolder(batchwise));
    expect(rows).toEqual(texts.map(() => 1));
    expect(together).toEqual(alone);
    expect(new Set(alone.flat()).size).toBeGreaterThan(texts.length);
  });

  test('a scale a token: texts share a pass', async () => {
    const { rows, together, alone } = await passesFor(encoderFolder(rowwise));
    expect(rows).toEqual([texts.length]);
    expect(together).toEqual(alone);
    expect(new Set(alone.flat()).size).toBeGreaterThan(texts.length);
  });
});
