// The engine with the embedded model: sense, sameness, evidence, kept vectors, examples, cancel, progress.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Engine } from '../../../src/inference/engine';
import { LanePool } from '../../../src/inference/lanes/lanePool';
import { AppError } from '../../../src/shared/errors';
import { selfCheck } from '../../../src/inference/product/selfCheck';
import { classify, engineOf, largestDifference, scored, scoresOf, task } from './engineHelpers';
import { embeddedModel } from './modelCopies';

const topics = ['sports', 'cooking', 'finance', 'weather'];
const texts = [
  'The striker scored twice and the team won the football match.',
  'Whisk the eggs with sugar, add flour and bake the cake for forty minutes.',
  'The central bank raised interest rates and shares fell.',
  'Rain and strong wind are expected tomorrow, with sunny spells in the evening.',
];
const filler = 'The committee met again and nothing of note was said about any matter at hand. ';

describe('the embedded model', () => {
  test('ranks plain texts under plain labels', async () => {
    const scores = await scoresOf(await engineOf(embeddedModel), texts, task(topics));
    expect(scores.map((row) => topics[row.indexOf(Math.max(...row))])).toEqual(topics);
  });

  test('passes its self-check', async () => {
    const check = await selfCheck(await engineOf(embeddedModel));
    expect(check).toEqual({ finite: true, independent: true, right: 3, total: 3 });
  });

  test('describes itself', async () => {
    const { description } = await engineOf(embeddedModel);
    expect(description).toMatchObject({
      architecture: 'bi-encoder',
      graph: 'split-bi-encoder',
      maxTokens: 512,
      maxLabels: null,
      vectorSize: 384,
      capabilities: { examples: 'emulated', prompt: 'native', keepsVectors: true },
    });
    expect(description.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('single-label scores sum to 1 and rank as multi-label scores do', async () => {
    const engine = await engineOf(embeddedModel);
    const single = await scoresOf(engine, texts, task(topics, { mode: 'single-label' }));
    for (const row of single) expect(row.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
    expect(single.map((row) => row.indexOf(Math.max(...row)))).toEqual([0, 1, 2, 3]);
  });
});

describe('the same text has the same scores', () => {
  test('alone, among others, in another order, and again', async () => {
    const engine = await engineOf(embeddedModel);
    const together = await scoresOf(engine, [...texts, filler.repeat(80)], task(topics));
    const reversed = (await scoresOf(engine, [...texts].reverse(), task(topics))).reverse();
    expect(reversed).toEqual(together.slice(0, texts.length));
    for (const [index, text] of texts.entries())
      expect((await scoresOf(engine, [text], task(topics)))[0]).toEqual(together[index]);
  });

  test('whatever the other labels are', async () => {
    const engine = await engineOf(embeddedModel);
    const [all] = await scoresOf(engine, texts.slice(0, 1), task(topics));
    const [one] = await scoresOf(
      engine,
      texts.slice(0, 1),
      task(['a much longer label: with a description of its own', topics[0]!]),
    );
    expect(one?.[1]).toBe(all?.[0]);
  });

  test('with and without white space around it', async () => {
    const engine = await engineOf(embeddedModel);
    const [bare, padded] = await classify(engine, [texts[0]!, `\n\n  ${texts[0]!}\t\n`], task(topics));
    expect(scored(padded).scores).toEqual(scored(bare).scores);
    expect([...scored(padded).evidence.slice(0, 2)]).toEqual([4, 4 + texts[0]!.length]);
  });
});

describe('long documents', () => {
  const long = `${filler.repeat(40)}\n\n${texts[1]!} ${texts[1]!}\n\n${filler.repeat(40)}\n\n${texts[2]!} ${texts[2]!}\n`;

  test('the evidence of a label is the chunk that holds its passage', async () => {
    const engine = await engineOf(embeddedModel);
    const [outcome] = await classify(engine, [long], task(topics), { chunkTokens: 128 });
    const { evidence, chunkCount } = scored(outcome);
    expect(chunkCount).toBeGreaterThan(8);
    const passage = (label: string): string => {
      const index = topics.indexOf(label) * 2;
      return long.slice(evidence[index], evidence[index + 1]);
    };
    expect(passage('cooking')).toContain('Whisk the eggs');
    expect(passage('finance')).toContain('central bank');
    expect(passage('cooking')).toBe(passage('cooking').trim());
  });

  test('no chunk is longer than asked for, and nothing but white space is left out', async () => {
    const engine = await engineOf(embeddedModel);
    const { loadTokenizer } = await import('../../../src/inference/model/tokenizer');
    const tokenizer = await loadTokenizer(embeddedModel);
    const unruly = `${long}${'x'.repeat(900)} ${'字'.repeat(300)} ${'👩‍👩‍👧‍👦'.repeat(60)}`;
    for (const chunkTokens of [32, 128, null]) {
      const [outcome] = await classify(engine, [unruly], task(topics), { chunkTokens, vectors: true });
      const { spans } = scored(outcome).vectors!;
      let end = 0;
      for (let chunk = 0; chunk < spans.length / 2; chunk++) {
        const [from, to] = [spans[chunk * 2]!, spans[chunk * 2 + 1]!];
        expect(unruly.slice(end, from).trim()).toBe('');
        expect(tokenizer.encode(unruly.slice(from, to)).length).toBeLessThanOrEqual(chunkTokens ?? 512);
        end = to;
      }
      expect(unruly.slice(end).trim()).toBe('');
    }
  });

  test('a text that fits is one chunk', async () => {
    const [outcome] = await classify(await engineOf(embeddedModel), [texts[0]!], task(topics));
    expect(scored(outcome)).toMatchObject({ chunkCount: 1 });
    expect([...scored(outcome).evidence.slice(0, 2)]).toEqual([0, texts[0]!.length]);
  });

  test('given breaks begin chunks', async () => {
    const text = filler.repeat(24);
    const at = filler.length * 13;
    const [outcome] = await classify(await engineOf(embeddedModel), [{ text, breaks: [at] }], task(topics), {
      chunkTokens: 256,
      vectors: true,
    });
    expect([...scored(outcome).vectors!.spans]).toContain(at);
  });
});

describe('kept vectors', () => {
  test('rescored against the same labels they give the same scores, bit for bit', async () => {
    const engine = await engineOf(embeddedModel);
    const outcomes = await classify(engine, [...texts, filler.repeat(60)], task(topics), { vectors: true });
    for (const mode of ['multi-label', 'single-label'] as const) {
      const direct = await classify(engine, [...texts, filler.repeat(60)], task(topics, { mode }));
      const kept = outcomes.map((outcome) => ({ id: outcome.id, vectors: scored(outcome).vectors! }));
      expect(await engine.rescore(kept, task(topics, { mode }))).toEqual(direct);
    }
  });

  test('rescored against other labels they give what classifying would', async () => {
    const engine = await engineOf(embeddedModel);
    const others = task(['a game of football', 'money: banks and markets']);
    const [outcome] = await classify(engine, texts.slice(0, 1), task(topics), { vectors: true });
    const rescored = await engine.rescore([{ id: 'd0', vectors: scored(outcome).vectors! }], others);
    expect(rescored).toEqual(await classify(engine, texts.slice(0, 1), others));
  });

  test('of another model they are refused, one by one', async () => {
    const engine = await engineOf(embeddedModel);
    const [good] = await classify(engine, texts.slice(0, 1), task(topics), { vectors: true });
    const outcomes = await engine.rescore(
      [
        { id: 'bad', vectors: { values: new Float32Array(7), spans: Int32Array.of(0, 5) } },
        { id: 'good', vectors: scored(good).vectors! },
      ],
      task(topics),
    );
    expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual([
      ['bad', false],
      ['good', true],
    ]);
  });

  test('that give no numbers are a failure of their document', async () => {
    const engine = await engineOf(embeddedModel);
    const [good] = await classify(engine, texts.slice(0, 1), task(topics), { vectors: true });
    const { values, spans } = scored(good).vectors!;
    // As long as numbers can be, so that the products with some label are longer.
    const longest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const vectors = { values: values.map((value) => (value / longest) * 3e38), spans };
    const outcomes = await engine.rescore([{ id: 'd', vectors }], task(topics));
    expect(outcomes).toMatchObject([{ ok: false, code: 'inference-failed' }]);
  });
});

test('a call can be cancelled while its labels are encoded', async () => {
  const engine = await engineOf(embeddedModel);
  const run = vi.spyOn(LanePool.prototype, 'run');
  onTestFinished(() => {
    run.mockRestore();
  });
  let asked = 0;
  const many = Array.from({ length: 2000 }, (_, index) => `label number ${index}`);
  const call = classify(engine, ['text'], task(many), { isCancelled: () => ++asked > 4 });
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  // Some 12 passes would hold all labels.
  expect(run.mock.calls.length).toBeLessThan(7);
});

test('a call on kept vectors can be cancelled while labels are moved', async () => {
  const engine = await engineOf(embeddedModel);
  const [outcome] = await classify(engine, texts.slice(0, 1), task(topics), { vectors: true });
  const kept = [{ id: 'd', vectors: scored(outcome).vectors! }];
  const examples = [
    { text: '', labels: [...topics], kept: { hash: 'c'.repeat(64), vectors: kept[0]!.vectors.values } },
  ];
  const call = engine.rescore(kept, task(topics, { examples }), () => true);
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(await engine.rescore(kept, task(topics, { examples }))).toMatchObject([{ ok: true }]);
});

describe('prompt and examples', () => {
  test('the prompt is read with every chunk', async () => {
    const engine = await engineOf(embeddedModel);
    const [plain] = await scoresOf(engine, texts.slice(0, 1), task(topics));
    const [prompted] = await scoresOf(engine, texts.slice(0, 1), task(topics, { prompt: 'Topic of a news article:' }));
    expect(prompted).not.toEqual(plain);
    const [again] = await scoresOf(engine, [`Topic of a news article: ${texts[0]!}`], task(topics));
    expect(prompted).toEqual(again);
  });

  test('examples raise their label for texts like them, and leave labels without examples alone', async () => {
    const engine = await engineOf(embeddedModel);
    const labels = ['team red', 'team blue', 'weather'];
    const examples = [
      { text: 'The login page shows a blank screen after the update.', labels: ['team red'] },
      { text: 'Sign-in fails with an error for some users.', labels: ['team red'] },
      { text: 'The invoice of March holds the wrong amount.', labels: ['team blue'] },
      { text: 'Please send the bill to our new address.', labels: ['team blue'] },
    ];
    const asked = ['I cannot log in since yesterday.', 'We were charged twice on our last bill.'];
    const before = await scoresOf(engine, asked, task(labels));
    const after = await scoresOf(engine, asked, task(labels, { examples }));
    expect(after[0]![0]! - after[0]![1]!).toBeGreaterThan(before[0]![0]! - before[0]![1]! + 0.1);
    expect(after[1]![1]! - after[1]![0]!).toBeGreaterThan(before[1]![1]! - before[1]![0]! + 0.1);
    expect(after.map((row) => row[2])).toEqual(before.map((row) => row[2]));
  });

  test('what examples did to other labels, or under another prompt, is not taken for this task', async () => {
    const engine = await engineOf(embeddedModel);
    const examples = [{ text: texts[3]!, labels: ['weather'] }];
    const prompt = 'Topic of a news article:';
    const tasks = [
      task(topics, { examples }),
      task(topics, { examples, prompt }),
      task([...topics].reverse(), { examples }),
    ];
    for (const wanted of tasks) {
      const fresh = await Engine.load({ folder: embeddedModel, threads: 1, maxBatchTokens: 2048 }, () => undefined);
      const expected = await scoresOf(fresh, texts, wanted);
      await fresh.release();
      expect(await scoresOf(engine, texts, wanted)).toEqual(expected);
    }
  });

  test('examples of no label of the set, or without text, change nothing', async () => {
    const engine = await engineOf(embeddedModel);
    const examples = [
      { text: 'Words.', labels: ['another set'] },
      { text: '  ', labels: [topics[0]!] },
    ];
    expect(await scoresOf(engine, texts, task(topics, { examples }))).toEqual(
      await scoresOf(engine, texts, task(topics)),
    );
  });

  test('a rejected label goes down for texts like it, a label that nobody decided on keeps its scores', async () => {
    const engine = await engineOf(embeddedModel);
    const decided = [{ text: texts[3]!, labels: ['weather'], rejected: ['sports'] }];
    const before = await scoresOf(engine, texts, task(topics));
    const after = await scoresOf(engine, texts, task(topics, { examples: decided }));
    expect(after[3]![0]).toBeLessThan(before[3]![0]! * 0.9);
    expect(after[3]![3]).toBeGreaterThan(before[3]![3]!);
    for (const index of [1, 2]) expect(after.map((row) => row[index])).toEqual(before.map((row) => row[index]));
  });

  test('kept vectors stand for the text that they were made of, bit for bit', async () => {
    const engine = await engineOf(embeddedModel);
    const prompt = 'Topic of a news article:';
    const [outcome] = await classify(engine, [texts[3]!], task(topics, { prompt }), { vectors: true });
    const kept = { hash: 'a'.repeat(64), vectors: scored(outcome).vectors!.values };
    const said = { labels: ['weather'], rejected: ['cooking'] };
    const byText = task(topics, { prompt, examples: [{ ...said, text: texts[3]! }] });
    const byVectors = task(topics, { prompt, examples: [{ ...said, text: '', kept }] });
    expect(await scoresOf(engine, texts, byVectors)).toEqual(await scoresOf(engine, texts, byText));
  });

  test('kept vectors of another model are refused as an example', async () => {
    const kept = { hash: 'a'.repeat(64), vectors: new Float32Array(7) };
    const wanted = task(topics, { examples: [{ text: '', labels: ['weather'], kept }] });
    const call = scoresOf(await engineOf(embeddedModel), texts, wanted);
    await expect(call).rejects.toThrow(/vectors of an example/);
  });

  test('examples move kept vectors too', async () => {
    const engine = await engineOf(embeddedModel);
    const wanted = task(topics, { examples: [{ text: texts[3]!, labels: ['weather'] }] });
    const outcomes = await classify(engine, texts, wanted, { vectors: true });
    const kept = outcomes.map((outcome) => ({ id: outcome.id, vectors: scored(outcome).vectors! }));
    const rescored = await engine.rescore(kept, wanted);
    for (const [index, outcome] of rescored.entries())
      expect(largestDifference([...scored(outcome).scores], [...scored(outcomes[index]).scores])).toBe(0);
  });
});

describe('what cannot be read', () => {
  test.each(['', '   ', '\n\t\u00a0\u2003'])('a blank document (%j) fails alone', async (blank) => {
    const outcomes = await classify(await engineOf(embeddedModel), [texts[0]!, blank, texts[1]!], task(topics));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(outcomes[1]).toMatchObject({ id: 'd1', code: 'input-invalid' });
  });

  test('odd code units are read like any other text', async () => {
    const odd = ['\ud83d', 'half \udc4d of a pair', '\0\u200b\ufeffzero', '\ufffe'];
    const outcomes = await classify(await engineOf(embeddedModel), odd, task(topics));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });

  test.each([
    ['no labels', [], 'input-invalid', /no labels/],
    ['an empty label', ['a', ' '], 'input-invalid', /empty/],
    ['a marker in a label', ['a <<LABEL>> b'], 'input-invalid', /<<LABEL>>/],
    ['a label longer than a pass', [`long: ${'word '.repeat(600)}`], 'labels-cut', /"long: word.*512/],
  ])('%s', async (_what, labels, code, says) => {
    const error = await classify(await engineOf(embeddedModel), texts, task(labels)).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code });
    expect((error as AppError).message).toMatch(says);
  });

  test('a prompt that leaves no room', async () => {
    const promise = classify(await engineOf(embeddedModel), texts, task(topics, { prompt: 'word '.repeat(505) }));
    await expect(promise).rejects.toMatchObject({ code: 'input-invalid' });
  });
});

describe('a pass that fails', () => {
  test('is tried again text by text, so that nobody fails for a neighbour', async () => {
    const engine = await engineOf(embeddedModel);
    const expected = await scoresOf(engine, texts, task(topics));
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its pool below
    const real = LanePool.prototype.run;
    // Whatever holds the first text fails, as on a machine short of memory.
    const bad = new Set<bigint>();
    const run = vi.spyOn(LanePool.prototype, 'run').mockImplementation(function (this: LanePool, feeds, outputs) {
      const ids = feeds['input_ids']!.data;
      if (bad.size === 0) for (const id of ids.slice(0, 6)) bad.add(id);
      const holds = [...bad].every((id) => ids.includes(id));
      return holds ? Promise.reject(new AppError('out-of-memory', 'No room.')) : real.call(this, feeds, outputs);
    });
    onTestFinished(() => {
      run.mockRestore();
    });
    const outcomes = await classify(engine, texts, task(topics));
    expect(outcomes.filter(({ ok }) => !ok)).toMatchObject([{ code: 'out-of-memory' }]);
    for (const [index, outcome] of outcomes.entries())
      if (outcome.ok) expect([...outcome.scores]).toEqual(expected[index]);
  });
});

describe('cancel and progress', () => {
  test('cancel takes effect between passes', async () => {
    let asked = 0;
    const promise = classify(await engineOf(embeddedModel), Array<string>(2000).fill(texts[0]!), task(topics), {
      isCancelled: () => ++asked > 8,
    });
    await expect(promise).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBeLessThan(16);
  });

  test('progress counts to the number of documents and names those at work', async () => {
    const seen: (readonly [number, string | null])[] = [];
    // Too long to share a pass.
    const long = texts.map((text) => text.repeat(22));
    await classify(await engineOf(embeddedModel), [...long, ''], task(topics), {
      chunkTokens: 512,
      onProgress: (done, current) => seen.push([done, current]),
    });
    expect(seen.at(-1)).toEqual([5, null]);
    const counts = seen.map(([done]) => done);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(seen.map(([, current]) => current))).toEqual(new Set(['d0', 'd1', 'd2', 'd3', null]));
  });

  test('no documents is no work', async () => {
    expect(await classify(await engineOf(embeddedModel), [], task(topics))).toEqual([]);
  });
});
