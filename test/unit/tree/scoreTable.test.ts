// The table's rows: filtered, in the order of a column, selections beside their document.
import { beforeEach, describe, expect, it } from 'vitest';
import { ScoreTable } from '../../../src/core/tree/scoreTable';
import { doc, labels } from './treeFixtures';

const standup = doc('notes/standup.md', [
  [0, 0.83],
  [3, 0.71],
]);
const gateway = doc('logs/gateway.log', [[3, 0.91]], { taggedMs: 5 });
const selection = { ...doc('notes/standup.md:3-4', [[4, 0.6]]), id: 'selection:a#1-2' };

let table: ScoreTable;
const titles = () => Array.from({ length: table.length }, (_, index) => table.row(index).title);

beforeEach(() => {
  table = new ScoreTable();
  table.setLabels(labels);
  table.putDocuments([standup, gateway, doc('notes/empty.md')], true);
});

describe('the table', () => {
  it('has the newest first, and is sorted by name or by the scores of a label', () => {
    expect(titles()).toEqual(['logs/gateway.log', 'notes/empty.md', 'notes/standup.md']);
    table.setOrder(0);
    expect(titles()[0]).toBe('notes/standup.md');
    table.setOrder(3);
    expect(titles()).toEqual(['logs/gateway.log', 'notes/standup.md', 'notes/empty.md']);
    table.setOrder('name');
    expect(titles()).toEqual(['logs/gateway.log', 'notes/empty.md', 'notes/standup.md']);
    expect(table.ids()[2]).toBe(standup.id);
  });

  it('shows what the filter lets through', () => {
    table.setFilter('@label:tone @score:.8');
    expect(titles()).toEqual(['logs/gateway.log']);
    expect([table.length, table.size]).toEqual([1, 3]);
    expect(() => table.row(1)).toThrow(RangeError);
  });

  it('has a row for each selection, which goes with it', () => {
    table.putDocuments([{ ...standup, parts: [selection] }], false);
    table.setOrder('name');
    expect(titles()).toEqual(['logs/gateway.log', 'notes/empty.md', 'notes/standup.md', 'notes/standup.md:3-4']);
    table.putDocuments([{ ...standup, tags: [], partsOnly: true, parts: [selection] }], false);
    expect(titles()).not.toContain('notes/standup.md');
    table.putDocuments([standup], false);
    expect(titles()).not.toContain('notes/standup.md:3-4');
    table.removeDocuments([standup.id]);
    expect(table.size).toBe(2);
  });

  it('stays in the order of its label where labels are put before it', () => {
    table.setOrder(3);
    const [first, ...rest] = labels;
    table.setLabels([first!, { ...first!, name: 'new' }, ...rest]);
    expect(table.order).toBe(4);
  });

  it('forgets the column of a label that is gone', () => {
    table.setOrder(5);
    table.setLabels(labels.slice(0, 2));
    expect(table.order).toBe('newest');
  });
});
