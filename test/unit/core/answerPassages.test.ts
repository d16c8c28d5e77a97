import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerPassages } from '../../../src/core/answerPassages';

const all = (text: string, isMarkdown = true) =>
  answerPassages(text, { start: 0, end: text.length }, isMarkdown).map(({ start, end }) => text.slice(start, end));

const long =
  'The nightly copy of the database is kept for thirty days in two places, and each of them is tried once a month.';
const other =
  'Whoever restores it needs the key of the vault, which the head of operations and her deputy have with them.';

describe('answerPassages', () => {
  test('begins a passage with the headings above it, and never gives a heading by itself', () => {
    expect(all(`# Operations\n\n## Backups\n\n${long} ${other}\n\n## Nothing here yet\n`)).toEqual([
      `# Operations\n\n## Backups\n\n${long}`,
      other,
    ]);
    expect(all('Backups\n=======\n\n## How to\n')).toEqual([]);
  });

  test('joins short sentences of a paragraph, not of two', () => {
    expect(all('Press the button. Wait for the lamp. Then open the door.')).toHaveLength(1);
    expect(all('Press the button at the left.\n\nWait for the lamp to go out.')).toHaveLength(2);
  });

  test('does not join without end', () => {
    const sentence = 'This sentence is of middling length and says a thing. ';
    for (const passage of all(sentence.repeat(40))) expect(passage.length).toBeLessThanOrEqual(480);
    expect(all(sentence.repeat(40)).length).toBeGreaterThan(5);
  });

  test('leaves out rules and fences alone, and keeps code with its fence', () => {
    expect(all(`${long}\n\n---\n`)).toEqual([long]);
    expect(all(`${long}\n\n---\n`, false)).toEqual([long]);
    expect(all('```sh\nnpm run restore\n```\n')).toEqual(['```sh\nnpm run restore\n```']);
  });

  test('keeps what comments say where the text is not Markdown, with what follows them', () => {
    expect(
      all(`#!/bin/sh\n# Restores the database.\n#\n# Usage: restore NAME\n\nset -e\nrestore "$1"\n\n# Ends.\n`, false),
    ).toEqual(['#!/bin/sh\n# Restores the database.\n#\n# Usage: restore NAME', 'set -e\nrestore "$1"', '# Ends.']);
    expect(all(`# Backups\n\n# ${long}\nkeep: 30\n\n# ${other}\n`, false)).toEqual([
      `# Backups\n\n# ${long}`,
      'keep: 30',
      `# ${other}`,
    ]);
    expect(
      all('# Copied from the vault.\n\nimport os\n\n\ndef restore():\n    # Tried once a month.\n    pass\n', false),
    ).toEqual(['# Copied from the vault.\n\nimport os', 'def restore():\n    # Tried once a month.\n    pass']);
    expect(all(`# Backups\n\n${long}\n\n# Nothing here yet\n`, false)).toEqual([
      `# Backups\n\n${long}`,
      '# Nothing here yet',
    ]);
  });

  test('takes all sentences of a heading for the heading', () => {
    const heading = '## Is all of it safe? What the keepers of the vault do.';
    expect(all(`${heading}\n\n${long}\n\n${heading}\n`)).toEqual([`${heading}\n\n${long}`]);
    expect(all(`---\ntags: [a]\n---\n\n${heading}\n\n${long}\n`)).toHaveLength(1);
  });

  test('takes one look at each passage: of nothing but headings, and under front matter that never ends', () => {
    expect(all('# Heading\n\n'.repeat(40_000))).toEqual([]);
    expect(all('# Heading\n\n'.repeat(40_000), false).length).toBeGreaterThan(1000);
    const unclosed = `---\n${`${long}\n\n`.repeat(5_000)}${'x'.repeat(20_000_000)}`;
    expect(answerPassages(unclosed, { start: 0, end: 5_000 * (long.length + 2) }, true)).toHaveLength(5_000);
  });

  test('gives passages in order that do not overlap, lie within what was asked, and are not blank', () => {
    const piece = fc.constantFrom(
      '# Title\n',
      'A sentence that says something. ',
      '\n\n',
      '- item\n',
      '---\n',
      '```\n',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(60), fc.boolean(), (pieces, from, isMarkdown) => {
        const text = pieces.join('');
        const within = { start: Math.min(from, text.length), end: text.length };
        let last = within.start;
        for (const { start, end } of answerPassages(text, within, isMarkdown)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end).trim()).not.toBe('');
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
