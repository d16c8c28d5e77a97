// Folders of a workspace by the names that decisions have for them.
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { decidedFolders } from '../../../src/cli/decide/decidedFolders';
import { TempFolder } from '../workspace/tempFolder';

it.each([
  ['notes', 'notes'],
  ['x=1', 'notes'],
  ['notes', 'a=b'],
  ['x=1', 'a=b'],
])('a folder called %s in %s', async (name, folder) => {
  const place = (await TempFolder.create()).at(folder);
  fs.mkdirSync(place);
  expect([...decidedFolders([`${name}=${place}`])]).toEqual([[name, place]]);
  expect([...decidedFolders([place])]).toEqual([['', place]]);
});

it('refuses a folder that is none, by its path', () => {
  expect(() => decidedFolders(['notes=/nowhere/at/all'])).toThrow('There is no folder /nowhere/at/all.');
});
