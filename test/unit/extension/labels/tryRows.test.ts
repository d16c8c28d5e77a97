// What is shown of a label set while it is written: every label of the open text, the tags of others, and what each threshold gives.
import { describe, expect, it } from 'vitest';
import { parseLabelSets } from '../../../../src/core/parseLabelSets';
import { nextStep, stepRows, tryRows, type Tried } from '../../../../src/extension/labels/create/tryRows';

const set = parseLabelSets({
  new: {
    labels: { topic: ['billing', { name: 'hiring', threshold: 0.9 }], tone: ['calm', 'angry'] },
    threshold: 0.7,
    exclusive: ['tone'],
  },
}).sets[0]!;

function tried(title: string, ...scores: number[]): Tried {
  return {
    title,
    scores: set.labels.map(({ name }, at) => ({ label: name, score: scores[at] ?? 0, start: 0, end: 1 })),
  };
}

const texts = [
  tried('a.md', 0.912, 0.8, 0.75, 0.71),
  tried('b.md', 0.1, 0.2, 0.3, 0.4),
  { title: 'c.bin', scores: null },
];

describe('tryRows', () => {
  it('says of each label of the first text whether it is a tag, or why it is not', () => {
    expect(tryRows(texts, set).map(({ kind, label, description }) => [kind, label, description])).toEqual([
      ['text', 'a.md', '2 tags'],
      ['tag', '■■■■■■■■■□ .91  topic.billing', 'tag'],
      ['score', '■■■■■■■■□□ .80  topic.hiring', 'below .90'],
      ['tag', '■■■■■■■■□□ .75  tone.calm', 'tag'],
      ['score', '■■■■■■■□□□ .71  tone.angry', 'not chosen: another of its group is better'],
      ['text', 'b.md', 'none fits'],
      ['text', 'c.bin', 'could not be read'],
    ]);
  });

  it('has nothing to say without texts', () => {
    expect(tryRows([], set)).toEqual([]);
    expect(tryRows([{ title: 'x', scores: null }], set)).toHaveLength(1);
  });
});

describe('stepRows', () => {
  it('counts the tags that each threshold gives', () => {
    const rows = stepRows(texts, set);
    const at = (threshold: number) => rows.find((row) => row.threshold === threshold)?.description;
    expect(at(0.95)).toBe('0 tags in 0 of 2 texts');
    expect(stepRows(texts.slice(0, 1), set)[0]?.description).toBe('0 tags in 0 of 1 text');
    expect(at(0.7)).toBe('2 tags in 1 of 2 texts: topic.billing, tone.calm');
    expect(at(0.3)).toBe('3 tags in 2 of 2 texts: topic.billing, tone.calm, tone.angry');
    expect(rows[0]?.threshold).toBe(0.95);
    expect(rows.at(-1)?.threshold).toBe(0.05);
  });
});

describe('nextStep', () => {
  it.each([
    [0.7, 1, 0.75],
    [0.7, -1, 0.65],
    [0.72, 1, 0.75],
    [0.72, -1, 0.7],
    [0.95, 1, 0.95],
    [0.05, -1, 0.05],
    [0, -1, 0.05],
    [0, 1, 0.05],
    [0.15, 1, 0.2],
  ] as const)('from %d in direction %d', (from, direction, to) => {
    expect(nextStep(from, direction)).toBe(to);
  });
});
