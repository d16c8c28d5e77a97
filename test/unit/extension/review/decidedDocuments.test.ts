// Decisions of one set in memory, by document.
import { expect, it } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { DecidedDocuments } from '../../../../src/extension/review/decidedDocuments';

function decision(path: string, label: string, root = ''): Decision {
  return { root, path, passage: null, set: 'notes', label, verdict: 'accepted', textHash: '00', decidedMs: 1 };
}

it('holds the decisions of each document, and gives none for others', () => {
  const documents = new DecidedDocuments();
  documents.add([decision('a.md', 'one'), decision('a.md', 'two'), decision('b.md', 'one')]);
  documents.add([decision('a.md', 'one', 'other folder')]);
  expect(documents.of({ root: '', path: 'a.md' }).map(({ label }) => label)).toEqual(['one', 'two']);
  expect(documents.of({ root: 'other folder', path: 'a.md' })).toHaveLength(1);
  expect(documents.of({ root: '', path: 'c.md' })).toEqual([]);
  expect(Array.from(documents.documents(), ({ root, path }) => `${root}|${path}`)).toEqual([
    '|a.md',
    '|b.md',
    'other folder|a.md',
  ]);
});

it('forgets a document that has none left', () => {
  const documents = new DecidedDocuments();
  documents.add([decision('a.md', 'one')]);
  documents.replace({ root: '', path: 'a.md' }, [decision('a.md', 'two')]);
  expect(documents.of({ root: '', path: 'a.md' }).map(({ label }) => label)).toEqual(['two']);
  documents.replace({ root: '', path: 'a.md' }, []);
  expect([...documents.documents()]).toEqual([]);
});
