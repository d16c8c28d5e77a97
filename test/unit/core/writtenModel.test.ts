// The model of a label set, read and written where users wrote it, slips included: what is read then is what was written.
import { applyEdits, modify, parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { parseLabelSets } from '../../../src/core/parseLabelSets';
import { modelEdit, writtenModel } from '../../../src/core/writtenModel';

function edited(entry: object, name: string | undefined): unknown {
  const { steps, value } = modelEdit(entry, name);
  const text = JSON.stringify(entry);
  return parse(applyEdits(text, modify(text, [...steps], value, {})));
}

it.each([
  ['none', {}, null],
  ['its own key', { model: 'old' }, 'old'],
  ['a slip of the key', { modell: 'old' }, 'old'],
  ['a key that is another one', { mode: 'single-label' }, null],
  ['both', { modell: 'other', model: 'old' }, 'old'],
])('names one under %s', (_what, more, before) => {
  const entry = { labels: ['a', 'b'], ...more };
  expect(writtenModel(entry)).toBe(before);
  expect(parseLabelSets({ set: entry }).sets[0]?.model ?? null).toBe(before);
  const after = edited(entry, 'new');
  expect(writtenModel(after)).toBe('new');
  const warnings = (set: unknown) => parseLabelSets({ set }).problems.length;
  expect(parseLabelSets({ set: after }).sets[0]?.model).toBe('new');
  expect(warnings(after)).toBe(warnings(entry));
});

it('is taken out again with its key', () => {
  expect(edited({ labels: ['a'], modell: 'old' }, undefined)).toEqual({ labels: ['a'] });
});
