// How decisions name documents.
import { expect, it } from 'vitest';
import { documentKeyOf, hasUri } from '../../../../src/core/review/decision';

it('tells URIs from paths, also from paths with a colon', () => {
  const paths = ['notes/a.md', 'Meeting: hiring.md', 'todo:buy.md', '2026-11-28T10:20.md', 'c#.md'];
  expect(paths.filter((path) => hasUri({ root: '', path }))).toEqual([]);
  const uris = ['file:///home/a.md', 'vscode-vfs://github/a/b.md', 'memfs:/a.md', 'import:labels.jsonl'];
  expect(uris.filter((path) => hasUri({ root: '', path }))).toEqual(uris);
  const outside = documentKeyOf({ uri: 'file:///elsewhere/Meeting%3A.md', root: '', path: 'Meeting:.md' }, false);
  expect(hasUri(outside)).toBe(true);
});
