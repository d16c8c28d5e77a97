// Front matter in its three languages: tags written in the form that is there, read as given, and left out of what the model reads.
import fc from 'fast-check';
import { parseTOML, getStaticTOMLValue } from 'toml-eslint-parser';
import { describe, expect, it } from 'vitest';
import { fileSpan } from '../../../src/core/excerpt';
import { withoutFrontMatter } from '../../../src/workspace/frontMatter/readFrontMatter';
import type { WriteTagsOptions } from '../../../src/workspace/frontMatter/tagChange';
import { ownedTags, tagOf, tagStyles } from '../../../src/workspace/frontMatter/tagStyle';
import { writeTags } from '../../../src/workspace/frontMatter/writeTags';

function written(text: string, tags: readonly string[], options?: WriteTagsOptions): string {
  const edit = writeTags(text, tags, options);
  return edit ? text.slice(0, edit.start) + edit.newText + text.slice(edit.end) : text;
}

const read = (text: string, more = {}) => withoutFrontMatter(text, { key: 'tags', read: false, ...more });

describe('TOML', () => {
  it.each([
    ['+++\n+++\nx', '+++\ntags = ["a", "b c"]\n+++\nx'],
    ['+++\ntitle = "T" # t\n+++\nx', '+++\ntitle = "T" # t\ntags = ["a", "b c"]\n+++\nx'],
    ['+++\ntitle = "T"\n\n[extra]\nk = 1\n+++\nx', '+++\ntitle = "T"\ntags = ["a", "b c"]\n\n[extra]\nk = 1\n+++\nx'],
    ['+++\n[extra]\nk = 1\n+++\n', '+++\ntags = ["a", "b c"]\n[extra]\nk = 1\n+++\n'],
    [
      '+++\ntags = [ \'z\', "a" ] # n\nd = 2026-01-01\n+++\n',
      '+++\ntags = [\'z\', "a", "b c"] # n\nd = 2026-01-01\n+++\n',
    ],
    ['+++\nTags = []\n+++\n', '+++\nTags = ["a", "b c"]\n+++\n'],
    ['+++\ntags = [\n  "z",\n]\n+++\n', '+++\ntags = [\n  "z",\n  "a",\n  "b c",\n]\n+++\n'],
    [
      '+++\ntitle = "T"\n[taxonomies]\ntags = ["z"]\n[extra]\nk = 1\n+++\n',
      '+++\ntitle = "T"\n[taxonomies]\ntags = ["z", "a", "b c"]\n[extra]\nk = 1\n+++\n',
    ],
    [
      '+++\n[taxonomies]\ncategories = ["c"]\n+++\n',
      '+++\n[taxonomies]\ncategories = ["c"]\ntags = ["a", "b c"]\n+++\n',
    ],
    ['---toml\nx = 1\n---\n', '---toml\nx = 1\ntags = ["a", "b c"]\n---\n'],
    ['+++\r\nx = 1\r\n+++\r\n', '+++\r\nx = 1\r\ntags = ["a", "b c"]\r\n+++\r\n'],
  ])('%j', (before, after) => {
    expect(written(before, ['a', 'b c'])).toBe(after);
    expect(writeTags(after, ['b c', 'a'])).toBeNull();
    expect(read(after).given).toEqual(expect.arrayContaining(['a', 'b c']));
  });

  it.each([
    ['+++\nx = 1\n', /no second “\+\+\+”/],
    ['+++\nx = = 1\n+++\n', /not valid TOML \(line 2\)/],
    ['+++\ntags = "a"\n+++\n', /not a list/],
    ['+++\ntags = ["z", # why\n]\n+++\n', /comments/],
    ['---lua\nx\n---\n', /language “lua”/],
  ])('refuses %j', (text, message) => {
    expect(() => writeTags(text, ['a'])).toThrow(message);
  });

  it('writes any tag so that it is read back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 4 }), (tags) => {
        fc.pre(new Set(tags.map((tag) => tag.toLowerCase())).size === tags.length);
        const text = written('+++\nx = 1\n+++\n', tags);
        const content = text.slice(4, text.lastIndexOf('+++'));
        expect(getStaticTOMLValue(parseTOML(content))).toEqual(tags.length > 0 ? { x: 1, tags } : { x: 1 });
      }),
    );
  });
});

describe('JSON', () => {
  it.each([
    ['{}\nx', '{\n  "tags": ["a", "b c"]\n}\nx'],
    ['{\n  "title": "T"\n}\n\nx', '{\n  "title": "T",\n  "tags": ["a", "b c"]\n}\n\nx'],
    ['{"title": "T"}\nx', '{"title": "T", "tags": ["a", "b c"]}\nx'],
    ['{\n\t"Tags": [ "z" ],\n\t"k": 1\n}\n', '{\n\t"Tags": [ "z", "a", "b c" ],\n\t"k": 1\n}\n'],
    ['{\n "tags": [\n  "z"\n ]\n}\n', '{\n "tags": [\n  "z",\n  "a",\n  "b c"\n ]\n}\n'],
    ['{"tags": []}', '{"tags": ["a", "b c"]}'],
    ['---json\n{"k": 1}\n---\nx', '---json\n{"k": 1, "tags": ["a", "b c"]}\n---\nx'],
  ])('%j', (before, after) => {
    expect(written(before, ['a', 'b c'])).toBe(after);
    expect(writeTags(after, ['b c', 'a'])).toBeNull();
    expect(read(after).given).toEqual(expect.arrayContaining(['a', 'b c']));
  });

  it('takes away only what is its own, and refuses what is no list', () => {
    expect(written('{"tags": ["mine", "a"]}', ['b'], { owned: ['a', 'b'] })).toBe('{"tags": ["mine", "b"]}');
    expect(() => writeTags('{"tags": "a"}', ['b'])).toThrow(/not a list/);
    // Braces that are no object are text.
    expect(written('{{< hello >}}\n', ['a'])).toBe('---\ntags:\n  - a\n---\n\n{{< hello >}}\n');
  });
});

describe('keys and tags', () => {
  it('are found in any case, and written as they stand there', () => {
    expect(written('---\nTags: [Mine, BUG]\n---\n', ['bug', 'new'])).toBe('---\nTags: [Mine, BUG, new]\n---\n');
    expect(written('---\nTAGS:\n  - Bug\n---\n', [], { owned: ['bug'] })).toBe('---\nTAGS: []\n---\n');
    expect(read('---\nTags: one, two\n---\nx').given).toEqual(['one', 'two']);
  });
});

describe('styles', () => {
  it.each([
    ['topic.customer service', ['topic/customer-service', 'customer service', 'topic.customer service']],
    ['Bug: (old)', ['Bug-old', 'Bug: (old)', 'Bug: (old)']],
    ['year.2024', ['year/2024', '2024', 'year.2024']],
    ['2024', ['_2024', '2024', '2024']],
    ['ton.wütend 😀', ['ton/wütend-😀', 'wütend 😀', 'ton.wütend 😀']],
  ])('%s', (label, tags) => {
    expect(tagStyles.map((style) => tagOf(label, style))).toEqual(tags);
  });

  it('write tags that Obsidian takes, whatever the label', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (label) => {
        const tag = tagOf(label, 'obsidian');
        expect(tag).toMatch(/^[\p{L}\p{M}\p{N}_\p{Extended_Pictographic}/-]+$/u);
        expect(tag).not.toMatch(/^\d*$/);
      }),
    );
  });

  it('own what was written in another style, but not the plain word of an author', () => {
    const labels = ['topic.bug report'];
    expect(
      written('---\ntags: [topic.bug report, bug report]\n---\n', [], { owned: ownedTags(labels, 'obsidian') }),
    ).toBe('---\ntags: [bug report]\n---\n');
    expect(written('---\ntags: [topic/bug-report, bug report]\n---\n', [], { owned: ownedTags(labels, 'plain') })).toBe(
      '---\ntags: []\n---\n',
    );
  });
});

describe('what the model reads', () => {
  it.each([
    ['---\ntitle: T\ntags: [a]\n---\n\nText.', 'Text.', ['a']],
    ['+++\ntitle = "T"\n+++\nText.', 'Text.', []],
    ['{"tags": ["a"]}\nText.', 'Text.', ['a']],
    ['---\n---\nText.', 'Text.', []],
    ['---\nnot closed\n\nText.', null, []],
    ['---\nA line across the page, and another one.\n---\nText.', null, []],
    ['Text.\n---\ntags: [a]\n---\n', null, []],
    ['---\n{{title}}: [\n---\nText.', 'Text.', []],
  ])('%j: %j', (text, body, given) => {
    const result = read(text);
    expect(result).toMatchObject({ text: body ?? text, given });
    const at = fileSpan(result.runs, { start: result.text.indexOf('Text.'), end: result.text.length });
    expect(text.slice(at.start, at.end)).toBe(result.text.slice(result.text.indexOf('Text.')));
  });

  it.each([
    ['---\ntitle: T\ntags:\n  - a\n  - b\ndate: 1\n---\nText.', '---\ntitle: T\ndate: 1\n---\nText.'],
    ['+++\ntags = ["a"]\nx = 1\n+++\nText.', '+++\nx = 1\n+++\nText.'],
    ['{"tags": ["a"], "x": 1}\nText.', '{ "x": 1}\nText.'],
    ['---\ntitle: T\n---\nText.', '---\ntitle: T\n---\nText.'],
  ])('with front matter: %j without its tags', (text, kept) => {
    const result = read(text, { read: true });
    expect(result.text).toBe(kept);
    const at = fileSpan(result.runs, { start: kept.indexOf('Text.'), end: kept.length });
    expect(text.slice(at.start, at.end)).toBe('Text.');
  });

  it('is told at once, also where a line has nothing but blanks', () => {
    const startedMs = performance.now();
    expect(read(`---\na${' '.repeat(200_000)}\n---\nx`).given).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  // Each ended a run, or held it for minutes.
  it.each([
    ['aliases that multiply', `a: &a [${'x, '.repeat(20)}]\nb: &b [${'*a, '.repeat(20)}]\nc: [${'*b, '.repeat(20)}]\n`],
    ['a list that holds itself', 'a: &a [*a]\n'],
    ['a map that holds itself', '<<: &a\n  <<: *a\n'],
    ['keys in keys', `${'? '.repeat(8_000)}\n`],
    ['keys without number', Array.from({ length: 60_000 }, (_, at) => `k${at}: v\n`).join('')],
  ])('that is hostile costs only its own tags: %s', (_, yaml) => {
    const text = `---\ntags: [x]\n${yaml}---\nText.`;
    expect(read(text)).toMatchObject({ text: 'Text.' });
    expect(read(text, { read: true }).text).toContain('Text.');
    expect(() => writeTags(text, ['y'])).toThrow('The tags cannot be written into this document');
  });

  it('stays the same when tags are written, in every language and style', () => {
    const tag = fc.constantFrom('a', 'topic/bug', 'x: y', 'no', '"q"');
    fc.assert(
      fc.property(
        fc.constantFrom(
          '---\ntitle: T\n---\n',
          '+++\nx = 1\n+++\n',
          '{"x": 1}\n',
          '{}\n',
          '---\ntags: [z]\n---\n',
          '',
          '\n',
        ),
        fc.uniqueArray(tag, { minLength: 1 }),
        fc.boolean(),
        (head, tags, whole) => {
          const text = `${head}\nText.\n`;
          const before = read(text, { read: whole }).text;
          expect(read(written(text, tags), { read: whole }).text).toBe(before);
        },
      ),
    );
  });
});
