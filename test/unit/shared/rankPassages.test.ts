import { describe, expect, test } from 'vitest';
import { rankPassages } from '../../../src/shared/passages/rankPassages';
import { rankTexts } from '../../../src/shared/passages/rankTexts';
import { FakeClassifier } from '../../support/fakeClassifier';

/** The share of the question's words that are in the text. */
const byWords = (text: string, question: string) => {
  const words = question.toLowerCase().split(' ');
  return words.filter((word) => text.toLowerCase().includes(word)).length / words.length;
};
const sentence =
  'A rather long sentence about nothing at all, made so that no other sentence is joined with it, ever, by any rule: ';
const document = (id: string, ...facts: string[]) => ({
  id,
  text: facts.map((fact) => `${sentence}${fact}.`).join('\n\n'),
});

describe('rankPassages', () => {
  test('gives the passages nearest to the question, best first, with their places', async () => {
    const documents = [document('a', 'the cat sleeps', 'dogs bark'), document('b', 'the cat sleeps on the mat')];
    const ranked = await rankPassages(new FakeClassifier({ score: byWords }), 'cat mat', documents, { top: 2 });
    expect(ranked.map(({ id, score }) => [id, score])).toEqual([
      ['b', 1],
      ['a', 0.5],
    ]);
    for (const { id, start, end, text } of ranked)
      expect(documents.find((one) => one.id === id)?.text.slice(start, end)).toBe(text);
  });

  test('asks with the question as the only label, in multi-label, without a prompt', async () => {
    const classifier = new FakeClassifier();
    await rankPassages(classifier, '  who sleeps? ', [document('a', 'the cat sleeps')], { top: 1 });
    expect(classifier.tasks).toEqual([{ labels: ['who sleeps?'], mode: 'multi-label', examples: [] }]);
  });

  test('lets no document fill the list', async () => {
    const many = document('many', ...Array.from({ length: 9 }, (_, at) => `cat number ${at}`));
    const ranked = await rankPassages(new FakeClassifier({ score: byWords }), 'cat', [many, document('one', 'a cat')], {
      top: 5,
      perDocument: 2,
    });
    expect(ranked.map(({ id }) => id)).toEqual(['many', 'many', 'one']);
  });

  test('reads equal passages once and shows each of them', async () => {
    const classifier = new FakeClassifier({ score: byWords });
    const ranked = await rankPassages(classifier, 'cat', [document('a', 'a cat'), document('b', 'a cat')], { top: 5 });
    expect(ranked.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(classifier.classified).toHaveLength(1);
  });

  test('reads only what it was told to', async () => {
    const both = document('a', 'the first cat', 'the second cat');
    const start = both.text.indexOf('\n\n');
    const within = [{ start, end: both.text.length }];
    const ranked = await rankPassages(new FakeClassifier(), 'cat', [{ ...both, within }], { top: 5 });
    expect(ranked.map(({ text }) => text.slice(sentence.length))).toEqual(['the second cat.']);
  });

  test('takes what is known of the part that a passage stands in for half of its score', async () => {
    const [near, far] = [document('near', 'a cat'), document('far', 'a cat')];
    const part = ({ text }: { text: string }, score: number) => [{ start: 0, end: text.length, score }];
    const ranked = await rankPassages(
      new FakeClassifier({ score: () => 0.8 }),
      'cat',
      [
        { ...far, within: part(far, 0.2) },
        { ...near, within: part(near, 0.8) },
      ],
      { top: 2 },
    );
    expect(ranked.map(({ id }) => id)).toEqual(['near', 'far']);
    expect(ranked.map(({ score }) => score)).toEqual([expect.closeTo(0.8), expect.closeTo(0.5)]);
  });
});

describe('rankTexts', () => {
  const texts = [
    { id: '1', text: 'dog' },
    { id: '2', text: 'cat' },
    { id: '3', text: 'cat too' },
  ];

  test('keeps the order of equals and leaves out what the model refuses', async () => {
    const classifier = new FakeClassifier({ score: byWords, failing: (text) => text === 'dog' });
    expect((await rankTexts(classifier, 'cat', texts)).map(({ id }) => id)).toEqual(['2', '3']);
  });

  test('throws where the model refuses everything, or nothing is asked', async () => {
    const refusing = new FakeClassifier({ failing: () => true });
    await expect(rankTexts(refusing, 'cat', texts)).rejects.toMatchObject({ code: 'inference-failed' });
    await expect(rankTexts(refusing, ' ', texts)).rejects.toMatchObject({ code: 'input-invalid' });
    expect(await rankTexts(refusing, 'cat', [])).toEqual([]);
  });
});
