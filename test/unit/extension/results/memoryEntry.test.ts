// Tags of another model are not passed off as those of the model in use.
import { expect, it } from 'vitest';
import { isOutdated } from '../../../../src/extension/results/memoryEntry';
import { Tagger } from '../../../../src/extension/classify/tagger';
import { FakeClassifier } from '../../../support/fakeClassifier';
import { forAllSets } from '../../../support/forAllSets';
import { labelSet } from '../../workspace/labelSetOf';

it('tells scores of another model from those of the one in use', async () => {
  const classifier = new FakeClassifier({ description: { hash: 'one' } });
  const [outcome] = await new Tagger(forAllSets(classifier), { of: () => classifier }, () => null).score(
    [{ id: 'a', text: 'A text.' }],
    labelSet(),
  );
  if (!outcome) throw new Error('not scored');
  expect(isOutdated({ outcome }, 'one')).toBe(false);
  expect(isOutdated({ outcome }, 'two')).toBe(true);
  expect(isOutdated({ outcome }, null), 'nothing is known of the model yet').toBe(false);
  expect(isOutdated({ outcome: { ok: false, message: 'Too long.' } }, 'two')).toBe(false);
});
