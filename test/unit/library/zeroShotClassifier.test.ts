// A call that fails leaves no work behind, and one that is cancelled no listener; options that are none are told.
import { expect, test } from 'vitest';
import { ZeroShotClassifier } from '../../../src/library/zeroShotClassifier';
import { FakeClassifier } from '../../support/fakeClassifier';

test('when one text fails, what was asked of the others ends before the call does', async () => {
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const fake = new FakeClassifier({ failing: (text) => text === 'bad', beforeEach: turn });
  const classifier = new ZeroShotClassifier(fake);
  const texts = ['bad', ...Array.from({ length: 50 }, (_, at) => `text ${at}`)];
  // Labels of its own for the first: two calls of the model.
  const labels = texts.map((_, at) => (at === 0 ? ['a'] : ['b']));
  await expect(classifier.predict(texts, labels)).rejects.toThrow(/^Text 1: /);
  const read = fake.classified.length;
  expect(read).toBeLessThan(10);
  for (let at = 0; at < 10; at++) await turn();
  expect(fake.classified).toHaveLength(read);
});

test('a signal that was given cancels, and is let go of', async () => {
  const listeners = new Set<() => void>();
  const signal = {
    aborted: false,
    addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener),
  };
  const fake = new FakeClassifier({
    beforeEach: () => {
      for (const listener of listeners) listener();
    },
  });
  const classifier = new ZeroShotClassifier(fake);
  await expect(classifier.predict('a', ['b'], { signal })).rejects.toThrow('Cancelled.');
  expect(listeners.size).toBe(0);
  expect(await new ZeroShotClassifier(new FakeClassifier()).predict('a', ['b'], { signal })).toHaveLength(1);
  expect(listeners.size).toBe(0);
});

test('options that are none are said to be so', async () => {
  const classifier = new ZeroShotClassifier(new FakeClassifier());
  await expect(classifier.predict('one', ['a'], null as never)).rejects.toMatchObject({
    code: 'input-invalid',
    message: 'The options of predict must be an object.',
  });
});
