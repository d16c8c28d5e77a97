// Folders of one name have names of their own in decisions, whichever others come and go, and lose nothing.
import { expect, it } from 'vitest';
import { acceptStep } from '../../../../src/core/review/steps';
import { nameFolders, separateFolders, type FolderNames } from '../../../../src/extension/review/folderNames';
import { DecisionStore } from '../../../../src/workspace/decisions/decisionStore';

const folder = (uri: string) => ({ uri, name: uri.split('/').at(-1) ?? '' });
const [first, second, third, other] = ['file:///a/docs', 'file:///b/docs', 'file:///c/b/docs', 'file:///a/src'].map(
  folder,
);

it('are called as the workspace calls them, as long as that tells them apart', () => {
  expect(Object.values(nameFolders([first!, other!], {}))).toEqual(['docs', 'src']);
});

it('keep their names when others come and go, and change places', () => {
  let kept: FolderNames = {};
  const names = (...folders: readonly { readonly uri: string; readonly name: string }[]) => {
    const found = nameFolders(folders, kept);
    kept = { ...kept, ...found };
    return folders.map(({ uri }) => found[uri]);
  };
  expect(names(first!)).toEqual(['docs']);
  expect(names(second!, first!)).toEqual(['docs (b)', 'docs']);
  expect(names(second!, other!)).toEqual(['docs (b)', 'src']);
  expect(names(third!, second!)).toEqual(['docs', 'docs (b)']);
  // Another took the name while it was away.
  expect(new Set(names(third!, first!, second!)).size).toBe(3);
});

it('are told apart by as many parents as it takes', () => {
  const names = nameFolders([first!, second!, third!, folder('file:///b%20b/docs')], {});
  expect(Object.values(names)).toEqual(['docs', 'docs (b)', 'docs (c/b)', 'docs (b b)']);
});

it('get what only they can have of the decisions that were shared', async () => {
  const store = DecisionStore.inMemory();
  const target = (path: string) => ({ root: 'docs', path, passage: null, textHash: 'aa', set: 'set', label: 'bug' });
  await store.decide(acceptStep(['both.md', 'first.md', 'second.md', 'second.csv#row-2', 'gone.md'].map(target)));
  const folders = [first!, second!];
  const there = [
    'docs both.md',
    'docs first.md',
    'docs (b) both.md',
    'docs (b) second.md',
    'docs (b) second.csv#row-2',
  ];
  await separateFolders(store, folders, nameFolders(folders, {}), ({ root, path }) =>
    Promise.resolve(there.includes(`${root} ${path}`)),
  );
  const found = [];
  for await (const page of store.decisions(null)) for (const { root, path } of page) found.push(`${root} ${path}`);
  expect(found.sort()).toEqual(
    ['docs both.md', 'docs first.md', 'docs gone.md', 'docs (b) second.md', 'docs (b) second.csv#row-2'].sort(),
  );
});
