// What "Copy Table" puts on the clipboard.
import { expect, it } from 'vitest';
import { tableText } from '../../../src/workspace/export/tableText';
import type { ExportDocument } from '../../../src/workspace/types';

const score = (label: string, value: number) => ({ label, score: value, start: 0, end: 1 });

function document(path: string, tags: readonly string[], scores: Readonly<Record<string, number>>): ExportDocument {
  const all = Object.entries(scores).map(([label, value]) => score(label, value));
  return {
    uri: `file:///${path}`,
    root: 'w',
    path,
    stale: false,
    scores: all,
    tags: all.filter(({ label }) => tags.includes(label)),
  };
}

it('has a column a label, in their order, and the tags last', () => {
  const text = tableText(
    [document('a.md', ['x'], { x: 0.6993000149726868, y: 0.5 }), document('b\tc.md', [], { y: 0.1 })],
    ['y', 'x'],
  );
  expect(text.split('\n')).toEqual(['document\ty\tx\ttags', 'a.md\t0.5\t0.6993\tx', '"b\tc.md"\t0.1\t\t', '']);
});

it('makes formulas in names harmless', () => {
  expect(tableText([document('=HYPERLINK("http://x")', [], {})], ['+cmd'])).toContain("'=HYPERLINK");
  expect(tableText([], ['+cmd'])).toContain("'+cmd");
});

it('tells the parts of one file apart', () => {
  const [row2, row3] = ['row 2', 'row 3'].map((part) => ({ ...document('a.csv', [], { y: 0.5 }), part }));
  expect(
    tableText(
      [row2, row3].flatMap((one) => one ?? []),
      ['y'],
    ),
  ).toBe('document\ty\ttags\na.csv: row 2\t0.5\t\na.csv: row 3\t0.5\t\n');
});
