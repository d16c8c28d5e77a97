// Labels moved by examples: what the formula says, what moves and what stays, how long it takes.
import { describe, expect, test } from 'vitest';
import { moveLabel, negativeWeight, priorStrength } from '../../../src/inference/product/fewShot';
import { Products } from '../../../src/inference/product/leaveOut';
import { MovedLabels } from '../../../src/inference/product/movedLabels';
import type { ExampleVectors } from '../../../src/inference/product/movedLabels';

const size = 384;
let state = 11;
/** 0 to 1, the same in every run (a linear congruential generator). */
const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
/** As long as the embedded model's text vectors are, roughly. */
const anyText = (): Float32Array => Float32Array.from({ length: size }, () => (random() - 0.5) * 2);
const anyLabel = (): Float32Array => Float32Array.from({ length: size }, () => (random() - 0.5) / 2);
const logit = (label: Float32Array, text: Float32Array): number =>
  text.reduce((sum, value, axis) => sum + value * (label[axis] ?? NaN), 0);
const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
const never = (): boolean => false;
const example = (vectors: readonly Float32Array[], more: Partial<ExampleVectors>, text = ''): ExampleVectors => ({
  ...{ text, position: 0, labels: [], vectors },
  ...more,
});

describe('one label', () => {
  test.each([
    [1, 0],
    [0, 1],
    [4, 4],
    [3, 200],
    [200, 3],
  ])('%i texts that carry it and %i that do not: the minimum of the formula (gradient of zero)', (carry, rest) => {
    const label = anyLabel();
    const positives = Array.from({ length: carry }, anyText);
    const negatives = Array.from({ length: rest }, anyText);
    const moved = moveLabel(label, positives, negatives);
    const all = [...positives, ...negatives];
    const meanLength = all.reduce((sum, x) => sum + logit(x, x), 0) / all.length;
    const gradient = Array.from({ length: size }, (_, axis) => {
      const up = positives.reduce((sum, x) => sum + (sigmoid(logit(moved, x)) - 1) * x[axis]!, 0);
      const down = negatives.reduce((sum, x) => sum + negativeWeight * sigmoid(logit(moved, x)) * x[axis]!, 0);
      return priorStrength * meanLength * (moved[axis]! - label[axis]!) + up + down;
    });
    const before = (positives.length + negatives.length * negativeWeight) / 2;
    expect(Math.hypot(...gradient)).toBeLessThan(1e-3 * before * Math.sqrt(meanLength));
  });

  test('each further text moves it further', () => {
    const label = anyLabel();
    const text = anyText();
    const scores = [0, 1, 2, 4, 8].map((count) => logit(moveLabel(label, Array(count).fill(text), []), text));
    for (let index = 1; index < scores.length; index++) expect(scores[index]).toBeGreaterThan(scores[index - 1]!);
  });

  test('a text that is said to carry it and not to leaves it between', () => {
    const text = anyText();
    const label = anyLabel();
    const moved = moveLabel(label, [text, text, text, text], [text, text, text, text]);
    expect(Math.abs(logit(moved, text))).toBeLessThan(Math.abs(logit(label, text)));
    // Twice as many count for it as against it.
    expect(sigmoid(logit(moved, text))).toBeCloseTo(2 / 3, 1);
  });

  test('texts whose vector is zero change nothing', () => {
    const label = anyLabel();
    expect(moveLabel(label, [new Float32Array(size)], [])).toEqual(label);
  });
});

describe('labels of a task', () => {
  const labels = ['a', 'b', 'c'];
  const zeroShot = labels.map(anyLabel);
  const move = (examples: readonly ExampleVectors[], own = new MovedLabels()) =>
    own.of(labels, zeroShot, examples, '', never);

  test('a decided text moves the labels that were decided, and no other', async () => {
    const text = [anyText()];
    const [a, b, c] = await move([example(text, { labels: ['a'], rejected: ['b'] })]);
    expect(logit(a!, text[0]!)).toBeGreaterThan(logit(zeroShot[0]!, text[0]!));
    expect(logit(b!, text[0]!)).toBeLessThan(logit(zeroShot[1]!, text[0]!));
    expect(c).toBe(zeroShot[2]);
  });

  test('what was decided of one label does not count for another', async () => {
    const first = example([anyText()], { labels: ['a'], rejected: [] }, 'one');
    const second = example([anyText()], { labels: ['b'], rejected: ['c'] }, 'two');
    const [alone] = await move([first]);
    expect((await move([first, second]))[0]).toEqual(alone);
  });

  test("upstream's examples carry no other label, which counts only for labels that have examples", async () => {
    const examples = [example([anyText()], { labels: ['a'] }, 'one'), example([anyText()], { labels: ['b'] }, 'two')];
    const [a, b, c] = await move(examples);
    const [alone] = await move(examples.slice(0, 1));
    expect(logit(a!, examples[1]!.vectors[0]!)).toBeLessThan(logit(alone!, examples[1]!.vectors[0]!));
    expect(b).not.toEqual(zeroShot[1]);
    expect(c).toBe(zeroShot[2]);
  });

  test('of a long text the chunk counts that the label likes best', async () => {
    const evidence = zeroShot[0]!.map((value) => value * 4);
    const long = example([anyText(), evidence, anyText()], { labels: ['a'], rejected: [] });
    expect((await move([long]))[0]).toEqual(moveLabel(zeroShot[0]!, [evidence], []));
  });

  test('the same examples give the same labels, whatever was decided in between', async () => {
    const texts = Array.from({ length: 6 }, () => [anyText()]);
    const decided = texts.map((text, index) =>
      example(text, { labels: [labels[index % 3]!], rejected: [] }, `${index}`),
    );
    const used = new MovedLabels();
    for (let count = 1; count <= decided.length; count++) await move(decided.slice(0, count), used);
    await move(
      decided.map(({ labels: carried, ...rest }) => ({ ...rest, labels: [], rejected: carried })),
      used,
    );
    expect(await move(decided, used)).toEqual(await move(decided));
    const prompted = await used.of(labels, zeroShot, [{ ...decided[0]!, vectors: texts[1]! }], 'Sort:', never);
    expect(prompted).not.toEqual(await move(decided.slice(0, 1)));
  });

  test('a cancel is heard between two labels', async () => {
    let asked = 0;
    const many = Array.from({ length: 50 }, (_, index) => `label ${index}`);
    const examples = many.map((label) => example([anyText()], { labels: [label] }, label));
    const moving = new MovedLabels().of(many, many.map(anyLabel), examples, '', () => ++asked > 3);
    await expect(moving).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBe(4);
  });
});

describe('a label without some of the examples', () => {
  const zeroShot = anyLabel();
  /** Positions are those of the task, where examples that have no vectors stand between. */
  const examples = Array.from({ length: 60 }, (_, index) =>
    example(
      Array.from({ length: 1 + (index % 3) }, anyText),
      {
        ...(index % 10 === 9
          ? { labels: ['b'] }
          : { labels: index % 3 ? [] : ['a'], rejected: index % 3 ? ['a'] : [] }),
        position: 2 * index,
      },
      `${index}`,
    ),
  );
  const products = new Products(examples.flatMap(({ vectors }) => vectors));
  const without = (sets: readonly (readonly number[])[], some = examples, isCancelled = never) =>
    new MovedLabels().without(
      'a',
      zeroShot,
      some,
      sets.map((set) => new Set(set)),
      products,
      isCancelled,
    );

  test('is the label moved by the others, whichever are left out', async () => {
    const sets = [[], [0], [6, 8], [18], examples.slice(0, 40).map(({ position }) => position)];
    const moved = await without(sets);
    for (const [at, set] of sets.entries()) {
      const others = examples.filter(({ position }) => !set.includes(position));
      const [expected] = await new MovedLabels().of(['a'], [zeroShot], others, '', never);
      for (const { vectors } of examples)
        for (const text of vectors)
          expect(sigmoid(logit(moved[at]!, text))).toBeCloseTo(sigmoid(logit(expected!, text)), 2);
    }
    expect(sigmoid(logit(moved[1]!, examples[0]!.vectors[0]!))).toBeLessThan(
      sigmoid(logit(moved[0]!, examples[0]!.vectors[0]!)) - 0.05,
    );
  });

  test('is its zero-shot vector, bit for bit, where nothing that is left is about it', async () => {
    const about = examples.filter(({ rejected }) => rejected).map(({ position }) => position);
    const [all, none] = await without([about, [1, 999]]);
    expect(all).toBe(zeroShot);
    expect(none).toEqual((await without([[]]))[0]);
    const others = examples.filter(({ rejected }) => !rejected);
    expect(await without([[], [0]], others)).toEqual([zeroShot, zeroShot]);
  });

  test('a cancel is heard between', async () => {
    let asked = 0;
    const sets = Array.from({ length: 60 }, (_, index) => [2 * index]);
    await expect(without(sets, examples, () => ++asked > 2)).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBe(3);
  });
});
