// Thresholds written into label sets as users write them: applied, they are what the set is read as.
import { applyEdits, modify, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { parseLabelSets } from '../../../src/core/parseLabelSets';
import { labelThresholdEdits, setThresholdEdits, type EntryEdit } from '../../../src/core/thresholdEdits';

const entry = `{
  // what it is about
  "labels": {
    "topic": ["hiring", { "name": "security", "description": "holes" }, { "name": "done", "treshold": 0.3 }],
    "one": "single", // a label alone
    "leaf": { "description": "a leaf" },
    "deep": { "er": { "threshold": 0.9 } }
  },
  "threshold": 0.5
}`;

function edited(edits: readonly EntryEdit[]): string {
  return edits.reduce((text, { steps, value }) => applyEdits(text, modify(text, [...steps], value, {})), entry);
}
function read(text: string) {
  const { sets, problems } = parseLabelSets({ set: parse(text) as unknown });
  expect(problems.filter(({ warning }) => !warning)).toEqual([]);
  const [set] = sets;
  return { set: set?.threshold, ...Object.fromEntries(set!.labels.map(({ name, threshold }) => [name, threshold])) };
}
const names = ['topic.hiring', 'topic.security', 'topic.done', 'one.single', 'leaf', 'deep.er'];

describe('thresholds in a label set', () => {
  it('are written for every form of a label', () => {
    const wanted = new Map(names.map((name, at) => [name, (at + 1) / 10]));
    const text = edited(labelThresholdEdits(parse(entry), wanted));
    expect(read(text)).toEqual({ set: 0.5, ...Object.fromEntries(wanted) });
    expect(text).toContain('// what it is about');
    expect(text).toContain('// a label alone');
    expect(text).toContain('"description": "holes"');
  });

  it('touch no other label', () => {
    const edits = labelThresholdEdits(
      parse(entry),
      new Map([
        ['topic.hiring', 0.7],
        ['gone', 0.2],
      ]),
    );
    expect(edits).toEqual([{ steps: ['labels', 'topic', 0], value: { name: 'hiring', threshold: 0.7 } }]);
  });

  it('are written below names that look like a slip of a field', () => {
    const set = { labels: [{ game: 'chess', sport: 'golf' }] };
    expect(parseLabelSets({ set }).sets[0]?.labels.map(({ name }) => name)).toEqual(['game.chess', 'sport.golf']);
    const wanted = new Map([
      ['game.chess', 0.7],
      ['sport.golf', 0.2],
    ]);
    expect(labelThresholdEdits(set, wanted)).toEqual([
      { steps: ['labels', 0, 'game'], value: [{ name: 'chess', threshold: 0.7 }] },
      { steps: ['labels', 0, 'sport'], value: [{ name: 'golf', threshold: 0.2 }] },
    ]);
  });

  it('are written under the key that counts', () => {
    const set = { labels: [{ name: 'a', treshold: 0.3, threshold: 0.4 }] };
    expect(labelThresholdEdits(set, new Map([['a', 0.7]]))).toEqual([
      { steps: ['labels', 0, 'threshold'], value: 0.7 },
    ]);
  });

  it('for all labels replace those of their own', () => {
    const own = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(read(edited(setThresholdEdits(parse(entry), names, 0.25)))).toEqual({
      ...own,
      ...{ set: 0.25, 'topic.done': 0.25, 'deep.er': 0.25 },
    });
  });
});
