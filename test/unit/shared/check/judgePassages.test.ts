// Statements against passages: by a model that judges, by one that does not, and what is asked of both.
import { describe, expect, test } from 'vitest';
import { ownPairs } from '../../../../src/core/check/ownPairs';
import { judgePassages } from '../../../../src/shared/check/judgePassages';
import { statementTask } from '../../../../src/shared/check/scoreStances';
import { tryModel } from '../../../../src/shared/check/tryModel';
import type { ModelNotes } from '../../../../src/shared/modelNotes';
import { FakeClassifier } from '../../../support/fakeClassifier';

const able = { judgement: { wording: 'labels', accuracy: 0.9, macroF1: 0.9 }, related: 0.5 } as const;
const unable = { judgement: { wording: 'labels', accuracy: 0.5, macroF1: 0.5 }, related: 0.5 } as const;
const near = [
  { text: 'yes', score: 0.9 },
  { text: 'no', score: 0.8 },
  { text: 'perhaps', score: 0.7 },
  { text: 'weather', score: 0.1 },
];
const [claim, denial] = statementTask('It is so', 'labels').labels;
/** Says of “yes” that the claim fits, of “no” that its denial does. */
const byWords = (text: string, label: string) =>
  (text === 'yes' && label === claim) || (text === 'no' && label === denial) ? 0.95 : 0.2;

function kept(): ModelNotes & { readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  return { all, read: (key) => all.get(key) ?? null, write: (key, note) => all.set(key, note) };
}

describe('a model that judges', () => {
  test('says how each passage stands; those that say neither are related as far as they are near', async () => {
    const classifier = new FakeClassifier({ score: byWords });
    const { verdict, evidence } = await judgePassages(classifier, 'It is so', near, able);
    expect(verdict).toBe('supported');
    expect(evidence.map(({ text, stance }) => [text, stance])).toEqual([
      ['yes', 'supports'],
      ['no', 'contradicts'],
      ['perhaps', 'related'],
    ]);
    expect(evidence.map(({ score }) => score)).toEqual([0.949999988079071, 0.949999988079071, 0.7]);
  });

  test('finds nothing where no passage says anything', async () => {
    const classifier = new FakeClassifier({ score: byWords });
    expect(await judgePassages(classifier, 'It is so', [near[3]!], able)).toEqual({
      verdict: 'not found',
      evidence: [],
    });
    expect(await judgePassages(classifier, 'It is so', [], able)).toEqual({ verdict: 'not found', evidence: [] });
  });

  test('is an error where it refuses a passage', async () => {
    const refusing = new FakeClassifier({ failing: (text) => text === 'no' });
    await expect(judgePassages(refusing, 'It is so', near, able)).rejects.toMatchObject({ code: 'inference-failed' });
  });
});

test('a model that does not judge gives no verdict and is not asked for one', async () => {
  const classifier = new FakeClassifier();
  const { verdict, evidence } = await judgePassages(classifier, 'It is so', near, unable);
  expect(verdict).toBeNull();
  expect(evidence.map(({ text, stance }) => [text, stance])).toEqual([
    ['yes', 'related'],
    ['no', 'related'],
    ['perhaps', 'related'],
  ]);
  expect(classifier.tasks).toEqual([]);
});

describe('statementTask', () => {
  test('puts the statement into the task, or makes labels of it and its denial', () => {
    const asked = statementTask('The shop is open.', 'prompt');
    expect(asked.mode).toBe('single-label');
    expect(asked.prompt).toContain('The shop is open.');
    expect(asked.labels).toHaveLength(3);
    expect(statementTask('The shop is open.', 'labels')).toEqual({
      labels: ['The shop is open.', 'It is not true that: The shop is open.'],
      mode: 'multi-label',
      examples: [],
    });
  });
});

describe('tryModel', () => {
  const stanceOf = (passage: string, label: string) =>
    ownPairs.find((pair) => pair.passage === passage && label.includes(pair.statement))?.stance;

  test('takes the wording that the model understands, and tries a model once', async () => {
    // It knows the denial of a claim, and nothing of tasks.
    const classifier = new FakeClassifier({
      score: (text, label) => {
        const stance = stanceOf(text, label);
        if (stance === undefined) return 1;
        return stance === (label.startsWith('It is not true') ? 'contradicts' : 'supports') ? 0.9 : 0.1;
      },
    });
    const notes = kept();
    const first = await tryModel(classifier, notes);
    expect(first).toEqual({ wording: 'labels', accuracy: 1, macroF1: 1 });
    const asked = classifier.tasks.length;
    expect(await tryModel(classifier, notes)).toEqual(first);
    expect(classifier.tasks).toHaveLength(asked);
  });

  test('tries another model anew, and one whose note is broken', async () => {
    const notes = kept();
    const random = new FakeClassifier();
    const { macroF1 } = await tryModel(random, notes);
    expect(macroF1).toBeLessThan(0.6);
    const [key = ''] = notes.all.keys();
    for (const broken of [
      '{',
      '{"wording":"shouting","accuracy":1,"macroF1":1}',
      '{"wording":"labels","accuracy":1,"macroF1":7}',
    ]) {
      notes.all.set(key, broken);
      expect((await tryModel(random, notes)).macroF1).toBe(macroF1);
    }
    await tryModel(new FakeClassifier({ description: { hash: 'another' } }), notes);
    expect(notes.all.size).toBe(2);
  });

  test('gives what came out also where no note can be read or kept, and tries again next time', async () => {
    const refused = (): never => {
      throw new Error('EACCES');
    };
    const classifier = new FakeClassifier();
    const expected = await tryModel(classifier, kept());
    const once = classifier.tasks.length;
    for (const notes of [
      { ...kept(), write: refused },
      { ...kept(), read: refused },
    ])
      expect(await tryModel(classifier, notes)).toEqual(expected);
    expect(classifier.tasks).toHaveLength(3 * once);
  });
});
