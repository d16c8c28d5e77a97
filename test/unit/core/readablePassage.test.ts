// Passages of Markdown are read as text: without marks, and without headings where there are sentences.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMarkdownName, sentenceTest } from '../../../src/core/markdownLines';
import { oneLine, readableMarkdown, readableWithHeadings } from '../../../src/core/readablePassage';

describe('readableMarkdown', () => {
  it.each([
    ['1. Each party may disclose to the other.', 'Each party may disclose to the other.'],
    ['- [x] **Ship** the _release_', 'Ship the release'],
    ['> > quoted *twice*', 'quoted twice'],
    ['See [the plan](https://a.test/b_c_d) and ![a chart](chart.png).', 'See the plan and a chart.'],
    ['See [[notes/plan|the plan]], [[Budget]] and [the site][1].', 'See the plan, Budget and the site.'],
    ['Call `snake_case(*args)` and ``a ` b``.', 'Call snake_case(*args) and a ` b.'],
    ['| Who | When |\n| --- | ---: |\n| Ana | Monday |', 'Who · When Ana · Monday'],
    ['First line<br>second</b> ~~gone~~ ==new==', 'First linesecond gone new'],
    ['2 * 3 * 4 and a_b_c and x__y__z', '2 * 3 * 4 and a_b_c and x__y__z'],
    ['a \\*star\\* and Vec<String>', 'a *star* and Vec<String>'],
    ['the end of a bold** sentence', 'the end of a bold sentence'],
    ['```js\nconst a = 1;\n```', 'const a = 1;'],
    ['A claim.[^1]', 'A claim.'],
  ])('%j reads %j', (markdown, text) => {
    expect(readableMarkdown(markdown)).toBe(text);
  });

  it('leaves headings out where there is a sentence, and only there', () => {
    expect(readableMarkdown('# Hiring\n\nThe interview is on Monday.')).toBe('The interview is on Monday.');
    expect(readableMarkdown('Hiring\n======\n\nThe interview is on Monday.')).toBe('The interview is on Monday.');
    expect(readableMarkdown('## Hiring ##')).toBe('Hiring');
    expect(readableMarkdown('Hiring\n---')).toBe('Hiring');
    expect(readableMarkdown('---')).toBe('---');
  });

  it('is one line, never empty for a text that is not, and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('ab *_`~[]()|#>-=<!\\.1\n')), maxLength: 80 }),
        (text) => {
          const read = readableMarkdown(text);
          expect(read).toBe(oneLine(read));
          expect(read === '').toBe(text.trim() === '' || oneLine(text) === '');
        },
      ),
    );
  });
});

describe('readableWithHeadings', () => {
  it('puts headings before what stands under them, once', () => {
    expect(readableWithHeadings('# Backups\n## *Nightly*\n\n- kept for **30** days')).toBe(
      'Backups · Nightly · kept for 30 days',
    );
    expect(readableWithHeadings('Backups\n=======')).toBe('Backups');
    expect(readableWithHeadings('Kept for\n30 days')).toBe('Kept for 30 days');
  });
});

describe('sentenceTest', () => {
  const text =
    '---\ntags: [a]\n---\n# Title\n\nA sentence. Another.\n\nUnder\n---\n\n| a | b |\n|---|---|\n| c | d |\n';
  const says = (part: string) => {
    const start = text.indexOf(part);
    return sentenceTest(text)({ start, end: start + part.length });
  };

  it('tells text from headings, marks and front matter', () => {
    expect(['A sentence.', 'Another.', '| c | d |', '# Title\n\nA sentence.'].map(says)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['tags: [a]', '# Title', 'Under', '|---|---|'].map(says)).toEqual([false, false, false, false]);
  });

  it('does not take the marks of other languages for Markdown', () => {
    expect(['a/b.MD', 'x.qmd'].map(isMarkdownName)).toEqual([true, true]);
    expect(['a.py', 'readme.txt', 'md', 'a.md.ts'].map(isMarkdownName)).toEqual([false, false, false, false]);
  });
});
