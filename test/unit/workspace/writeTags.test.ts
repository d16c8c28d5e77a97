// Tags into front matter: everything else stays byte for byte, in every style that people write.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeTags } from '../../../src/workspace/frontMatter/writeTags';
import type { WriteTagsOptions } from '../../../src/workspace/frontMatter/tagChange';

function written(text: string, tags: readonly string[], options?: WriteTagsOptions): string {
  const edit = writeTags(text, tags, options);
  return edit ? text.slice(0, edit.start) + edit.newText + text.slice(edit.end) : text;
}

describe('writeTags', () => {
  it.each([
    ['# Title\n', '---\ntags:\n  - a\n  - b c\n---\n\n# Title\n'],
    ['\n# Title\n', '---\ntags:\n  - a\n  - b c\n---\n\n# Title\n'],
    ['', '---\ntags:\n  - a\n  - b c\n---\n'],
    ['\uFEFFx\r\ny', '\uFEFF---\r\ntags:\r\n  - a\r\n  - b c\r\n---\r\n\r\nx\r\ny'],
    ['---\n---\nx', '---\ntags:\n  - a\n  - b c\n---\nx'],
    ['---\n# only a note\n---\nx', '---\n# only a note\ntags:\n  - a\n  - b c\n---\nx'],
    ['---\ntitle: T # t\n\n...\nx', '---\ntitle: T # t\n\ntags:\n  - a\n  - b c\n...\nx'],
    ['---\n  title: T\n---\nx', '---\n  title: T\n  tags:\n    - a\n    - b c\n---\nx'],
    ['---\ntext: |\n  one\n\n---\nx', '---\ntext: |\n  one\n\ntags:\n  - a\n  - b c\n---\nx'],
    ['---\ntags:\n---\n', '---\ntags: [a, b c]\n---\n'],
    ['---\ntags: # mine\nx: 1\n---\n', '---\ntags: [a, b c] # mine\nx: 1\n---\n'],
    ['---\ntags: ~ # mine\n---\n', '---\ntags: [a, b c] # mine\n---\n'],
    ['---\ntags: []\n---\n', '---\ntags: [a, b c]\n---\n'],
    ['---\ntags: [ "z", \'y\' ] # n\n---\n', '---\ntags: ["z", \'y\', a, b c] # n\n---\n'],
    ['---\ntags: z\n---\n', '---\ntags: [z, a, b c]\n---\n'],
    ['---\ntags: z, a\n---\n', '---\ntags: [z, a, b c]\n---\n'],
    ['---\ntags: 1.0\n---\n', '---\ntags: ["1.0", a, b c]\n---\n'],
    ['---\ntags: ["z#", y#]\n---\n', '---\ntags: ["z#", y#, a, b c]\n---\n'],
    ['---\ntags:\n- z # n\n# m\nx: 1\n---\n', '---\ntags:\n- z # n\n- a\n- b c\n# m\nx: 1\n---\n'],
    [
      '---\ntags:\n    - z\n\n    # m\n    - a\nx: 1\n---\n',
      '---\ntags:\n    - z\n\n    # m\n    - a\n    - b c\nx: 1\n---\n',
    ],
    ['---\r\ntags:\r\n  - z\r\nx: 1\r\n---\r\n', '---\r\ntags:\r\n  - z\r\n  - a\r\n  - b c\r\nx: 1\r\n---\r\n'],
    ['---\n"tags":   [z]\n---\n', '---\n"tags":   [z, a, b c]\n---\n'],
    ['---\ntags:\n  - {k: v}\n---\n', '---\ntags:\n  - {k: v}\n  - a\n  - b c\n---\n'],
  ])('%j', (before, after) => {
    expect(written(before, ['a', 'b c'])).toBe(after);
    expect(writeTags(after, ['b c', 'a'])).toBeNull();
  });

  it('takes away only what is its own', () => {
    const owned = ['a', 'b', 'c'];
    expect(written('---\ntags: [mine, a, b]\n---\n', ['c'], { owned })).toBe('---\ntags: [mine, c]\n---\n');
    expect(written('---\ntags:\n  - a # x\n  - mine # y\n  - b\n---\n', [], { owned })).toBe(
      '---\ntags:\n  - mine # y\n---\n',
    );
    expect(written('---\ntags: # n\n  - a\n  - b\nx: 1\n---\n', [], { owned })).toBe('---\ntags: [] # n\nx: 1\n---\n');
    expect(written('---\ntags: a\n---\n', [], { owned })).toBe('---\ntags: []\n---\n');
    expect(writeTags('---\ntags: [mine]\n---\n', [], { owned })).toBeNull();
    expect(writeTags('no front matter', [], { owned })).toBeNull();
    expect(writeTags('---\nx: 1\n---\n', [], { owned })).toBeNull();
  });

  it('writes a tag that comes twice once, and quotes what some reader of YAML takes for no text', () => {
    const tags = ['a', 'no', 'a', '0o7', '1_000', '12:30'];
    const expected = '---\ntags:\n  - a\n  - "no"\n  - "0o7"\n  - "1_000"\n  - "12:30"\n---\n';
    expect(written('', tags)).toBe(expected);
    expect(written('---\nx: 1\n---\n', tags)).toBe(expected.replace('tags:', 'x: 1\ntags:'));
  });

  it('writes under another key when told to', () => {
    expect(written('---\ntags: [x]\n---\n', ['a'], { key: 'topics' })).toBe('---\ntags: [x]\ntopics:\n  - a\n---\n');
  });

  it.each([
    ['---\nx: 1\n', /no second “---”/],
    ['---', null],
    ['---\nx: [1\n---\n', /not valid YAML \(line 3:/],
    ['---\nx: 1\nx: 2\n---\n', /line 3: duplicate key/],
    ['---\n- a\n---\n', /not a list of “key: value” lines/],
    ['---\n{x: 1}\n---\n', /not a list of “key: value” lines/],
    ['---\njust words\n---\n', /not a list of “key: value” lines/],
    ['---\ntags: {x: 1}\n---\n', /tags are not a list/],
    ['---\ntags: |\n  a\n---\n', /block of text/],
    ['---\ntags: &t [x]\ny: *t\n---\n', /anchor/],
    ['---\ny: &t [x]\ntags: *t\n---\n', /anchor, alias/],
    ['---\ntags: !!set {x}\n---\n', /anchor, alias or type/],
    ['---\n? tags\n: [x]\n---\n', null],
    ['---\n? tags\n: - x\n---\n', /cannot be changed safely/],
    ['---\ntags: [x, # why\n  "y#"]\n---\n', /comments in its list/],
    ['+++\ntags = ["x", # why\n  "y#"]\n+++\n', /comments in its list/],
  ])('refuses %j', (text, message) => {
    if (message) expect(() => writeTags(text, ['a'])).toThrow(message);
    // Odd but harmless: written without damage.
    else expect(written(text, ['a'])).toContain('a');
  });

  it('never shows the document’s words in an error', () => {
    for (const text of ['---\nsecret: [1\n---\n', '---\nsecret: 1\nsecret: 2\n---\n', '---\nx: *secret\n---\n'])
      expect(() => writeTags(text, ['a'])).toThrow(expect.not.stringContaining('secret') as string);
  });

  const word = fc.stringMatching(/^[a-z][a-z0-9 .:#'"äß-]{0,8}[a-z0-9]$/);
  const tag = fc.oneof(
    word,
    fc.constantFrom(
      'no',
      'true',
      '1.0',
      'null',
      '~',
      'a, b',
      '- x',
      '# x',
      '"q"',
      '[x]',
      '{x',
      '*x',
      '&x',
      '0o7',
      'x: y',
      '2026-01-01',
      '=',
      '日本',
    ),
  );
  const comment = fc.constantFrom('', '', ' # note', '   # why: [x');
  const otherLine = fc
    .tuple(
      fc.integer({ min: 0, max: 1e6 }),
      fc.constantFrom(
        'v',
        '"q: 1"',
        '[1, 2]',
        '|\n  text: x\n    more',
        '>-\n  folded',
        '\n  - x\n  - y',
        '\n  k: v',
        "'it''s'",
        '',
      ),
      comment,
    )
    .map(([n, value, note]) => `k${n}: ${value}${value.includes('\n') ? '' : note}`);
  const lines = fc.uniqueArray(
    fc.oneof({ weight: 5, arbitrary: otherLine }, fc.constantFrom('# a comment', '', '   ')),
    { maxLength: 5, selector: (line) => line.split(':')[0] },
  );
  const ownLine = fc.oneof(
    fc.constant(null),
    fc.record({
      style: fc.constantFrom('flow', 'block', 'indented'),
      tags: fc.uniqueArray(
        word.filter((text) => !/[:#'"]|^-| -/.test(text)),
        { maxLength: 4 },
      ),
      note: comment,
    }),
  );

  it('changes nothing but the tags, whatever stands around them', () => {
    fc.assert(
      fc.property(
        lines,
        ownLine,
        lines,
        fc.uniqueArray(tag, { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\uFEFF'),
        fc.string(),
        (before, own, after, tags, eol, bom, body) => {
          const keys = [...before, ...after].filter((line) => line.startsWith('k')).map((line) => line.split(':')[0]);
          fc.pre(new Set(keys).size === keys.length);
          const block = own?.tags.map((name) => `${own.style === 'indented' ? '  ' : ''}- ${name}${own.note}`) ?? [];
          const ownText =
            own === null
              ? []
              : own.style === 'flow' || own.tags.length === 0
                ? [`tags: [${own.tags.join(', ')}]${own.note}`]
                : [`tags:${own.note}`, ...block];
          const all = (part: readonly string[]) => part.map((line) => `${line.replaceAll('\n', eol)}${eol}`).join('');
          const head = `${bom}---${eol}${all(before)}`;
          const tail = `${all(after)}---${eol}${body}`;
          const text = head + all(ownText) + tail;
          const result = written(text, tags);
          // Without tags of its own, the new key goes behind the other lines.
          const [start, end] = own === null ? [head + all(after), `---${eol}${body}`] : [head, tail];
          expect(result.startsWith(start)).toBe(true);
          expect(result.endsWith(end)).toBe(true);
          const middle = result.slice(start.length, result.length - end.length);
          expect(middle.replaceAll(eol, '')).not.toMatch(/[\r\n]/);
          const expected = [...new Set([...(own?.tags ?? []), ...tags])];
          if (own !== null || tags.length > 0) expect(parse(middle)).toEqual({ tags: expected });
          expect(writeTags(result, tags)).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });
});
