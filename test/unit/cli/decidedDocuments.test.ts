// Which decisions count for a file of `glitag tag`, and for a part of one.
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Decision } from '../../../src/core/review/decision';
import { DecidedDocuments } from '../../../src/cli/decide/decidedDocuments';
import { fileUri } from '../../../src/workspace/find/nodeFileTree';

const decision = (path: string): Decision => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug' },
  ...{ verdict: 'accepted', textHash: 'aa', decidedMs: 1 },
});

it('a row that has another text by now is undecided, a file is not', () => {
  const all = ['package.json', 'rows.csv#row-3'].map(decision);
  const documents = new DecidedDocuments(all);
  const row = `${fileUri('rows.csv')}#row-3`;
  expect([documents.of(row, () => 'aa').length, documents.of(row, () => 'bb').length]).toEqual([1, 0]);
  expect(documents.of(fileUri('package.json'), () => 'bb')).toHaveLength(1);
});

it('a file that is gone and has a # in its name, as C# beside C, has its decisions under another name', () => {
  const documents = new DecidedDocuments([decision('test#/gone.md')]);
  expect(documents.of(fileUri('new.md'), () => 'aa')).toHaveLength(1);
});

it('of several folders of a workspace each is known, where they lie together and where it is said where they are', () => {
  const hash = () => 'bb';
  const all = [{ ...decision('a.md'), root: 'notes' }, decision('b.md')];
  const here = new DecidedDocuments(all);
  expect([here.of(fileUri('notes/a.md'), hash).length, here.of(fileUri('b.md'), hash).length]).toEqual([1, 1]);
  const named = new DecidedDocuments(all, new Map([['notes', path.resolve('/else/where')]]));
  expect([named.of(fileUri('/else/where/a.md'), hash).length, named.of(fileUri('notes/a.md'), hash).length]).toEqual([
    1, 0,
  ]);
});
