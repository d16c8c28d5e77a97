import { expect, test } from 'vitest';
import { statementsOf } from '../../../../src/core/check/statements';

test('takes one statement a line, without marks of lists, headings and blank lines, each once', () => {
  const text = [
    '# Facts',
    '',
    'The shop is open.',
    '  - The shop sells bread.\r',
    '12. It costs 3.50 euros.',
    '- [x] Ticked.',
    '* [ ] Open.',
    '---',
    '```',
    'The shop is open.',
    '-5 degrees is cold.',
    '2026 was a warm year.',
  ].join('\n');
  expect(statementsOf(text)).toEqual([
    'The shop is open.',
    'The shop sells bread.',
    'It costs 3.50 euros.',
    'Ticked.',
    'Open.',
    '-5 degrees is cold.',
    '2026 was a warm year.',
  ]);
});

test('finds none in what has none', () => {
  expect(statementsOf('\n# Only a heading\n\n')).toEqual([]);
});
