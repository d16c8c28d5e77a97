import { expect, test } from 'vitest';
import { agreements, agrees } from '../../../src/core/gallery/agreement';
import { mostProposed, vocabulary, type FoundName } from '../../../src/core/gallery/vocabulary';
import { atOnce } from '../../../src/core/slices';

const vocabularyOf = (found: Iterable<FoundName>) => atOnce(vocabulary(found));

const tags = (name: string, ...documents: string[]): FoundName[] =>
  documents.map((document) => ({ name, source: 'front matter', document }));
const folder = (name: string, ...documents: string[]): FoundName[] =>
  documents.map((document) => ({ name, source: 'folder', document }));

test('brings spellings of one word together under the most frequent one', () => {
  const found = [
    ...tags('Meeting Notes', 'a', 'b', 'c'),
    ...tags('meeting-notes', 'd'),
    ...tags('meeting_note', 'e'),
    ...tags('policies', 'a'),
    ...tags('policy', 'b', 'c'),
  ];
  expect(vocabularyOf(found)).toEqual(
    [
      {
        name: 'Meeting Notes',
        variants: ['meeting-notes', 'meeting_note'],
        sources: ['front matter'],
        documents: ['a', 'b', 'c', 'd', 'e'],
        proposed: true,
      },
      { name: 'policy', variants: ['policies'], sources: ['front matter'], documents: ['a', 'b', 'c'], proposed: true },
    ].map((entry) => ({ ...entry, documents: expect.arrayContaining(entry.documents) as unknown })),
  );
});

test.each([
  ['release', 'releases'],
  ['course', 'courses'],
  ['cache', 'caches'],
  ['box', 'boxes'],
  ['branch', 'branches'],
  ['movie', 'movies'],
  ['class', 'classes'],
])('brings %s and %s together', (one, many) => {
  expect(vocabularyOf([...tags(one, 'a', 'b'), ...tags(many, 'c')])).toMatchObject([{ name: one, variants: [many] }]);
});

test('tells news from what is new', () => {
  const words = vocabularyOf([...folder('news', 'a', 'b'), ...folder('new', 'c', 'd'), ...folder('modules', 'e', 'f')]);
  expect(words.map(({ name, proposed }) => [name, proposed])).toEqual([
    ['modules', false],
    ['new', false],
    ['news', true],
  ]);
});

test('takes a rare slip for the frequent word, but no other word of one letter’s difference and no number', () => {
  const names = (...found: FoundName[][]) =>
    vocabularyOf(found.flat()).map(({ name, variants }) => [name, ...variants]);
  expect(names(tags('planning', 'a', 'b', 'c'), tags('plannign', 'd'))).toEqual([['planning', 'plannign']]);
  expect(names(tags('reading', 'a', 'b'), tags('heading', 'c', 'd'))).toEqual([['heading'], ['reading']]);
  expect(names(tags('version1', 'a', 'b', 'c'), tags('version2', 'd'))).toEqual([['version1'], ['version2']]);
  expect(names(tags('status', 'a'), tags('statu', 'b'))).toHaveLength(2);
});

test('counts a document once, in folder and tag, and says where the word comes from', () => {
  expect(vocabularyOf([...tags('law', 'a', 'b'), ...folder('Law', 'a', 'c')])).toMatchObject([
    { name: 'law', variants: ['Law'], sources: ['front matter', 'folder'], documents: ['a', 'b', 'c'] },
  ]);
});

test('proposes no word of one document, no folder that says how files are kept, and no years at all', () => {
  const words = vocabularyOf([
    ...tags('rare', 'a'),
    ...folder('src', 'a', 'b', 'c'),
    ...folder('Old Drafts', 'a', 'b'),
    ...tags('src', 'd'),
    ...folder('notes', 'a', 'b'),
    ...folder('2024', 'a', 'b'),
    ...folder('recipes', 'a', 'b'),
  ]);
  expect(words.filter(({ proposed }) => proposed).map(({ name }) => name)).toEqual(['src', 'recipes']);
  expect(words.map(({ name }) => name)).not.toContain('2024');
});

test('proposes no more words than anybody keeps in mind, those of most documents', () => {
  const many = Array.from({ length: mostProposed + 5 }, (_, at) => tags(`w${'x'.repeat(at + 1)}y`, 'a', 'b')).flat();
  const words = vocabularyOf([...many, ...tags('frequent', 'a', 'b', 'c')]);
  expect(words.filter(({ proposed }) => proposed)).toHaveLength(mostProposed);
  expect(words[0]).toMatchObject({ name: 'frequent', proposed: true });
});

test('leaves out what is too long for a label', () => {
  expect(vocabularyOf([...tags('x'.repeat(201), 'a', 'b'), ...tags('x'.repeat(200), 'a', 'b')])).toHaveLength(1);
});

test('gives way with each name, so that thousands hold nothing up', () => {
  const work = vocabulary(
    Array.from({ length: 1_000 }, (_, at) => tags('x'.repeat(at % 150) + 'y', String(at))).flat(),
  );
  let steps = 0;
  while (!work.next().done) steps++;
  expect(steps).toBeGreaterThanOrEqual(1_000);
});

test('agreement counts documents with the label and without it', () => {
  const judge = (carries: string[], given: string[]) => ({ carries: new Set(carries), given: new Set(given) });
  const found = agreements(
    ['law', 'food'],
    [judge(['law'], ['law']), judge(['law'], ['law', 'food']), judge(['food'], []), judge([], ['food'])],
  );
  expect(found.get('law')).toEqual({ carrying: 2, agreed: 2, others: 2, given: 0 });
  expect(found.get('food')).toEqual({ carrying: 1, agreed: 0, others: 3, given: 2 });
  expect([...found.values()].map(agrees)).toEqual([true, false]);
  expect(agrees({ carrying: 4, agreed: 4, others: 9, given: 9 })).toBe(false);
});
