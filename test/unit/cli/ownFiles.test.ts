// Which files of a command are left out of the folder that it tags.
import path from 'node:path';
import { expect, test } from 'vitest';
import { withoutOwnFiles } from '../../../src/cli/tag/ownFiles';
import { fileUri } from '../../../src/workspace/find/nodeFileTree';

const hidden = (root: string, files: Parameters<typeof withoutOwnFiles>[1]) =>
  withoutOwnFiles({ uri: fileUri(root), name: root }, files).hidden?.map(({ glob }) => glob);

test('those that lie in it, by their place; an index with what is beside it', () => {
  const files = { labels: 'notes/l[1].yaml', models: 'models.json', decisions: path.resolve('notes/team/d.jsonl') };
  expect(hidden('notes', files)).toEqual(['/l\\[1\\].yaml', '/team/d.jsonl']);
  expect(hidden('.', { index: 'i.sqlite' })).toEqual(
    ['', '-wal', '-shm', '.lock', '.lock-journal'].map((end) => `/i.sqlite${end}`),
  );
});

test('not one that is named itself', () => {
  expect(hidden('labels.yaml', { labels: 'labels.yaml' })).toEqual([]);
});
