// What default mode refuses with a readable message, where upstream crashes, answers nonsense or drops something silently.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/shared/errors';
import { loadModel } from '../../src/inference/model/loadedModel';
import { parseModelConfig } from '../../src/inference/model/modelConfig';
import { ZeroShotWithChunkingPipeline } from '../../src/inference/pipeline/chunkingPipeline';
import type { ChunkingOptions } from '../../src/inference/pipeline/chunkingPipeline';
import type { LabelsOption } from '../../src/inference/pipeline/labelInput';
import type { PipelineSettings } from '../../src/inference/pipeline/passRunner';
import { ZeroShotClassificationPipeline } from '../../src/inference/pipeline/zeroShotPipeline';
import type { ZeroShotOptions } from '../../src/inference/pipeline/zeroShotPipeline';
import { modelFolder, modelLoader } from './support/goldenModels';

const load = modelLoader();
const uni = 'uni-bert-first-simple';
const labels = ['positive', 'negative', 'product quality', 'shipping'];
const text = 'The product quality is amazing but delivery was slow.';
const two = [text, 'ok'];

interface Refused {
  model?: string;
  texts?: string | string[];
  labels?: unknown;
  settings?: PipelineSettings;
  options?: ZeroShotOptions;
  code?: ErrorCode;
  says: RegExp;
}

async function expectRefusal(one: Refused): Promise<void> {
  const model = await load(one.model ?? uni);
  const pipeline = new ZeroShotClassificationPipeline(model, one.settings);
  const call = pipeline.classify(one.texts ?? text, (one.labels ?? labels) as LabelsOption, one.options);
  await expect(call).rejects.toMatchObject({
    name: 'AppError',
    code: one.code ?? 'input-invalid',
    message: expect.stringMatching(one.says) as string,
  });
}

describe('labels', () => {
  test.each<[string, Refused]>([
    ['an empty list', { labels: [], says: /no labels/ }],
    ['an empty object', { labels: {}, says: /no labels/ }],
    ['an object of empty lists', { labels: { a: [], b: {} }, says: /no labels/ }],
    ['a leaf that is a number', { labels: { a: 5 }, says: /neither a string nor a list/ }],
    ['strings mixed with objects', { labels: ['a', { b: ['c'] }], says: /neither a string/ }],
    ['objects mixed with strings', { labels: [{ b: ['c'] }, 'a'], texts: two, says: /mix/ }],
    ['fewer lists than texts', { labels: [['a']], texts: two, says: /2 texts but 1 lists/ }],
    ['more lists than texts', { labels: [['a'], ['b'], ['c']], texts: two, says: /2 texts but 3 lists/ }],
    ['an empty list for one text', { labels: [['a'], []], texts: two, says: /Text 2 has no labels/ }],
    ['a marker in a label', { labels: ['a', 'b <<SEP>> c'], says: /label "b <<SEP>> c" holds the marker <<SEP>>/ }],
    ['a full-width marker in a label', { labels: ['＜＜LABEL＞＞'], says: /marker <<LABEL>>/ }],
  ])('%s', (_, one) => expectRefusal(one));
});

describe('options', () => {
  test.each<[string, Refused]>([
    ['too few thresholds', { texts: two, options: { threshold: [0.1] }, says: /2 texts but 1 thresholds/ }],
    ['too few types', { texts: two, options: { classificationType: ['single'] }, says: /1 classification types/ }],
    ['an unknown type', { options: { classificationType: 'regression' }, says: /"regression" is unknown/ }],
    ['too few prompts', { texts: two, options: { prompt: ['a'] }, says: /2 texts but 1 prompts/ }],
    ['a marker in a prompt', { options: { prompt: 'a <<LABEL>>' }, says: /prompt "a <<LABEL>>"/ }],
    ['an adapter', { options: { adapterIds: 'x' }, says: /Merge the adapter/ }],
    ['a batch of none', { options: { batchSize: 0 }, says: /batchSize/ }],
    [
      'fewer lists of retrieval examples than texts',
      { texts: two, options: { racExamples: [[{ text: 't', trueLabels: ['a'] }]] }, says: /1 lists of retrieval/ },
    ],
    [
      'a flat list of retrieval examples for several texts',
      { texts: two, options: { racExamples: [{ text: 't', trueLabels: ['a'] }] }, says: /one list per text/ },
    ],
    [
      'a retrieval example without a text',
      { options: { racExamples: [{ trueLabels: ['a'] } as never] }, says: /has no text/ },
    ],
  ])('%s', (_, one) => expectRefusal(one));

  test('an unknown type in the constructor', async () => {
    const model = await load(uni);
    expect(() => new ZeroShotClassificationPipeline(model, { classificationType: 'regression' })).toThrow('regression');
    expect(() => new ZeroShotWithChunkingPipeline(model, { classificationType: 'regression' })).toThrow('regression');
    const settings = { classificationType: 'single', parity: true };
    expect(() => new ZeroShotWithChunkingPipeline(model, settings)).toThrow('"single"');
  });
});

describe('cut labels are named', () => {
  const longText = 'The customer support was slow. '.repeat(30);

  test.each<[string, Refused]>([
    ['labels first', { settings: { maxLength: 8 }, says: /\d of 4 labels do not fit into the 8 tokens.*"shipping"/ }],
    [
      'text first: a long text pushes all labels out',
      {
        model: 'uni-bert-textfirst',
        texts: longText,
        settings: { maxLength: 32 },
        says: /4 of 4 .*"positive".*"shipping"/,
      },
    ],
    ['class string of an encoder-decoder', { model: 'encdec-t5', settings: { maxLength: 8 }, says: /"shipping"/ }],
    ['label section of a decoder', { model: 'decoderkv-qwen3', settings: { maxLength: 8 }, says: /"shipping"/ }],
    ['markers of a fused bi-encoder', { model: 'bi-fused-bert', settings: { maxLength: 4 }, says: /"shipping"/ }],
    [
      'a long label of a bi-encoder',
      { model: 'bi-bert', settings: { maxLength: 6 }, says: /1 of 4 .*"product quality"/ },
    ],
  ])('%s', (_, one) => expectRefusal({ ...one, code: 'labels-cut' }));

  test('nothing is refused when only text is cut', async () => {
    const pipeline = new ZeroShotClassificationPipeline(await load(uni), { maxLength: 32 });
    expect((await pipeline.classify(longText, labels, { threshold: 0 }))[0]).toHaveLength(4);
  });

  test('labels that just fit are not refused', async () => {
    const model = await load('uni-bert-textfirst');
    const row = model.tokenizer.encode(`${text}<<LABEL>>positive<<LABEL>>shipping<<SEP>>`);
    const fitting = new ZeroShotClassificationPipeline(model, { maxLength: row.length });
    expect((await fitting.classify(text, ['positive', 'shipping'], { threshold: 0 }))[0]).toHaveLength(2);
    const tight = new ZeroShotClassificationPipeline(model, { maxLength: row.length - 1 });
    await expect(tight.classify(text, ['positive', 'shipping'])).rejects.toMatchObject({
      code: 'labels-cut',
      message: expect.stringContaining('1 of 2 labels') as string,
    });
  });
});

test('more labels than a model was trained for', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-slots-'));
  fs.cpSync(modelFolder(uni), folder, { recursive: true });
  const file = path.join(folder, 'config.json');
  const config = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  fs.writeFileSync(file, JSON.stringify({ ...config, max_labels_alloc: 3 }));
  const model = await loadModel(folder, { threads: 1 });
  try {
    const pipeline = new ZeroShotClassificationPipeline(model);
    expect((await pipeline.classify(text, labels.slice(0, 3), { threshold: 0 }))[0]).toHaveLength(3);
    await expect(pipeline.classify(text, labels)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(/at most 3 labels at a time; there are 4/) as string,
    });
  } finally {
    await model.session.release();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

describe('chunking', () => {
  test.each<[string, ChunkingOptions, unknown, RegExp]>([
    ['an overlap as long as the chunk', { textChunkSize: 10, textChunkOverlap: 10 }, labels, /overlap/],
    ['an overlap longer than the chunk', { textChunkSize: 100 }, labels, /overlap/],
    ['a chunk of no length', { textChunkSize: 0, textChunkOverlap: 0 }, labels, /chunk size/],
    ['groups of no labels', { labelsChunkSize: 0 }, labels, /labelsChunkSize/],
    ['labels per text', {}, [['positive'], ['negative']], /one set of labels/],
    ['no labels', {}, [], /no labels/],
    ['a threshold per text', { threshold: [0.1, 0.2] as never }, labels, /one threshold/],
    ['too few prompts', { prompt: ['a'] }, labels, /2 texts but 1 prompts/],
  ])('%s', async (_, options, given, says) => {
    const pipeline = new ZeroShotWithChunkingPipeline(await load(uni));
    await expect(pipeline.classify(two, given as LabelsOption, options)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(says) as string,
    });
  });

  test('an overlap that never ends, in parity mode too', async () => {
    const pipeline = new ZeroShotWithChunkingPipeline(await load(uni), { parity: true });
    const options = { textChunkSize: 10, textChunkOverlap: 10 };
    await expect(pipeline.classify(text, labels, options)).rejects.toMatchObject({ code: 'input-invalid' });
  });

  test('a prompt that leaves no room for text', async () => {
    const pipeline = new ZeroShotWithChunkingPipeline(await load(uni), { maxLength: 24 });
    const options = { prompt: 'Say what this review is about, please. '.repeat(4) };
    await expect(pipeline.classify(text, labels, options)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(/no room for text/) as string,
    });
  });
});

describe('configurations that upstream cannot run', () => {
  test.each([{ squeeze_layers: true }, { encoder_layer_id: 3 }, { layer_wise: true }])('%j', (flags) => {
    const config = JSON.stringify({ architecture_type: 'uni-encoder', vocab_size: 10, ...flags });
    expect(() => parseModelConfig(config, 'config.json')).toThrow(
      expect.objectContaining({ code: 'model-unsupported' }) as Error,
    );
  });
});
