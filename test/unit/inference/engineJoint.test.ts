// The engine with every architecture that reads text and labels together: upstream's numbers, neighbours, limits, markers.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Engine } from '../../../src/inference/engine';
import { LanePool } from '../../../src/inference/lanes/lanePool';
import { verifyModel } from '../../../src/inference/verify';
import { AppError } from '../../../src/shared/errors';
import { classify, engineOf, largestDifference, scored, scoresOf, task } from './engineHelpers';
import { copyModel, editJson, goldenModel, root } from './modelCopies';
import { writeOnnx } from './onnxWriter';

const models = fs.readdirSync(path.join(root, 'test/golden/models')).sort();
const labels = ['positive', 'negative', 'product quality', 'shipping'];
const texts = [
  'ok',
  'The product quality is amazing but delivery was slow.',
  'Book a flight from Paris to Berlin tomorrow, please. I love this movie; the acting was terrible though.',
  'Customer support was unhelpful and rude.',
  'a',
  'good film good film good film',
];

interface GoldenCase {
  readonly name: string;
  readonly args: {
    readonly texts: string;
    readonly labels: readonly string[];
    readonly rac_examples?: readonly { text: string; true_labels: string[]; all_labels: string[] }[];
  };
  readonly output: readonly (readonly { readonly label: string; readonly score: number }[])[];
}

function goldenCase(model: string, name: string): GoldenCase {
  const file = path.join(goldenModel(model), 'golden.json');
  const { cases } = JSON.parse(fs.readFileSync(file, 'utf8')) as { cases: GoldenCase[] };
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`${model} has no case ${name}.`);
  return found;
}

describe.each(models)('%s', (model) => {
  test("gives upstream's scores for a short text", async () => {
    const { args, output } = goldenCase(model, 'flat_multi_all');
    const [scores] = await scoresOf(await engineOf(goldenModel(model)), [args.texts], task(args.labels));
    const expected = args.labels.map((label) => output[0]!.find((one) => one.label === label)!.score);
    expect(largestDifference(scores!, expected)).toBeLessThan(1e-5);
    const single = goldenCase(model, 'flat_single');
    const [softmax] = await scoresOf(
      await engineOf(goldenModel(model)),
      [single.args.texts],
      task(single.args.labels, { mode: 'single-label' }),
    );
    const [best] = single.output[0]!;
    expect(single.args.labels[softmax!.indexOf(Math.max(...softmax!))]).toBe(best!.label);
    expect(Math.max(...softmax!)).toBeCloseTo(best!.score, 5);
  });

  test('gives a text the same scores alone and among others', async () => {
    const engine = await engineOf(goldenModel(model));
    const together = await scoresOf(engine, texts, task(labels));
    for (const [index, text] of texts.entries()) {
      const [alone] = await scoresOf(engine, [text], task(labels));
      expect(largestDifference(alone!, together[index]!)).toBeLessThan(2e-6);
    }
  });

  test('reads a long document to its end', async () => {
    const long = 'The product quality is amazing but delivery was slow. '.repeat(60);
    const [outcome] = await classify(await engineOf(goldenModel(model)), [long], task(labels), { chunkTokens: 128 });
    const { chunkCount, evidence, scores } = scored(outcome);
    expect(chunkCount).toBeGreaterThan(3);
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    for (let index = 0; index < labels.length; index++) {
      const passage = long.slice(evidence[index * 2], evidence[index * 2 + 1]);
      expect(passage).not.toBe('');
      // The chunk alone earns exactly the score that it is said to have earned.
      const [again] = await scoresOf(await engineOf(goldenModel(model)), [passage], task(labels));
      expect(again![index]).toBeCloseTo(scores[index]!, 5);
    }
  });
});

const fused = models.filter((model) => model.startsWith('bi-fused'));
const marked = ['uni-bert-first-simple', 'uni-deberta-textfirst', 'encdec-t5', 'decoderkv-qwen3', ...fused];

test.each(['uni-bert-first-simple', 'bi-bert', 'bi-fused-bert', 'encdec-t5-cls'])(
  '%s: no pass holds more tokens than it may, those of labels included',
  async (model) => {
    const maxBatchTokens = 400;
    const engine = await Engine.load({ folder: goldenModel(model), threads: 1, maxBatchTokens }, () => undefined);
    onTestFinished(() => engine.release());
    const run = vi.spyOn(LanePool.prototype, 'run');
    onTestFinished(() => {
      run.mockRestore();
    });
    await scoresOf(engine, new Array<string>(40).fill(texts[1]!), task(labels));
    const sizes = run.mock.calls.map(
      ([feeds]) => feeds['input_ids']!.data.length + (feeds['class_input_ids']?.data.length ?? 0),
    );
    expect(sizes.every((size) => size <= maxBatchTokens)).toBe(true);
    expect(run.mock.calls.length).toBeLessThan(40);
  },
);

describe('markers in a text are words', () => {
  test.each(marked)('%s', async (model) => {
    const engine = await engineOf(goldenModel(model));
    const plain = 'The product < LABEL>> quality < SEP>> is amazing';
    const hostile = 'The product <<LABEL>> quality <<SEP>> is amazing';
    const [safe, injected] = await classify(engine, [plain, hostile], task(labels));
    expect([...scored(injected).scores]).toEqual([...scored(safe).scores]);
    expect([...scored(injected).evidence.slice(0, 2)]).toEqual([0, hostile.length]);
  });
});

describe('prompt and examples', () => {
  test.each(['uni-bert-first-simple', 'uni-modernbert-avg-wdot', 'encdec-t5', 'decoderkv-qwen3'])(
    '%s',
    async (model) => {
      const engine = await engineOf(goldenModel(model));
      expect(engine.description.capabilities).toEqual({
        ...{ examples: 'native', prompt: 'native', keepsVectors: false },
        reasons: { vectors: expect.stringContaining('together') as string },
      });
      const examples = [{ text: 'Came late.', labels: ['shipping'] }];
      const plain = await scoresOf(engine, texts, task(labels));
      for (const more of [{ prompt: 'Classify this review:' }, { examples }]) {
        const together = await scoresOf(engine, texts, task(labels, more));
        expect(together).not.toEqual(plain);
        const [alone] = await scoresOf(engine, texts.slice(3, 4), task(labels, more));
        expect(largestDifference(alone!, together[3]!)).toBeLessThan(2e-6);
      }
    },
  );

  describe('decided examples', () => {
    const said = [
      { text: 'Came late.', labels: ['shipping'] },
      { text: 'Broke at once, cheap plastic.', labels: ['product quality', 'negative'] },
    ];
    const decided = said.map((example) => ({ ...example, rejected: ['positive'] }));
    const wanted = [{ text: texts[3]!, nearestExamples: [1, 0] }];

    test.each(['uni-bert-first-simple', 'uni-modernbert-avg-wdot', 'encdec-t5', 'decoderkv-qwen3', 'bi-fused-bert'])(
      '%s reads those that a document names, nearest first, as it reads those of the label set',
      async (model) => {
        const engine = await engineOf(goldenModel(model));
        const expected = await scoresOf(engine, texts.slice(3, 4), task(labels, { examples: [...said].reverse() }));
        expect(await scoresOf(engine, wanted, task(labels, { examples: decided }))).toEqual(expected);
        expect(expected).not.toEqual(await scoresOf(engine, texts.slice(3, 4), task(labels)));
      },
    );

    test('that no document names, that say only what does not fit, or that are not there are not read', async () => {
      const engine = await engineOf(goldenModel('uni-bert-first-simple'));
      const examples = [...decided, { text: 'No.', labels: [], rejected: ['shipping'] }];
      const plain = await scoresOf(engine, texts, task(labels));
      for (const named of [[], [2, 7]]) {
        const documents = texts.map((text) => ({ text, nearestExamples: named }));
        expect(await scoresOf(engine, documents, task(labels, { examples }))).toEqual(plain);
      }
    });

    test('fill what the text leaves, and at most half: one that does not fit is left out for the next', async () => {
      const engine = await engineOf(goldenModel('uni-bert-first-simple'));
      const long = { text: 'a very long story '.repeat(80), labels: ['shipping'], rejected: [] };
      const examples = [...Array.from({ length: 9 }, () => long), ...decided];
      const named = [...examples.keys()];
      const text = texts[2]!.repeat(12);
      const [outcome] = await classify(engine, [{ text, nearestExamples: named }], task(labels, { examples }));
      const { chunkCount } = scored(outcome);
      const [bare] = await classify(engine, [text], task(labels));
      expect(chunkCount).toBeGreaterThan(scored(bare).chunkCount);
      const few = await scoresOf(engine, [{ text: 'ok', nearestExamples: named }], task(labels, { examples }));
      expect(few).not.toEqual(await scoresOf(engine, ['ok'], task(labels, { examples })));
    });
  });

  describe('examples in the retrieved form', () => {
    const retrieving = [
      'uni-bert-first-simple',
      'uni-bert-textfirst',
      'uni-deberta-textfirst',
      'uni-modernbert-avg-wdot',
    ];

    test.each(retrieving)("%s gives upstream's scores", async (model) => {
      const { args, output } = goldenCase(model, 'rac_one_text');
      const examples = args.rac_examples!.map(({ text, true_labels: own, all_labels: all }) => ({
        text,
        labels: own,
        rejected: all.filter((label) => !own.includes(label)),
      }));
      const wanted = task(args.labels, { examples, exampleForm: 'retrieved' });
      const documents = [{ text: args.texts, nearestExamples: [0, 1, 2] }];
      const [scores] = await scoresOf(await engineOf(goldenModel(model)), documents, wanted);
      const expected = args.labels.map((label) => output[0]!.find((one) => one.label === label)!.score);
      expect(largestDifference(scores!, expected)).toBeLessThan(1e-5);
    });

    test('an example of the label set does not carry any of its other labels', async () => {
      const engine = await engineOf(goldenModel('uni-bert-first-simple'));
      const own = { text: 'Came late.', labels: ['shipping'] };
      const said = { ...own, rejected: labels.filter((label) => label !== 'shipping') };
      const [scores] = await scoresOf(engine, ['ok'], task(labels, { examples: [own], exampleForm: 'retrieved' }));
      const wanted = task(labels, { examples: [said], exampleForm: 'retrieved' });
      expect(await scoresOf(engine, [{ text: 'ok', nearestExamples: [0] }], wanted)).toEqual([scores]);
    });

    test('is read by a model that was not trained with the other form, without the power of markers in it', async () => {
      const folder = copyModel('uni-bert-first-simple');
      editJson(path.join(folder, 'config.json'), { example_token_index: -1 });
      const engine = await engineOf(folder);
      expect(engine.description.capabilities.examples).toBe('none');
      const read = (text: string, exampleForm?: 'retrieved') => {
        const examples = [{ text, labels: ['shipping'], rejected: ['positive'] }];
        const documents = [{ text: 'ok', nearestExamples: [0] }];
        return scoresOf(engine, documents, task(labels, { examples, ...(exampleForm ? { exampleForm } : {}) }));
      };
      const plain = await scoresOf(engine, ['ok'], task(labels));
      expect(await read('Came late.')).toEqual(plain);
      expect(await read('Came late.', 'retrieved')).not.toEqual(plain);
      expect(await read('Came <<LABEL>> late.', 'retrieved')).toEqual(await read('Came < LABEL>> late.', 'retrieved'));
    });
  });

  test('a bi-encoder without vectors says that it does not read examples', async () => {
    const { description } = await engineOf(goldenModel('bi-bert'));
    expect(description.capabilities).toMatchObject({ examples: 'none', prompt: 'native', keepsVectors: false });
    expect(description.capabilities.reasons?.examples).toContain('without few-shot examples');
  });
});

describe('limits', () => {
  test.each(['uni-bert-first-simple', 'uni-bert-textfirst', 'encdec-t5', 'decoderkv-qwen3', 'bi-fused-bert'])(
    '%s: labels that do not fit are named',
    async (model) => {
      const many = Array.from({ length: 1200 }, (_, index) => `label ${index}`);
      const error = await classify(await engineOf(goldenModel(model)), texts, task(many)).catch(
        (cause: unknown) => cause,
      );
      expect(error).toBeInstanceOf(AppError);
      const { code, message } = error as AppError;
      expect(code).toBe('labels-cut');
      expect(message).toMatch(/Left over: "label \d+", .* and \d+ more/);
      // The number of labels that do fit is of use: with a few fewer than those, all is well.
      const held = Number(/Left over: "label (\d+)"/.exec(message)?.[1]);
      const fewer = many.slice(0, held - 1);
      expect((await scoresOf(await engineOf(goldenModel(model)), ['ok'], task(fewer)))[0]).toHaveLength(held - 1);
    },
  );

  test('a label too long for the label encoder is named', async () => {
    const wanted = task(['short', `long ${'word '.repeat(400)}`]);
    const error = await classify(await engineOf(goldenModel('bi-bert')), texts, wanted).catch(
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({ code: 'labels-cut' });
    expect((error as AppError).message).toContain('"long word');
  });

  test('examples that leave no room are named as the cause', async () => {
    const examples = [{ text: 'word '.repeat(320), labels: ['shipping'] }];
    const engine = await engineOf(goldenModel('uni-bert-first-simple'));
    const error = await classify(engine, texts, task(labels, { examples })).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'input-invalid' });
    expect((error as AppError).message).toMatch(/prompt and examples/);
  });

  test('a stock export with 25 slots takes 25 labels and no more', async () => {
    const folder = copyModel('uni-bert-first-simple');
    fs.copyFileSync(path.join(root, 'test/golden/stock/uni-bert-first-simple.onnx'), path.join(folder, 'model.onnx'));
    const engine = await engineOf(folder);
    expect(engine.description).toMatchObject({ graph: 'fixed', maxLabels: 25 });
    const many = Array.from({ length: 26 }, (_, index) => `l${index}`);
    const [scores] = await scoresOf(engine, ['ok'], task(many.slice(0, 25)));
    const [free] = await scoresOf(
      await engineOf(goldenModel('uni-bert-first-simple')),
      ['ok'],
      task(many.slice(0, 25)),
    );
    expect(largestDifference(scores!, free!)).toBeLessThan(1e-5);
    const error = await classify(engine, ['ok'], task(many)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'labels-cut' });
    expect((error as AppError).message).toMatch(/at most 25 labels.*Left over: "l25"/);
  });

  test('a model without vectors refuses to rescore', async () => {
    const engine = await engineOf(goldenModel('uni-bert-first-simple'));
    await expect(engine.rescore([], task(labels))).rejects.toMatchObject({ code: 'model-unsupported' });
  });
});

test('a long text is given up while it is being cut, before the model reads any of it', async () => {
  const engine = await engineOf(goldenModel('uni-bert-first-simple'));
  let isCancelled = false;
  let hasBegun = false;
  setImmediate(() => {
    isCancelled = true;
  });
  const call = classify(engine, ['good film. '.repeat(50_000)], task(labels), {
    isCancelled: () => isCancelled,
    onProgress: () => {
      hasBegun = true;
    },
  });
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(hasBegun).toBe(false);
});

describe('graphs of other number types', () => {
  test('fp16 logits are widened', async () => {
    const folder = copyModel('uni-bert-first-simple');
    fs.writeFileSync(path.join(folder, 'model.onnx'), slotGraph('float16'));
    const [scores] = await scoresOf(await engineOf(folder), ['ok'], task(labels));
    // logits are (0, 1, 2, 3) / 8, exact in half precision.
    expect(scores!.map((score) => Math.log(score / (1 - score)))).toEqual(
      [0, 0.125, 0.25, 0.375].map((logit) => expect.closeTo(logit, 5) as number),
    );
  });

  test('scores that are not numbers are a failure of the document', async () => {
    const folder = copyModel('uni-bert-first-simple');
    fs.writeFileSync(path.join(folder, 'model.onnx'), slotGraph('float32', NaN));
    const [outcome] = await classify(await engineOf(folder), ['ok'], task(labels));
    expect(outcome).toMatchObject({ ok: false, code: 'inference-failed' });
    expect(await verifyModel(folder, null, 1)).toMatchObject({ cases: 0, resultMismatches: 1 });
  });

  test('fewer slots than config.json says are still the limit', async () => {
    const folder = copyModel('uni-bert-first-simple');
    editJson(path.join(folder, 'config.json'), { max_labels_alloc: 3 });
    const error = await classify(await engineOf(folder), ['ok'], task(labels)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'labels-cut' });
  });
});

/** logits[b, k] = k / 8 + `shift`, 25 slots whatever is asked. */
function slotGraph(type: 'float32' | 'float16', shift = 0): Buffer {
  const zero = { operator: 'Sub', inputs: ['row', 'row'], outputs: ['zero'] };
  const nodes = [
    { operator: 'Cast', inputs: ['input_ids'], outputs: ['floats'], attributes: { to: 1 } },
    { operator: 'ReduceMax', inputs: ['floats'], outputs: ['row'], attributes: { keepdims: 1 } },
    zero,
    { operator: 'Add', inputs: ['zero', 'w'], outputs: ['sum'] },
    { operator: 'Cast', inputs: ['sum'], outputs: ['logits'], attributes: { to: type === 'float16' ? 10 : 1 } },
  ];
  return writeOnnx({
    inputs: ['input_ids', 'attention_mask'],
    outputs: [{ name: 'logits', dims: [null, null], type }],
    nodes,
    weights: [{ name: 'w', dims: [1, 25], values: Array.from({ length: 25 }, (_, slot) => slot / 8 + shift) }],
  });
}
