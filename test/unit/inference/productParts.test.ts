// The parts of the product path by themselves: chunk plan, batch plan, aggregation, passes, caches, lanes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planLanes } from '../../../src/inference/lanes/laneCount';
import { halfToFloat } from '../../../src/inference/model/graph';
import { aggregateChunks } from '../../../src/inference/product/aggregate';
import { planBatches } from '../../../src/inference/product/batchPlan';
import { planChunks } from '../../../src/inference/product/chunkPlan';
import { packed } from '../../../src/inference/product/passOrder';
import { RecentCache } from '../../../src/inference/product/recentCache';
import { runPasses } from '../../../src/inference/product/runPasses';
import { AppError } from '../../../src/shared/errors';

/** Counts like a tokenizer that knows three-letter pieces; parts do not add up to the whole. */
function tokens(text: string): number {
  return text.split(/\s+/).reduce((sum, word) => sum + Math.ceil(Array.from(word).length / 3), 0);
}

const prose = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[a-z]{1,12}$/),
      fc.constantFrom('# Title\n', '\n\n', '\n', '. ', ' ', '字字字字', '👩‍👩‍👧‍👦', '\ud83d', '   ', 'e\u0301'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(' '));

describe('chunk plan', () => {
  const pause = () => Promise.resolve();

  test('loses no text, keeps the order, and every chunk fits', async () => {
    await fc.assert(
      fc.asyncProperty(prose, fc.integer({ min: 4, max: 40 }), async (text, maxTokens) => {
        const chunks = await planChunks(text, [], { maxTokens, count: tokens, fits: () => true, pause });
        let end = 0;
        for (const chunk of chunks) {
          expect(text.slice(end, chunk.start).trim()).toBe('');
          const piece = text.slice(chunk.start, chunk.end);
          expect(piece).toBe(piece.trim());
          expect(tokens(piece)).toBeLessThanOrEqual(maxTokens);
          end = chunk.end;
        }
        expect(text.slice(end).trim()).toBe('');
        if (text.trim() !== '' && tokens(text.trim()) <= maxTokens) expect(chunks).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  test('gives a long text up while it is being cut, at a pause that throws', async () => {
    let counted = 0;
    const count = (piece: string): number => {
      counted += piece.length;
      return tokens(piece);
    };
    const stop = () => Promise.reject(new Error('stop'));
    const text = 'good film. '.repeat(50_000);
    const call = planChunks(text, [], { maxTokens: 100, count, fits: () => true, pause: stop });
    await expect(call).rejects.toThrow('stop');
    expect(counted).toBeLessThan(text.length / 5);
  });

  test('packs a chunk that did not fit again by its own tokens, not by those of the text’s beginning', async () => {
    const [large, small] = ['nine '.repeat(9).trim(), 'x'];
    const text = [large, large, ...Array<string>(8).fill(small)].join('\n');
    const words = (piece: string): number => piece.split(/\s+/).filter(Boolean).length;
    const fits = (piece: string): boolean => piece === large || piece.length <= 11;
    const chunks = await planChunks(text, [], { maxTokens: 10, count: words, fits, pause });
    expect(chunks.map(({ start, end }) => words(text.slice(start, end))).slice(0, 2)).toEqual([9, 9]);
    // By other tokens the small lines, of which five fit, would be parted one by one.
    expect(chunks.length).toBeLessThanOrEqual(5);
  });

  test('heeds a limit that only the whole input shows', async () => {
    const text = 'one two three four five six seven eight nine ten';
    const fits = (piece: string): boolean => piece.length <= 14;
    const chunks = await planChunks(text, [], { maxTokens: 100, count: tokens, fits, pause });
    expect(chunks.map(({ start, end }) => text.slice(start, end)).every(fits)).toBe(true);
    expect(
      chunks
        .map(({ start, end }) => text.slice(start, end))
        .join('')
        .replaceAll(' ', ''),
    ).toBe(text.replaceAll(' ', ''));
  });

  test('parts no surrogate pair, even where nothing fits', async () => {
    const chunks = await planChunks('👍👍👍', [], { maxTokens: 1, count: () => 9, fits: () => false, pause });
    expect(chunks).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
      { start: 4, end: 6 },
    ]);
  });
});

describe('batch plan', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 60 });
  const limits = fc.record({
    sharing: fc.constantFrom('alone', 'equal', 'padded'),
    maxTokens: fc.integer({ min: 64, max: 4096 }),
    width: fc.integer({ min: 1, max: 8 }),
  });

  test('every row once, within the budget, alone or of equal length where neighbours would matter', () => {
    fc.assert(
      fc.property(lengths, limits, (rows, { sharing, maxTokens, width }) => {
        const batches = planBatches(rows, { sharing, maxTokens, width });
        expect(batches.flat().sort((a, b) => a - b)).toEqual(rows.map((_, index) => index));
        for (const batch of batches) {
          const own = batch.map((index) => rows[index]!);
          if (batch.length > 1) expect(batch.length * Math.max(...own)).toBeLessThanOrEqual(maxTokens);
          if (sharing === 'alone') expect(batch).toHaveLength(1);
          if (sharing === 'equal') expect(new Set(own).size).toBe(1);
        }
      }),
    );
  });

  test('spreads the work over the lanes before passes grow', () => {
    const batches = planBatches(Array<number>(8).fill(10), { sharing: 'padded', maxTokens: 4096, width: 4 });
    expect(batches.map((batch) => batch.length)).toEqual([2, 2, 2, 2]);
  });

  test('no other cut costs less', () => {
    const cost = (rows: readonly number[], batches: readonly (readonly number[])[]) =>
      batches.reduce((sum, batch) => sum + 24 + batch.length * Math.max(...batch.map((index) => rows[index]!)), 0);
    const cuts = (rows: readonly number[]): number[][][] =>
      rows.length === 0
        ? [[]]
        : rows.flatMap((_, count) => cuts(rows.slice(count + 1)).map((rest) => [rows.slice(0, count + 1), ...rest]));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 }), (rows) => {
        const planned = cost(rows, planBatches(rows, { sharing: 'padded', maxTokens: 10_000, width: 1 }));
        const order = rows.map((_, index) => index).sort((a, b) => rows[b]! - rows[a]!);
        expect(planned).toBe(Math.min(...cuts(order).map((cut) => cost(rows, cut))));
      }),
    );
  });

  test('a long row among short ones has a pass of its own', () => {
    const rows = [8, 9, 120, 8, 9, 9];
    expect(planBatches(rows, { sharing: 'padded', maxTokens: 1024, width: 1 })).toEqual([[2], [1, 4, 5, 0, 3]]);
  });
});

describe('passes cut while rows still come', () => {
  const row = (tokens: number, name: number) => ({
    name,
    row: {
      ids: new Array<number>(tokens).fill(7),
      classIds: null,
      labelIds: null,
      labelCount: 1,
      cutTokens: 0,
      labelsCut: [],
    },
  });
  const documentsOf = async function* (lengths: readonly number[], onCut: () => void = () => undefined) {
    for (const [index, tokens] of lengths.entries()) {
      onCut();
      yield await Promise.resolve([row(tokens, index)]);
    }
  };
  const passesOf = async (lengths: readonly number[], maxTokens: number, width: number) => {
    const passes: { readonly names: readonly number[]; readonly lengths: readonly number[] }[] = [];
    for await (const pass of packed(documentsOf(lengths), { sharing: 'padded', maxTokens, width }))
      passes.push({ names: pass.map(({ name }) => name), lengths: pass.map(({ row: { ids } }) => ids.length) });
    return passes;
  };

  test('every row once, within the budget', async () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 120 });
    const maxTokens = fc.integer({ min: 64, max: 4096 });
    await fc.assert(
      fc.asyncProperty(lengths, maxTokens, fc.integer({ min: 1, max: 8 }), async (rows, budget, width) => {
        const passes = await passesOf(rows, budget, width);
        expect(passes.flatMap(({ names }) => names).sort((a, b) => a - b)).toEqual(rows.map((_, index) => index));
        for (const pass of passes)
          if (pass.lengths.length > 1)
            expect(pass.lengths.length * Math.max(...pass.lengths)).toBeLessThanOrEqual(budget);
      }),
    );
  });

  test('rows of like lengths share passes: little of them is padding', async () => {
    const lengths = Array.from({ length: 2000 }, (_, index) => 8 + ((index * 7919) % 61));
    const passes = await passesOf(lengths, 1024, 2);
    const padded = passes.reduce((sum, pass) => sum + pass.lengths.length * Math.max(...pass.lengths), 0);
    expect(lengths.reduce((sum, tokens) => sum + tokens, 0) / padded).toBeGreaterThan(0.88);
  });

  test('what is left at the end is shared out over the lanes', async () => {
    const sizes = async (count: number) =>
      (await passesOf(new Array<number>(count).fill(10), 100, 4)).map(({ names }) => names.length);
    expect(await sizes(8)).toEqual([2, 2, 2, 2]);
    expect(await sizes(36)).toEqual([9, 9, 9, 9]);
    // Of a long run the end is no pass on one lane with the others idle.
    expect((await sizes(1001)).slice(-4).every((size) => size >= 5)).toBe(true);
  });

  test('the first pass does not wait for all documents to be cut', async () => {
    let cut = 0;
    const passes = packed(
      documentsOf(new Array<number>(1000).fill(10), () => cut++),
      { sharing: 'padded', maxTokens: 100, width: 2 },
    );
    expect((await passes.next()).value).toHaveLength(10);
    expect(cut).toBe(20);
    for (let pass = 1; pass < 40; pass++) await passes.next();
    // Nor are many cut long before their turn.
    expect(cut).toBeLessThanOrEqual(40 * 10 + 16 * 10);
  });
});

describe('aggregation', () => {
  const spans = [
    { start: 0, end: 5 },
    { start: 6, end: 9 },
  ];

  test('multi-label: the best chunk of each label, the first of equals', () => {
    const { scores, evidence } = aggregateChunks(
      [
        [2, -1, 0],
        [1, 3, 0],
      ],
      spans,
      3,
      'multi-label',
    );
    expect([...scores]).toEqual([2, 3, 0].map((logit) => Math.fround(1 / (1 + Math.exp(-logit)))));
    expect([...evidence]).toEqual([0, 5, 6, 9, 0, 5]);
  });

  test('single-label: softmax a chunk, best chunk a label, divided by the sum', () => {
    const { scores, evidence } = aggregateChunks(
      [
        [Math.log(3), 0],
        [0, Math.log(9)],
      ],
      spans,
      2,
      'single-label',
    );
    // Chunks give (.75, .25) and (.1, .9): best .75 and .9, sum 1.65.
    expect(scores[0]).toBeCloseTo(0.75 / 1.65, 6);
    expect(scores[1]).toBeCloseTo(0.9 / 1.65, 6);
    expect([...evidence]).toEqual([0, 5, 6, 9]);
  });
});

async function* passesOf<T>(passes: readonly T[]): AsyncGenerator<T> {
  for (const pass of passes) yield await Promise.resolve(pass);
}

describe('passes', () => {
  test('run as wide as allowed, in order, each once', async () => {
    const started: number[] = [];
    let now = 0;
    let most = 0;
    await runPasses(
      passesOf([1, 2, 3, 4, 5, 6, 7]),
      3,
      () => false,
      async (pass) => {
        started.push(pass);
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now--;
      },
    );
    expect(started).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  test('an error stops the rest, after those under way have ended', async () => {
    const ended: number[] = [];
    const run = async (pass: number): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      if (pass === 2) throw new AppError('inference-failed', 'two');
      ended.push(pass);
    };
    await expect(runPasses(passesOf([1, 2, 3, 4, 5, 6, 7, 8]), 2, () => false, run)).rejects.toThrow('two');
    expect(ended.length).toBeLessThan(4);
  });

  test('an error waits for the passes under way: they use what the call frees afterwards', async () => {
    let ended = false;
    const run = async (pass: number): Promise<void> => {
      if (pass === 1) throw new AppError('inference-failed', 'one');
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      ended = true;
    };
    await expect(runPasses(passesOf([1, 2]), 2, () => false, run)).rejects.toThrow('one');
    expect(ended).toBe(true);
  });

  test('a call that is cancelled during its last pass gives no result', async () => {
    let cancelled = false;
    const run = async (): Promise<void> => {
      cancelled = true;
      await Promise.resolve();
    };
    const call = runPasses(passesOf([1]), 1, () => cancelled, run);
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a call that is cancelled from the start runs nothing', async () => {
    const run = (): Promise<void> => Promise.reject(new Error('ran'));
    await expect(runPasses(passesOf([1]), 2, () => true, run)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('cache', () => {
  test('forgets the least recently used', () => {
    const cache = new RecentCache<string>(2);
    cache.set('a', 'A');
    cache.set('b', 'B');
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C');
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C']);
    cache.set('a', 'new');
    expect(cache.get('a')).toBe('new');
    expect(cache.get('c')).toBe('C');
  });

  test('a value that is put in again counts as used', () => {
    const cache = new RecentCache<string>(2);
    for (const key of ['a', 'b', 'a', 'c']) cache.set(key, key);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['a', undefined, 'c']);
  });
});

describe('lanes', () => {
  test.each([
    [1, 36e6, { lanes: 1, threads: 1 }],
    [2, 36e6, { lanes: 2, threads: 1 }],
    [8, 36e6, { lanes: 4, threads: 2 }],
    [16, 36e6, { lanes: 4, threads: 4 }],
    [8, 600e6, { lanes: 2, threads: 4 }],
    [8, 5e9, { lanes: 1, threads: 8 }],
  ])('%d cores, %d bytes of weights', (cores, bytes, plan) => {
    expect(planLanes(cores, bytes)).toEqual(plan);
  });
});

describe('half precision', () => {
  test.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x0400, 2 ** -14],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, NaN],
  ])('%s', (bits, value) => {
    expect(halfToFloat(bits)).toBe(value);
  });
});
