// Segmentation: nothing lost, nothing torn, borders where a reader would cut.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borders } from '../../../src/core/borders';
import { maxSegmentLength, splitSegment, textSegments } from '../../../src/core/textSegments';
import type { TextSegment } from '../../../src/core/textSegments';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const names = Object.fromEntries(Object.entries(borders).map(([name, strength]) => [strength, name]));

/** Segments as `border: text`, line ends shown. */
function shown(text: string, breaks?: readonly number[]): string[] {
  const segments = textSegments(text, breaks);
  expectCover(text, segments);
  return segments.map(({ start, end, border }) => `${names[border]!}: ${text.slice(start, end).replaceAll('\n', '⏎')}`);
}

function expectCover(text: string, segments: readonly TextSegment[]): void {
  let at = 0;
  for (const { start, end } of segments) {
    if (start !== at || end <= start) throw new Error(`segment ${start}-${end} after ${at}`);
    at = end;
  }
  expect(at).toBe(text.length);
}

describe('borders', () => {
  it('cuts Markdown at headings, and keeps a heading with what follows', () => {
    const text = '# Title\n\nIntro one. Intro two.\n\n## Part\nBody.\n\nMore.\n';
    expect(shown(text)).toEqual([
      'section: # Title⏎⏎',
      'word: Intro one. ',
      'sentence: Intro two.⏎⏎',
      'section: ## Part⏎',
      'word: Body.⏎⏎',
      'paragraph: More.⏎',
    ]);
  });

  it('knows underlined headings', () => {
    expect(shown('Title\n=====\nBody\n\nSub\n---\nText\n')).toEqual([
      'section: Title⏎=====⏎',
      'word: Body⏎⏎',
      'section: Sub⏎---⏎',
      'word: Text⏎',
    ]);
  });

  it('keeps fenced code together: its inner borders are weaker than those around it', () => {
    const text = 'Before\n```js\n# no heading\n\nlet a;\n```\nAfter\n';
    expect(shown(text)).toEqual([
      'section: Before⏎',
      'paragraph: ```js⏎',
      'line: # no heading⏎⏎',
      'line: let a;⏎',
      'line: ```⏎',
      'paragraph: After⏎',
    ]);
  });

  it('lets a longer fence hold a shorter one', () => {
    expect(shown('````\n```\nx\n```\n````\ny')).toEqual([
      'section: ````⏎',
      'line: ```⏎',
      'line: x⏎',
      'line: ```⏎',
      'line: ````⏎',
      'paragraph: y',
    ]);
  });

  it('takes list items and log lines one by one', () => {
    expect(shown('Todo:\n- buy milk\n- call Ann. Then Bob.\n1. first\n')).toEqual([
      'section: Todo:⏎',
      'line: - buy milk⏎',
      'line: - call Ann. ',
      'sentence: Then Bob.⏎',
      'line: 1. first⏎',
    ]);
    expect(shown('12:00 INFO started\n12:01 ERROR refused\n')).toEqual([
      'section: 12:00 INFO started⏎',
      'line: 12:01 ERROR refused⏎',
    ]);
  });

  it('does not take wrapped lines for sentences', () => {
    const text = [
      'This paragraph was wrapped by an editor at some column, so',
      'that its line ends say nothing. The second sentence goes on',
      'over a line end too.',
    ].join('\n');
    expect(shown(text).map((segment) => segment.split(':')[0])).toEqual(['section', 'sentence']);
    expect(shown(text)[1]).toBe('sentence: The second sentence goes on⏎over a line end too.');
  });

  it('takes the lines of code one by one', () => {
    const text =
      'import { readFile } from "node:fs/promises";\nconst content = await readFile("some/long/path");\nreturn content;\n';
    expect(shown(text).map((segment) => segment.split(':')[0])).toEqual(['section', 'line', 'line']);
  });

  it('cuts Chinese and Japanese at their full stops', () => {
    expect(shown('今日は良い天気です。明日も晴れるでしょう。')).toEqual([
      'section: 今日は良い天気です。',
      'sentence: 明日も晴れるでしょう。',
    ]);
  });

  it('leaves leading and trailing blank lines in the text', () => {
    expect(shown('\n\n  a\n\n\n')).toEqual(['section: ⏎⏎  a⏎⏎⏎']);
    expect(shown(' \n ')).toEqual(['section:  ⏎ ']);
    expect(textSegments('')).toEqual([]);
  });

  it('follows given breaks before their indentation, and then no headings', () => {
    const text = 'class A {\n  # note\n  one() {}\n  two() {}\n}\n';
    const at = text.indexOf('two');
    expect(shown(text, [at, at, -1, 1.5, NaN, 999])).toEqual([
      'section: class A {⏎',
      'line:   # note⏎',
      'line:   one() {}⏎',
      'section:   two() {}⏎',
      'line: }⏎',
    ]);
    expect(shown('a\n# b\n', [])).toEqual(['section: a⏎', 'section: # b⏎']);
  });

  it('takes breaks in any order, inside a line too, never inside a grapheme', () => {
    const family = '👩‍👩‍👧';
    expect(shown(`ab ${family} cd`, [11, 5, 1])).toEqual([
      'section: a',
      'section: b ',
      `section: ${family}`,
      'section:  cd',
    ]);
  });
});

describe('long stretches', () => {
  it('cuts at words', () => {
    const text = 'word '.repeat(1000);
    const segments = textSegments(text);
    expectCover(text, segments);
    expect(segments.every(({ start, end }) => end - start <= maxSegmentLength)).toBe(true);
    expect(segments.slice(1).every(({ border, start }) => border === borders.word && start % 5 === 0)).toBe(true);
  });

  it('keeps graphemes whole without words', () => {
    const flags = '🇩🇪🇫🇷'.repeat(300);
    const starts = new Set([...graphemes.segment(flags)].map(({ index }) => index));
    const segments = textSegments(flags);
    expectCover(flags, segments);
    expect(segments.length).toBeGreaterThan(2);
    for (const { start } of segments) expect(starts.has(start)).toBe(true);
  });

  it('cuts a monstrous grapheme between code points', () => {
    const text = `a${'\u{1d167}'.repeat(1000)}`;
    const segments = textSegments(text);
    expectCover(text, segments);
    for (const { start } of segments)
      expect(text.slice(start - 1, start + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
  });

  it('splits a segment further on demand', () => {
    const text = 'aaa bbb ccc 🎉🎉🎉';
    const [segment] = textSegments(text);
    const parts = splitSegment(text, segment!, 4);
    expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual(['aaa ', 'bbb ', 'ccc ', '🎉🎉', '🎉']);
    expect(parts.map(({ border }) => border)).toEqual([
      borders.section,
      borders.word,
      borders.word,
      borders.word,
      borders.cut,
    ]);
    const single = splitSegment('🎉x', { start: 0, end: 3, border: borders.line }, 1);
    expect(single.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 3],
    ]);
  });

  it.each([
    ['5 MB of prose', 'It rained. We stayed in and read by the fire. '.repeat(110_000)],
    ['5 MB in one line', `x=${'abc123,'.repeat(720_000)}`],
    ['5 MB without a word end', 'x'.repeat(5_000_000)],
    ['full stops and digits without end', '1. '.repeat(700_000)],
    ['5 MB of digits with full stops', '.1'.repeat(1_000_000)],
    ['a million line ends', '\n'.repeat(1_000_000)],
    ['a million short lines', 'a\n'.repeat(1_000_000)],
    ['a million spaces', ' '.repeat(1_000_000)],
    ['fences that never close', '```\n~~~\n'.repeat(100_000)],
    ['combining marks', `e${'\u0301'.repeat(200_000)}`],
  ])(
    'goes through %s',
    (_, text) => {
      expectCover(text, textSegments(text));
    },
    120_000,
  );

  it('goes through many breaks in one line', () => {
    const text = ' '.repeat(100_000) + 'x'.repeat(400_000);
    const breaks = Array.from({ length: 50_000 }, (_, index) => index * 10);
    expectCover(text, textSegments(text, breaks));
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '# h\n',
      '```\n',
      '- item\n',
      'A sentence. ',
      '。',
      '👩‍👩‍👧',
      'e\u0301',
      '\ud83c',
      '\udf89',
      '\u2028',
      '---\n',
      '\t',
    ),
  );
  const anyText = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(''));

  it('is covered without loss and never torn inside a grapheme', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.integer({ min: -2, max: 200 })), (text, breaks) => {
        const segments = textSegments(text, breaks);
        expectCover(text, segments);
        const starts = new Set([...graphemes.segment(text)].map(({ index }) => index));
        for (const { start, end } of segments) {
          expect(end - start).toBeLessThanOrEqual(maxSegmentLength);
          expect(starts.has(start)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('can be split to any length without loss', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, length) => {
        const parts = textSegments(text).flatMap((segment) => splitSegment(text, segment, length));
        expectCover(text, parts);
        for (const { start, end } of parts) expect(end - start).toBeLessThanOrEqual(Math.max(2, length));
      }),
    );
  });
});
