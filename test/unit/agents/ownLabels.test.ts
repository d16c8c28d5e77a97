// Labels of agents are labels, whatever is in them.
import { describe, expect, test } from 'vitest';
import { labelSetCalled, ownLabels } from '../../../src/agents/ownLabels';

const set = ownLabels(['bug report', 'contract']);

describe('label sets', () => {
  test('of labels that an agent named have each of them once, dots and all', () => {
    expect(ownLabels(['a.b', 'a', 'a', '{"x": 1}']).labels.map(({ name }) => name)).toEqual(['a.b', 'a', '{"x": 1}']);
    expect(() => ownLabels([' '])).toThrow();
  });

  test('are found by name, and those that are there are told', () => {
    expect(labelSetCalled([set], undefined, set)).toBe(set);
    expect(() => labelSetCalled([set], 'other', set)).toThrow(
      `There is no label set “other”. There are: “${set.name}”.`,
    );
  });
});
