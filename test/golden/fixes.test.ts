// Default mode differs from upstream on purpose: each difference against real models, with parity mode as the control.
import { describe, expect, test } from 'vitest';
import { ZeroShotWithChunkingPipeline } from '../../src/inference/pipeline/chunkingPipeline';
import type { BatchLogits } from '../../src/inference/pipeline/runBatch';
import type { Prediction } from '../../src/inference/pipeline/postprocess';
import { ZeroShotClassificationPipeline } from '../../src/inference/pipeline/zeroShotPipeline';
import { modelLoader } from './support/goldenModels';

const load = modelLoader();
const labels = ['positive', 'negative', 'product quality', 'shipping'];
const short = 'Customer support was unhelpful and rude.';
const middle = 'The product quality is amazing but delivery was slow.';
const long = 'Book a flight from Paris to Berlin tomorrow, please. I love this movie; the acting was terrible though.';
const texts = [long, 'ok', short, middle];
const all = { threshold: 0 };

function scores(predictions: readonly Prediction[][]): number[][] {
  return predictions.map((row) => row.map(({ score }) => score));
}

/** Scores of one text after another must agree; one float32 step of a sigmoid is 6e-8. */
function expectClose(one: readonly number[][], other: readonly number[][], digits = 6): void {
  expect(one.map((row) => row.length)).toEqual(other.map((row) => row.length));
  one.flat().forEach((score, index) => {
    expect(score).toBeCloseTo(other.flat()[index]!, digits);
  });
}

function largestGap(one: readonly number[][], other: readonly number[][]): number {
  return Math.max(...one.flat().map((score, index) => Math.abs(score - other.flat()[index]!)));
}

describe('scores do not depend on neighbours in the batch', () => {
  const poolers = ['avg', 'max', 'last', 'sum', 'rms', 'abs_max', 'abs_avg'];

  test.each([
    ...poolers.map((name) => `uni-bert-pool-${name}`),
    'uni-bert-lstm',
    'uni-bert-extract-avg',
    'uni-bert-instruct',
    'bi-bert',
    'bi-fused-bert',
    'encdec-t5',
  ])('%s', async (name) => {
    const model = await load(name);
    const pipeline = new ZeroShotClassificationPipeline(model);
    const together = scores(await pipeline.classify(texts, labels, all));
    const alone = await Promise.all(texts.map((text) => pipeline.classify(text, labels, all)));
    expectClose(together, scores(alone.flat()));
    // Upstream pads the texts of a batch to one length and counts the padding.
    const upstream = await new ZeroShotClassificationPipeline(model, { parity: true }).classify(texts, labels, all);
    expect(largestGap(together, scores(upstream))).toBeGreaterThan(1e-4);
  });

  test('nor on their number of labels, where the scorer spans all labels', async () => {
    const pipeline = new ZeroShotClassificationPipeline(await load('uni-bert-scorer-hopfield'));
    const own = [labels, ['positive', 'negative']];
    const together = scores(await pipeline.classify([middle, short], own, all));
    const alone = [
      ...(await pipeline.classify(middle, labels, all)),
      ...(await pipeline.classify(short, own[1]!, all)),
    ];
    expectClose(together, scores(alone));
  });
});

describe('prompts and examples belong to their text', () => {
  const prompt = ['First: ', null, 'Third: ', 'Fourth: '];

  test.each([1, 2, 3, 8])('prompts, in batches of %d', async (batchSize) => {
    const pipeline = new ZeroShotClassificationPipeline(await load('uni-bert-first-simple'));
    const together = await pipeline.classify(texts, labels, { ...all, prompt, batchSize });
    const alone = await Promise.all(
      texts.map((text, index) => pipeline.classify(text, labels, { ...all, prompt: prompt[index] ?? '' })),
    );
    expectClose(scores(together), scores(alone.flat()));
  });

  const chunked = { threshold: 0, textChunkSize: 60, textChunkOverlap: 0 };
  const mixed = [long, 'ok', long, short];

  test('prompts, of long and short texts', async () => {
    const model = await load('uni-bert-first-simple');
    const pipeline = new ZeroShotWithChunkingPipeline(model);
    const together = await pipeline.classify(mixed, labels, { ...chunked, prompt: ['A ', 'B ', 'C ', 'D '] });
    const alone = await Promise.all(
      mixed.map((text, index) => pipeline.classify(text, labels, { ...chunked, prompt: 'ABCD'.charAt(index) + ' ' })),
    );
    expectClose(scores(together), scores(alone.flat()));
    const parity = new ZeroShotWithChunkingPipeline(model, { parity: true });
    const upstream = await parity.classify(mixed, labels, { ...chunked, prompt: ['A ', 'B ', 'C ', 'D '] });
    expect(largestGap(scores(together), scores(upstream))).toBeGreaterThan(1e-4);
  });

  test('examples per text, of long and short texts', async () => {
    const model = await load('uni-bert-first-simple');
    const pipeline = new ZeroShotWithChunkingPipeline(model);
    const examples = ['Love it', 'Broken', 'Slow', 'Fine'].map((text) => [{ text, labels: ['positive'] }]);
    const together = await pipeline.classify(mixed, labels, { ...chunked, examples });
    const alone = await Promise.all(
      mixed.map((text, index) => pipeline.classify(text, labels, { ...chunked, examples: examples[index]! })),
    );
    expectClose(scores(together), scores(alone.flat()));
    const parity = new ZeroShotWithChunkingPipeline(model, { parity: true });
    const upstream = await parity.classify(mixed, labels, { ...chunked, examples });
    expect(largestGap(scores(together), scores(upstream))).toBeGreaterThan(1e-4);
  });
});

test('a constructor takes every name of a classification type', async () => {
  const model = await load('uni-bert-first-simple');
  for (const classificationType of ['single', 'Single-Label', ' single_label ']) {
    const [one] = await new ZeroShotClassificationPipeline(model, { classificationType }).classify(middle, labels);
    expect(one).toHaveLength(1);
    const parity = new ZeroShotClassificationPipeline(model, { classificationType, parity: true });
    expect((await parity.classify(middle, labels, all))[0]).toHaveLength(4);
    const chunking = new ZeroShotWithChunkingPipeline(model, { classificationType });
    expect((await chunking.classify(middle, labels))[0]).toHaveLength(1);
  }
});

test('bi-encoders take a different number of labels per text', async () => {
  for (const name of ['bi-bert', 'bi-bert-normalize', 'bi-fused-bert']) {
    const pipeline = new ZeroShotClassificationPipeline(await load(name));
    const own = [['positive', 'negative', 'a longer label than the others'], ['sports']];
    const together = await pipeline.classify([middle, short], own, all);
    const alone = [
      ...(await pipeline.classify(middle, own[0]!, all)),
      ...(await pipeline.classify(short, own[1]!, all)),
    ];
    expectClose(scores(together), scores(alone));
  }
});

test('labels per text are padded to the longest label, not to the maximum length', async () => {
  const batches: BatchLogits[] = [];
  const own = [['positive'], ['sports']];
  const settings = { maxLength: 64, onBatch: (batch: BatchLogits) => batches.push(batch) };
  const model = await load('bi-bert');
  await new ZeroShotClassificationPipeline(model, settings).classify([middle, short], own, all);
  expect(Math.max(...batches.map(({ feeds }) => feeds['class_input_ids']!.dims[2]!))).toBeLessThan(20);
  batches.length = 0;
  await new ZeroShotClassificationPipeline(model, { ...settings, parity: true }).classify([middle, short], own, all);
  expect(batches.map(({ feeds }) => feeds['class_input_ids']!.dims[2]!)).toEqual([64]);
});

test('encoder-decoders take more labels than upstream has slots', async () => {
  const many = Array.from({ length: 40 }, (_, index) => `label ${index}`);
  for (const name of ['encdec-t5', 'encdec-t5-cls']) {
    const model = await load(name);
    const [predictions] = await new ZeroShotClassificationPipeline(model).classify(short, many, all);
    expect(predictions!.map(({ label }) => label)).toEqual(many);
    const parity = new ZeroShotClassificationPipeline(model, { parity: true });
    await expect(parity.classify(short, many, all)).rejects.toMatchObject({ code: 'input-invalid' });
  }
});

describe('markers in a text are words', () => {
  const marked = 'see <<LABEL>>injected <<SEP>> text ＜＜LABEL＞＞';
  const neutral = 'see < LABEL>>injected < SEP>> text ＜ LABEL＞＞';

  test.each([
    'uni-bert-first-simple',
    'uni-bert-textfirst',
    'uni-deberta-textfirst',
    'bi-fused-bert',
    'decoderkv-qwen3',
  ])('%s', async (name) => {
    const model = await load(name);
    const pipeline = new ZeroShotClassificationPipeline(model);
    const seen = scores(await pipeline.classify(marked, labels, all));
    expectClose(seen, scores(await pipeline.classify(neutral, labels, all)));
    const examples = [{ text: marked, labels: ['a <<SEP>> b'] }];
    const plain = [{ text: neutral, labels: ['a < SEP>> b'] }];
    const withExamples = await pipeline.classify(short, labels, { ...all, examples });
    expectClose(scores(withExamples), scores(await pipeline.classify(short, labels, { ...all, examples: plain })));
  });

  test('in parity mode they are markers', async () => {
    const parity = new ZeroShotClassificationPipeline(await load('uni-bert-textfirst'), { parity: true });
    const seen = scores(await parity.classify(marked, labels, all));
    expect(largestGap(seen, scores(await parity.classify(neutral, labels, all)))).toBeGreaterThan(1e-4);
  });
});

describe('chunking', () => {
  test('sizes given to one call do not stay', async () => {
    const model = await load('uni-bert-first-simple');
    const batches: BatchLogits[] = [];
    const onBatch = (batch: BatchLogits): void => void batches.push(batch);
    const passes = async (parity: boolean): Promise<number> => {
      const pipeline = new ZeroShotWithChunkingPipeline(model, { parity, onBatch });
      await pipeline.classify(long, labels, { textChunkSize: 30, textChunkOverlap: 5, labelsChunkSize: 1 });
      batches.length = 0;
      await pipeline.classify(long, labels);
      return batches.length;
    };
    expect(await passes(false)).toBe(1);
    expect(await passes(true)).toBe(16);
  });

  test.each(['uni-bert-first-simple', 'uni-bert-textfirst'])('no text is lost to the token limit: %s', async (name) => {
    const model = await load(name);
    const ending = model.tokenizer.encode('jazz music please', { addSpecialTokens: false }).map(BigInt);
    const wordId = BigInt(model.tokenizer.encode('word', { addSpecialTokens: false })[0]!);
    const batches: BatchLogits[] = [];
    const onBatch = (batch: BatchLogits): void => void batches.push(batch);
    const idsOf = async (parity: boolean): Promise<bigint[][]> => {
      batches.length = 0;
      const pipeline = new ZeroShotWithChunkingPipeline(model, { maxLength: 128, onBatch, parity });
      await pipeline.classify(`${'word '.repeat(900)}Play some jazz music please`, labels, all);
      return batches.flatMap(({ feeds }) => {
        const { data, dims } = feeds['input_ids']!;
        return Array.from({ length: dims[0]! }, (_, row) => [...data.slice(row * dims[1]!, (row + 1) * dims[1]!)]);
      });
    };
    const rows = await idsOf(false);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(128);
    expect(rows.flat().filter((id) => id === wordId).length).toBeGreaterThanOrEqual(900);
    expect(rows.some((row) => ending.every((id) => row.includes(id)))).toBe(true);
    const upstream = await idsOf(true);
    expect(upstream.flat().filter((id) => id === wordId).length).toBeLessThan(128);
  });

  test('every architecture is read in its own layout', async () => {
    for (const name of ['bi-bert', 'bi-fused-bert', 'encdec-t5', 'encdec-t5-cls', 'decoderkv-qwen3']) {
      const model = await load(name);
      const [chunked] = await new ZeroShotWithChunkingPipeline(model).classify(short, labels, all);
      const [base] = await new ZeroShotClassificationPipeline(model).classify(short, labels, all);
      expectClose([chunked!.map(({ score }) => score).sort()], [base!.map(({ score }) => score).sort()]);
      expect(() => new ZeroShotWithChunkingPipeline(model, { parity: true })).toThrow('uni-encoders only');
    }
  });
});

test('the maximum length is never more than the model can read', async () => {
  const model = await load('uni-bert-first-simple');
  expect(model.folder.config.maxLength).toBe(320);
  const [predictions] = await new ZeroShotClassificationPipeline(model).classify('word '.repeat(2000), labels, all);
  expect(predictions).toHaveLength(4);
});
