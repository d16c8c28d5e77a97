// Exports: JSON Lines, CSV that is safe in a spreadsheet, Markdown that shows any name as it is.
import { expect, it } from 'vitest';
import { exportDocuments } from '../../../src/workspace/export/exports';
import type { ExportFormat } from '../../../src/workspace/export/exports';
import type { ExportDocument } from '../../../src/workspace/types';

const tag = (label: string, score: number) => ({ label, score, start: 0, end: 12 });
const documents: ExportDocument[] = [
  {
    uri: 'file:///w/a.md',
    root: 'w',
    path: 'notes/a, "b".md',
    stale: false,
    tags: [{ ...tag('bug', 0.875), state: 'accepted', olderText: true }, tag('=HYPERLINK("http://x")', 0.5)],
    rejected: [{ ...tag('idea', 1 / 3), state: 'rejected', conflict: true }],
    scores: [tag('bug', 0.875), tag('idea', 1 / 3)],
  },
  { uri: 'file:///w/c.csv#row-2', root: 'w', path: 'c.csv', part: 'row 2', given: ['todo'], stale: false, tags: [] },
  { uri: 'file:///w/-1+1.md', root: '@w', path: '-1+1 | <b>`x`.md', stale: true, tags: [] },
];

async function written(format: ExportFormat): Promise<string> {
  let text = '';
  for await (const part of exportDocuments(documents, format)) text += part;
  return text;
}

it('writes one document a line as JSON', async () => {
  const lines = (await written('jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual([
    {
      folder: 'w',
      path: 'notes/a, "b".md',
      stale: false,
      tags: [
        { label: 'bug', score: 0.875, start: 0, end: 12, state: 'accepted', olderText: true },
        { label: '=HYPERLINK("http://x")', score: 0.5, start: 0, end: 12 },
      ],
      rejected: [{ label: 'idea', score: 0.333333, start: 0, end: 12, state: 'rejected', conflict: true }],
      scores: { bug: 0.875, idea: 0.333333 },
    },
    { folder: 'w', path: 'c.csv', part: 'row 2', given: ['todo'], stale: false, tags: [] },
    { folder: '@w', path: '-1+1 | <b>`x`.md', stale: true, tags: [] },
  ]);
});

it('writes CSV in which no cell is a formula', async () => {
  expect(await written('csv')).toBe(
    [
      'folder,path,label,score,start,end,stale,state',
      'w,"notes/a, ""b"".md",bug,0.875,0,12,false,accepted',
      'w,"notes/a, ""b"".md","\'=HYPERLINK(""http://x"")",0.5,0,12,false,',
      'w,c.csv: row 2,,,,,false,',
      "'@w,'-1+1 | <b>`x`.md,,,,,true,",
      '',
    ].join('\n'),
  );
});

it('writes Markdown that shows names as they are', async () => {
  expect(await written('markdown')).toBe(
    [
      '<!-- Tags, exported by GLiTag -->',
      '',
      '| Document | Tags |',
      '| --- | --- |',
      '| notes/a, "b".md | bug (0.87), =HYPERLINK\\("http://x"\\) (0.50) |',
      '| c.csv: row 2 | – |',
      '| -1\\+1 \\| \\<b\\>\\`x\\`.md (stale) | – |',
      '',
    ].join('\n'),
  );
});
