// Models by name: what a machine may say of them, and that names of its own making find nothing else.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { namedModelOf, namedModels } from '../../../src/shared/namedModels';

describe('models by name', () => {
  it('are a path, or a path with what runs it', () => {
    const models = v.parse(namedModels, {
      plain: '/models/plain',
      fast: { path: '/models/fast', threads: 2, executionProvider: 'cuda' },
    });
    expect(namedModelOf(models, 'plain')).toEqual({ path: '/models/plain' });
    expect(namedModelOf(models, 'fast')).toEqual({ path: '/models/fast', threads: 2, executionProvider: 'cuda' });
    expect(namedModelOf(models, 'none')).toBeNull();
  });

  it('are a server, with what it is to be told and what cuts its texts', () => {
    const far = {
      server: 'https://host:8000/gliclass',
      serverModel: 'big',
      adapter: 'legal',
      tokenizer: '/models/big',
    };
    expect(namedModelOf(v.parse(namedModels, { far }), 'far')).toEqual(far);
  });

  it.each(['toString', 'constructor', '__proto__'])('has none called %s that nobody defined', (name) => {
    expect(namedModelOf(v.parse(namedModels, {}), name)).toBeNull();
  });

  it.each([
    [{ embedded: '/mine' }, '“embedded” is the built-in model'],
    [{ '': '/mine' }, 'a name must not be empty'],
    [{ a: '' }, 'a path must not be empty'],
    [{ a: { threads: 2 } }, 'must be the path'],
    [{ a: { path: '/mine', threads: -1 } }, 'Expected >=0'],
    [{ a: { path: '/mine', device: 'cuda' } }, 'must be the path'],
    [{ a: { server: 'ftp://host' } }, 'a server must be a URL'],
    [{ a: { server: 'http://host', path: '/mine' } }, 'the URL of a GLiClass server'],
    [{ a: { server: 'http://host', token: 'secret' } }, 'the URL of a GLiClass server'],
  ])('refuses %j', (value, message) => {
    const { issues } = v.safeParse(namedModels, value);
    expect(issues?.[0].message).toContain(message);
  });
});
