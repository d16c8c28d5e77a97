// Upstream's training format, and what is said about rows that are not in it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrainingData } from '../../../src/core/trainingData';

const row = { text: 'hello', all_labels: ['a', 'b'], true_labels: ['a'] };

describe('parseTrainingData', () => {
  it('reads an array and JSON Lines alike', () => {
    const expected = { text: 'hello', allLabels: ['a', 'b'], trueLabels: ['a'], examples: [] };
    const array = parseTrainingData(` \n${JSON.stringify([row, row], null, 2)}`);
    const lines = parseTrainingData(`\uFEFF${JSON.stringify(row)}\r\n\n${JSON.stringify(row)}\n`);
    expect(array).toMatchObject({
      problems: [],
      rows: [
        { ...expected, position: 1 },
        { ...expected, position: 2 },
      ],
    });
    expect(lines).toMatchObject({
      problems: [],
      rows: [
        { ...expected, position: 1 },
        { ...expected, position: 3 },
      ],
    });
  });

  it('reads weights, prompt, examples, and ignores the rest', () => {
    const full = {
      ...row,
      true_labels: { a: 0.75, b: 0.1 },
      prompt: 'Sort:',
      examples: [
        { text: 'x', labels: ['a'] },
        { text: 'y', true_labels: ['b'] },
        { text: 'z', labels: 'a' },
      ],
      near_labels: 5,
    };
    const { rows, problems } = parseTrainingData(JSON.stringify([full]));
    expect(problems).toEqual([]);
    expect([...rows[0]!.weights!]).toEqual([
      ['a', 0.75],
      ['b', 0.1],
    ]);
    expect(rows[0]).toMatchObject({
      trueLabels: ['a'],
      prompt: 'Sort:',
      examples: [
        { text: 'x', labels: ['a'] },
        { text: 'y', labels: ['b'] },
        { text: 'z', labels: ['a'] },
      ],
    });
  });

  it('takes a label for true from a weight of a half on, and for known whatever its weight', () => {
    const rowOf = (weights: object) => parseTrainingData(JSON.stringify([{ ...row, true_labels: weights }]));
    expect(rowOf({ a: 1, b: 0 }).rows[0]?.trueLabels).toEqual(['a']);
    expect(rowOf({ a: 0.49, b: 0.5 }).rows[0]?.trueLabels).toEqual(['b']);
    expect(rowOf({ c: 0 }).problems[0]?.message).toContain('holds “c”, which is not in “all_labels”');
  });

  it('takes a label that is named twice once', () => {
    const { rows } = parseTrainingData(JSON.stringify([{ ...row, all_labels: ['a', 'b', 'a'] }]));
    expect(rows[0]?.allLabels).toEqual(['a', 'b']);
  });

  it('leaves candidate labels to the caller where there are none', () => {
    expect(parseTrainingData('{"text": "t", "true_labels": []}').rows[0]?.allLabels).toBeNull();
  });

  it.each([
    ['[]', 'must be an object with “text” and “true_labels”, not a list'],
    ['"secret"', 'Line 2 must be an object with “text” and “true_labels”, not text.'],
    ['{"true_labels": []}', 'Line 2: “text” is missing.'],
    ['{"text": 5, "true_labels": []}', 'Line 2: “text” must be text, not a number.'],
    ['{"text": " \\n", "true_labels": []}', 'Line 2: “text” is empty.'],
    ['{"text": "secret", "all_labels": ["a", ""], "true_labels": []}', 'Line 2: “all_labels[1]” is empty.'],
    ['{"text": "secret"}', 'Line 2: “true_labels” is missing.'],
    ['{"text": "secret", "true_labels": "a"}', 'Line 2: “true_labels” must be a list of labels, not text.'],
    ['{"text": "secret", "true_labels": ["a", 1]}', 'Line 2: “true_labels[1]” must be text, not a number.'],
    [
      '{"text": "secret", "true_labels": {"a": "x"}}',
      '“true_labels” gives “a” a weight that is not a number from 0 to 1',
    ],
    ['{"text": "secret", "true_labels": {"": 1}}', '“true_labels” names an empty label'],
    ['{"text": "secret", "true_labels": {"a": 2}}', 'a weight that is not a number from 0 to 1'],
    [
      '{"text": "secret", "true_labels": ["c"], "all_labels": ["a"]}',
      '“true_labels” holds “c”, which is not in “all_labels”',
    ],
    ['{"text": "secret", "true_labels": [], "all_labels": []}', '“all_labels” is empty; name at least one label'],
    ['{"text": "secret", "true_labels": [], "all_labels": {}}', '“all_labels” must be a list of labels, not an object'],
    ['{"text": "secret", "true_labels": [], "prompt": []}', '“prompt” must be text, not a list'],
    ['{"text": "secret", "true_labels": [], "examples": {}}', '“examples” must be a list, not an object'],
    ['{"text": "secret", "true_labels": [], "examples": [5]}', '“examples[0]” must be an object, not a number'],
    ['{"text": "secret", "true_labels": [], "examples": [{"text": "x"}]}', '“examples[0].true_labels” is missing'],
    ['{"text": "secret", "true_labels": [], "examples": [{"labels": ["x"]}]}', '“examples[0].text” is missing'],
    ['{"text": "secret', 'Line 2 is not valid JSON'],
    ['{text: secret}', 'Line 2 is not valid JSON'],
  ])('says what is wrong with %s', (line, message) => {
    const { rows, problems } = parseTrainingData(`${JSON.stringify(row)}\n${line}\n${JSON.stringify(row)}`);
    expect(rows).toHaveLength(2);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ position: 2, unit: 'line' });
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.message).not.toContain('secret');
  });

  it('counts rows in an array, and says when the whole is no JSON', () => {
    const { rows, problems } = parseTrainingData(JSON.stringify([row, 7, { text: 'x' }]));
    expect(rows).toHaveLength(1);
    expect(problems.map(({ message }) => message)).toEqual([
      'Row 2 must be an object with “text” and “true_labels”, not a number.',
      'Row 3: “true_labels” is missing.',
    ]);
    expect(parseTrainingData('[{"text": "secret"').problems[0]?.message).toMatch(/^The file is not valid JSON/);
    expect(parseTrainingData('[{"text": "secret"').problems[0]?.message).not.toContain('secret');
    expect(parseTrainingData('')).toMatchObject({ rows: [], problems: [] });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.json()).map((list) => list.join('\n')),
        ),
        (content) => {
          const { rows, problems } = parseTrainingData(content);
          expect(rows.length + problems.length).toBeLessThanOrEqual(content.split(/[\n\r]/).length + content.length);
        },
      ),
    );
  });
});
