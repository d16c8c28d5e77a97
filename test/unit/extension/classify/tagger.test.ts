// Kept scores may be shown only under the labels they are of, and kept vectors used only with the model they are from.
import { describe, expect, it } from 'vitest';
import { decideKept, Tagger } from '../../../../src/extension/classify/tagger';
import { FakeClassifier } from '../../../support/fakeClassifier';
import { forAllSets } from '../../../support/forAllSets';
import { labelSet } from '../../workspace/labelSetOf';

const text = 'A text.';

async function scored(classifier: FakeClassifier, set = labelSet()) {
  const [outcome] = await new Tagger(forAllSets(classifier), { of: () => classifier }, () => null).score(
    [{ id: 'one', text }],
    set,
  );
  if (!outcome?.ok) throw new Error('not scored');
  return outcome;
}

describe('decideKept', () => {
  it('applies new thresholds, and refuses other labels', async () => {
    const kept = await scored(new FakeClassifier());
    expect(decideKept(kept, labelSet(undefined, { threshold: 0 }))?.tags).toHaveLength(3);
    expect(decideKept(kept, labelSet(undefined, { threshold: 1 }))?.tags).toHaveLength(0);
    expect(decideKept(kept, labelSet(['bug', 'idea', 'other']))).toBeNull();
    expect(decideKept(kept, labelSet(['idea', 'bug', 'thanks']))).toBeNull();
  });

  it('takes over scores to labels that the model reads alike', async () => {
    const kept = await scored(new FakeClassifier());
    const [, ...others] = labelSet().labels;
    const described = { name: 'bug', path: ['bug'], description: 'a fault' };
    const one = await scored(new FakeClassifier(), labelSet(undefined, { labels: [described, ...others] }));
    const alike = { name: 'bug: a fault', path: ['bug: a fault'] };
    expect(decideKept(one, labelSet(undefined, { labels: [alike, ...others] }))?.scores[0]?.label).toBe(alike.name);
    expect(decideKept(kept, labelSet(undefined, { labels: [alike, ...others] }))).toBeNull();
  });
});

describe('Tagger.rescore', () => {
  it('scores other labels from kept vectors', async () => {
    const classifier = new FakeClassifier();
    const kept = await scored(classifier);
    const other = labelSet(['praise', 'blame']);
    const again = await new Tagger(forAllSets(classifier), { of: () => classifier }, () => null).rescore(kept, other);
    expect(again?.scores).toEqual((await scored(new FakeClassifier(), other)).scores);
    expect(classifier.classified).toEqual(['one']);
  });

  it.each([
    ['another model', new FakeClassifier({ description: { hash: 'another' } }), null],
    ['another chunk length', new FakeClassifier(), 64],
  ])('leaves vectors alone that are of %s', async (_, classifier, chunkTokens) => {
    const kept = await scored(new FakeClassifier());
    expect(
      await new Tagger(forAllSets(classifier), { of: () => classifier }, () => chunkTokens).rescore(
        kept,
        labelSet(['praise']),
      ),
    ).toBeNull();
    expect(classifier.rescored).toEqual([]);
  });
});

describe('Tagger', () => {
  it('asks the model of the set, so that scores of two never mix', async () => {
    const models = new Map([
      [undefined, new FakeClassifier()],
      ['mine', new FakeClassifier({ description: { hash: 'mine' }, score: () => 0.9 })],
    ]);
    const of = (name: string | undefined) => models.get(name)!;
    const tagger = new Tagger({ of: ({ model }) => Promise.resolve(of(model)) }, { of }, () => null);
    const set = labelSet(undefined, { model: 'mine' });
    const [[plain], [own]] = [
      await tagger.score([{ id: 'a', text }], labelSet()),
      await tagger.score([{ id: 'a', text }], set),
    ];
    expect(plain).toMatchObject({ ok: true, modelHash: 'fake-model-hash' });
    expect(own).toMatchObject({ ok: true, modelHash: 'mine' });
    if (!plain?.ok || !own?.ok) throw new Error('not scored');
    expect(own.scores.map(({ score }) => score)).not.toEqual(plain.scores.map(({ score }) => score));
    expect(await tagger.rescore(plain, labelSet(['praise'], { model: 'mine' }))).toBeNull();
    expect((await tagger.rescore(own, labelSet(['praise'], { model: 'mine' })))?.modelHash).toBe('mine');
  });
});
