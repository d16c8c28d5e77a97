// The pure parts between tokens and results: which rows share a pass, how labels pad, how logits become scores.
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { batchFeeds } from '../../src/inference/pipeline/batchFeeds';
import { ZeroShotWithChunkingPipeline } from '../../src/inference/pipeline/chunkingPipeline';
import { cutByTruncation, cutFromSection } from '../../src/inference/pipeline/cutLabels';
import type { EncodedRow } from '../../src/inference/pipeline/encodeRow';
import { independentPasses, slicePasses } from '../../src/inference/pipeline/passGroups';
import { paddedLength, sharingOf } from '../../src/inference/pipeline/sharing';
import { decideRow, sigmoid, softmax } from '../../src/inference/pipeline/postprocess';
import { isWithinTolerances } from '../../src/inference/golden/compare';
import { verifyModel } from '../../src/inference/verify';
import { modelFolder, modelLoader } from './support/goldenModels';

const load = modelLoader();

function row(ids: number[], labelIds: number[][] | null = null, labelCount = labelIds?.length ?? 1): EncodedRow {
  return { ids, classIds: null, labelIds, labelCount, cutTokens: 0, labelsCut: [] };
}

describe('rows that share a pass', () => {
  const rows = [row([1, 2]), row([1, 2, 3]), row([4, 5]), row([6, 7]), row([8, 9, 10])];

  test('slices as upstream makes them', () => {
    expect(slicePasses(5, 2)).toEqual([[0, 1], [2, 3], [4]]);
    expect(slicePasses(0, 2)).toEqual([]);
  });

  test('any rows where padding does not count', async () => {
    expect(independentPasses(await load('uni-bert-first-simple'), rows, 3)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  test('rows of one length where it does', async () => {
    expect(independentPasses(await load('uni-bert-pool-avg'), rows, 2)).toEqual([[0, 2], [1, 4], [3]]);
  });

  test('rows with equally many labels for a hopfield scorer', async () => {
    const counted = [row([1], null, 2), row([1, 2], null, 3), row([1], null, 2)];
    expect(independentPasses(await load('uni-bert-scorer-hopfield'), counted, 8)).toEqual([[0, 2], [1]]);
  });

  test('where one scale spans the pass every row runs alone', async () => {
    const model = await load('uni-bert-first-simple');
    const quantised = { ...model, folder: { ...model.folder, activations: 'batch-scaled' as const } };
    expect(independentPasses(quantised, rows, 8)).toEqual([[0], [1], [2], [3], [4]]);
  });

  test('where each token has a scale of its own, rows share a pass as those of floats do', async () => {
    for (const name of ['uni-bert-first-simple', 'uni-bert-pool-avg']) {
      const model = await load(name);
      const quantised = { ...model, folder: { ...model.folder, activations: 'row-scaled' as const } };
      expect(independentPasses(quantised, rows, 3)).toEqual(independentPasses(model, rows, 3));
    }
  });

  test('an ONNX Runtime that pads such graphs wrongly, or does not say which it is, runs every row alone', async () => {
    const model = await load('uni-bert-first-simple');
    const on = (runtimeVersion: string) =>
      sharingOf({ folder: { ...model.folder, activations: 'row-scaled' }, session: { runtimeVersion } });
    expect(['1.21.3', '1.9.0', '0.99.0', '', 'newest'].map(on)).toEqual(new Array(5).fill('alone'));
    expect(['1.22.0', '1.30.0', '1.22.0-dev', '2.0.0'].map(on)).toEqual(new Array(4).fill('padded'));
    // Floats were right before.
    expect(sharingOf({ ...model, session: { runtimeVersion: '1.21.0' } })).toBe('padded');
    const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
    expect(model.session.runtimeVersion).toBe(version);
  });
});

test('padded lengths are those at which the kernels sum alike', () => {
  const x64 = [1, 2, 3, 4, 5, 6, 7, 8, 511, 512].map((length) => paddedLength(length, 'x64'));
  expect(x64).toEqual([1, 2, 4, 4, 5, 6, 8, 8, 512, 512]);
  expect([1, 2, 3, 4, 5].map((length) => paddedLength(length, 'arm64'))).toEqual([4, 4, 4, 4, 8]);
});

test('a batch is padded on the right, and missing labels are masked', () => {
  const feeds = batchFeeds([row([1, 2, 3], [[7], [8, 9]]), row([4], [[5]])], { text: 0, label: 99 });
  const plain = Object.fromEntries(
    Object.entries(feeds).map(([name, { data, dims }]) => [name, [dims, [...data].map(Number)]]),
  );
  expect(plain).toEqual({
    input_ids: [
      [2, 3],
      [1, 2, 3, 4, 0, 0],
    ],
    attention_mask: [
      [2, 3],
      [1, 1, 1, 1, 0, 0],
    ],
    class_input_ids: [
      [2, 2, 2],
      [7, 99, 8, 9, 5, 99, 99, 99],
    ],
    class_attention_mask: [
      [2, 2, 2],
      [1, 0, 1, 1, 1, 0, 1, 0],
    ],
    labels_mask: [
      [2, 2],
      [1, 1, 1, 0],
    ],
  });
});

describe('labels that truncation takes', () => {
  const ids = { classTokenIndex: 1, textTokenIndex: 2 };

  test.each([
    ['none', [9, 1, 5, 1, 6, 2, 7], []],
    ['the separator, and perhaps the end of the last label', [9, 1, 5, 1, 6], [1]],
    ['the last marker', [9, 1, 5, 9], [0, 1]],
    ['all', [9, 9], [0, 1]],
    ['none, though the text has a separator of its own', [2, 1, 5, 1, 6, 2], []],
  ])('%s', (_, row, cut) => {
    expect(cutByTruncation(row, 2, ids)).toEqual(cut);
  });

  test('a decoder section that is longer than a pass', () => {
    const section = [2, 5, 1, 6, 6, 1, 2];
    expect(cutFromSection(section, 7, ids)).toEqual([]);
    expect(cutFromSection(section, 6, ids)).toEqual([1]);
    expect(cutFromSection(section, 3, ids)).toEqual([0, 1]);
  });
});

describe('scores', () => {
  test('activations are rounded to float32', () => {
    expect(sigmoid([0.3])).toEqual([Math.fround(1 / (1 + Math.exp(-0.3)))]);
    expect(softmax([1, 2, 3]).every((score) => Math.fround(score) === score)).toBe(true);
    expect(softmax([1, 2, 3]).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6);
  });

  test('large logits stay finite', () => {
    expect(softmax([1000, -1000])).toEqual([1, 0]);
    expect(sigmoid([1000, -1000])).toEqual([1, 0]);
    expect(softmax([])).toEqual([]);
  });

  test('a score at the threshold counts', () => {
    const { predictions } = decideRow([0, -0.1], ['a', 'b'], 'multi-label', 0.5, null);
    expect(predictions).toEqual([{ label: 'a', score: 0.5 }]);
  });

  test('the first of equal maxima wins, and of duplicates the map keeps the last', () => {
    const single = decideRow([1, 1], ['a', 'b'], 'single-label', 0.9, null);
    expect(single.predictions).toEqual([{ label: 'a', score: 0.5 }]);
    const { scores } = decideRow([0, 1], ['a', 'a'], 'multi-label', 0, null);
    expect(scores.get('a')).toBe(sigmoid([1])[0]);
  });
});

test('without labels the chunking pipeline gives nothing, as upstream', async () => {
  const model = await load('uni-bert-first-simple');
  const pipeline = new ZeroShotWithChunkingPipeline(model, { parity: true });
  expect(await pipeline.classify('text', [])).toEqual([[]]);
  expect(await pipeline.classify('text', {})).toEqual([[]]);
});

test('more labels than tokens: missing slots are scored as upstream scores them', async () => {
  const recorded = path.join(import.meta.dirname, 'fixtures', 'short-passes.json');
  const report = await verifyModel(modelFolder('uni-bert-pool-avg'), recorded, 1);
  expect(report).toMatchObject({ cases: 3, idMismatches: 0, resultMismatches: 0, details: [] });
  expect(report.batches).toBeGreaterThan(5);
  expect(isWithinTolerances(report)).toBe(true);
});
