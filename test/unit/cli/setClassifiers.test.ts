// The server opens each model once, and the embedded one also where the options name another. Nothing is loaded: a model starts at its first request.
import { afterEach, describe, expect, test } from 'vitest';
import { SetClassifiers } from '../../../src/cli/mcp/setClassifiers';

const opened: SetClassifiers[] = [];
function classifiers(options: ConstructorParameters<typeof SetClassifiers>[0]): SetClassifiers {
  const made = new SetClassifiers(options);
  opened.push(made);
  return made;
}
afterEach(async () => {
  for (const one of opened.splice(0)) await one.dispose();
});

describe('the model of a label set', () => {
  test.each([{ model: '/models/mine' }, { server: 'http://localhost:1/gliclass' }])(
    'is that of %o for every set, and beside it the embedded one',
    async (options) => {
      const models = classifiers(options);
      const asked = await models.of({ name: 'one' });
      expect(await models.of({ name: 'two', model: 'another' })).toBe(asked);
      expect(await models.of({ name: 'three', model: 'embedded' })).toBe(asked);
      expect(await models.embedded()).not.toBe(asked);
    },
  );

  test('is the embedded one, opened once, whether a set names it or none', async () => {
    const models = classifiers({});
    const embedded = await models.embedded();
    expect(await models.of({ name: 'one' })).toBe(embedded);
    expect(await models.of({ name: 'two', model: 'embedded' })).toBe(embedded);
  });

  test('is the default model only where the set names none', async () => {
    const models = classifiers({ defaultModel: '/models/mine' });
    const mine = await models.of({ name: 'one' });
    expect(mine).not.toBe(await models.embedded());
    expect(await models.of({ name: 'two', model: 'embedded' })).toBe(await models.embedded());
  });

  test('is one of those that the options ask for, whatever the default is', async () => {
    const models = classifiers({ model: '/models/asked', defaultModel: '/models/mine' });
    expect(await models.of({ name: 'one' })).toBe(await models.of({ name: 'two', model: 'another' }));
  });

  test('is opened once under two names', async () => {
    const models = classifiers({ defaultModel: 'embedded' });
    expect(await models.of({ name: 'one' })).toBe(await models.of({ name: 'two', model: 'embedded' }));
  });
});
