// How decisions name documents.
import { expect, it } from 'vitest';
import { countsFor, documentKeyOf, hasUri } from '../../../../src/core/review/decision';

it('tells URIs from paths, also from paths with a colon', () => {
  const paths = ['notes/a.md', 'Meeting: hiring.md', 'todo:buy.md', '2026-11-28T10:20.md', 'c#.md'];
  expect(paths.filter((path) => hasUri({ root: '', path }))).toEqual([]);
  const uris = ['file:///home/a.md', 'vscode-vfs://github/a/b.md', 'memfs:/a.md', 'import:labels.jsonl'];
  expect(uris.filter((path) => hasUri({ root: '', path }))).toEqual(uris);
  const outside = documentKeyOf({ uri: 'file:///elsewhere/Meeting%3A.md', root: '', path: 'Meeting:.md' }, false);
  expect(hasUri(outside)).toBe(true);
});

it('a decision on a part of a file counts for the text that it was made on, on a whole document for every text', () => {
  const row = { isPart: true, texts: ['aa', null] };
  const made = (textHash: string) => ({ passage: null, textHash });
  expect([countsFor(made('aa'), row), countsFor(made('bb'), row)]).toEqual([true, false]);
  expect(countsFor(made('bb'), { isPart: true, texts: [] })).toBe(false);
  expect(countsFor(made('bb'), { isPart: false, texts: ['aa'] })).toBe(true);
  const passage = { start: 0, end: 1, exact: 'a', prefix: '', suffix: '' };
  expect(countsFor({ passage, textHash: 'aa' }, { isPart: false, texts: ['aa'] })).toBe(false);
});
