// Which decided documents a model reads as examples: the newest that carry a label, as the text that was decided on.
import { expect, it } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { mostTexts } from '../../../../src/extension/learn/lessons';
import { ReadLessons } from '../../../../src/extension/learn/readLessons';
import { labelSet } from '../../workspace/labelSetOf';

function made(path: string, label: string, more: Partial<Decision> = {}): Decision {
  return {
    root: '',
    path,
    passage: null,
    set: 'set',
    label,
    verdict: 'accepted',
    textHash: path,
    decidedMs: 1,
    ...more,
  };
}

/** Texts whose hash is their path, unless they changed; says which were read. */
class Texts {
  readonly read: string[] = [];
  constructor(private readonly changed: Readonly<Record<string, string | null>> = {}) {}

  readonly now = {
    hash: ({ path }: Decision) => this.hash(path),
    read: ({ path }: Decision) => {
      this.read.push(path);
      const hash = this.hash(path);
      return Promise.resolve(hash === null ? null : { text: `text of ${path}`, hash });
    },
  };

  private hash(path: string): string | null {
    return path in this.changed ? (this.changed[path] ?? null) : path;
  }
}

it('takes documents with a label that they carry, with what they do not carry', async () => {
  const decided = [
    [made('b', 'bug'), made('b', 'idea', { verdict: 'rejected' })],
    [made('a', 'bug', { verdict: 'rejected' })],
    [made('edited', 'bug')],
    [made('gone', 'bug')],
    [made('passage', 'bug', { passage: { exact: 'x', prefix: '', suffix: '', start: 0, end: 1 } })],
  ];
  const { now, read } = new Texts({ edited: 'other', gone: null });
  const { decided: examples, decisions, examples: kept } = await new ReadLessons().choose(decided, labelSet(), now);
  expect(examples).toEqual([
    { text: 'text of b', compared: 'text of b', labels: ['bug'], rejected: ['idea'], hash: 'b' },
  ]);
  expect([decisions, kept]).toEqual([2, []]);
  // Others teach nothing, so that they are not read for it.
  expect(read).toEqual(['b']);
});

it('reads each text once, and again only where it changed', async () => {
  const lessons = new ReadLessons();
  const decided = [[made('a', 'bug')], [made('b', 'bug')]];
  const first = new Texts();
  const before = await lessons.choose(decided, labelSet(), first.now);
  const again = new Texts();
  expect(await lessons.choose(decided, labelSet(), again.now)).toEqual(before);
  expect([first.read, again.read]).toEqual([['a', 'b'], []]);
  const edited = new Texts({ b: 'b2' });
  await lessons.choose([[made('a', 'bug')], [made('b', 'bug', { textHash: 'b2' })]], labelSet(), edited.now);
  expect(edited.read).toEqual(['b']);
});

it('takes the newest up to the bound, in an order that time does not change', async () => {
  const paths = Array.from({ length: mostTexts + 5 }, (_, n) => String(n).padStart(4, '0'));
  const choose = async (newest: (n: number) => number, some = paths) => {
    const decided = some.map((path, n) => [made(path, 'bug', { decidedMs: newest(n) })]);
    return (await new ReadLessons().choose(decided, labelSet(), new Texts().now)).decided.map(({ hash }) => hash);
  };
  expect(await choose((n) => 1_000 - n)).toEqual(paths.slice(0, mostTexts));
  expect(await choose((n) => n, paths.slice(0, mostTexts))).toEqual(paths.slice(0, mostTexts));
});
