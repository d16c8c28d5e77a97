// Texts are found by their id, by their document, and by the folder that they are in.
import { expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { EntryTable } from '../../../../src/extension/results/entryTable';
import type { Entry } from '../../../../src/extension/results/memoryEntry';

function entry(document: string, lines = ''): Entry {
  const uri = { toString: () => document } as unknown as vscode.Uri;
  const id = lines === '' ? document : `selection:${document}#${lines}`;
  return {
    id,
    uri,
    title: id,
    folders: [],
    taggedMs: 0,
    textHash: '',
    passages: new Map(),
    given: [],
    anchor: { start: 0, end: 1, whole: lines === '', touched: false },
    outcome: { ok: false, message: 'not asked' },
    result: null,
    stale: false,
    missing: false,
    places: [],
  };
}

const ids = (entries: readonly Entry[]) => entries.map(({ id }) => id);
const folder = (uri: string) => ({ toString: () => uri }) as unknown as vscode.Uri;

it('keeps the texts of a document together, the newest last', () => {
  const table = new EntryTable();
  for (const one of [entry('file:///a.md', '1-2'), entry('file:///b.md'), entry('file:///a.md')]) table.set(one);
  table.set(entry('file:///a.md', '1-2'));
  expect(ids(table.of('file:///a.md'))).toEqual(['file:///a.md', 'selection:file:///a.md#1-2']);
  expect(table.documents().sort()).toEqual(['file:///a.md', 'file:///b.md']);
  table.delete('selection:file:///a.md#1-2');
  table.delete('file:///a.md');
  expect(table.documents()).toEqual(['file:///b.md']);
  expect(table.of('file:///a.md')).toEqual([]);
});

it('finds what is in a folder, and not what only begins like it', () => {
  const table = new EntryTable();
  for (const one of ['file:///x/a.md', 'file:///x/y/b.md', 'file:///xy/c.md', 'file:///x.md']) table.set(entry(one));
  table.set(entry('file:///x/a.md', '3'));
  expect(ids(table.within(folder('file:///x')))).toEqual([
    'file:///x/a.md',
    'selection:file:///x/a.md#3',
    'file:///x/y/b.md',
  ]);
  expect(ids(table.within(folder('file:///x.md')))).toEqual(['file:///x.md']);
});
