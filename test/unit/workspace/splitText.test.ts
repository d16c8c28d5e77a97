// Files in parts: each part's text is what the file says at its place.
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { fileOffset, type Excerpt } from '../../../src/core/excerpt';
import { namedRule, parseSplitRule, splitRules } from '../../../src/workspace/split/splitRule';
import { splitText } from '../../../src/workspace/split/splitText';

function split(text: string, written: string): Promise<Excerpt[]> {
  const rule = parseSplitRule(written);
  if (!rule) throw new Error(`${written} is no rule`);
  return splitText('file:///a.md', text, rule, {});
}

const said = (parts: readonly Excerpt[]) => parts.map(({ name, text }) => [name, text]);

/** Every character of the part that is written as it is stands in the file where the runs say. */
function expectInFile(file: string, { text, runs }: Excerpt, written: (at: number) => boolean = () => true): void {
  for (let at = 0; at < text.length; at++)
    if (written(fileOffset(runs, at))) expect(file.charAt(fileOffset(runs, at))).toBe(text.charAt(at));
}

describe('csv', () => {
  it('takes the column of each row, with quotes, line breaks and empty lines', async () => {
    const file = 'id,Text\r\n1,"a ""q"" é\r\nline2"\r\n\r\n2,plain\r\n3,"😀 x",more\r\n4\r\n5,""\r\n6,end';
    const parts = await split(file, 'csv: text');
    expect(said(parts)).toEqual([
      ['row 2', 'a "q" é\r\nline2'],
      ['row 3', 'plain'],
      ['row 4', '😀 x'],
      ['row 7', 'end'],
    ]);
    for (const part of parts) expectInFile(file, part);
  });

  it('finds semicolons, and takes tabs where the rule says so', async () => {
    expect(said(await split('a;b\n1;"x; y"\n', 'csv: b'))).toEqual([['row 2', 'x; y']]);
    expect(said(await split('a\tb\n1, 2\tx\n', 'tsv: b'))).toEqual([['row 2', 'x']]);
    expect(said(await split('a,b\n1, "x" y\n', 'csv: b'))).toEqual([['row 2', ' "x" y']]);
  });

  it('gives any cell back, from its place', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', '😀', ' ', 'b') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), async (rows) => {
        const file = stringify([['one', 'two'], ...rows]);
        const parts = await split(file, 'csv: two');
        expect(parts.map(({ text }) => text)).toEqual(rows.map(([, two]) => two).filter((two) => two.trim() !== ''));
        for (const part of parts) expectInFile(file, part);
      }),
    );
  });

  it('gives what the parser makes of any text, from its place', async () => {
    const piece = fc.constantFrom('a', '"', '""', ',', '",', ',"', '\n', 'é', '😀', ' ');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: piece }), async (rows) => {
        const file = `one,two\n${rows}`;
        const parts = await split(file, 'csv: two').catch(() => []);
        for (const part of parts) expectInFile(file, part);
      }),
      { numRuns: 500 },
    );
    // What follows a closing quote is of the field, and quotes of such a field are letters.
    const file = 'a,b\n"so" it is,"x ""y"" z" and more\n';
    const [part] = await split(file, 'csv: b');
    expect(part?.text).toBe('"x "y" z" and more');
    if (part) expectInFile(file, part);
    // So is a line break of another kind than those of the rows.
    expect(said(await split('a,b\nx,"so" it\ris\n', 'csv: b'))).toEqual([['row 2', '"so" it\ris']]);
    expect(said(await split('a,b\r\nx,"so" it\nis\r\n', 'csv: b'))).toEqual([['row 2', '"so" it\nis']]);
  });

  it('says what does not fit', async () => {
    await expect(split('a,b\n1,2\n', 'csv: text')).rejects.toThrow('has no column “text”');
    await expect(split('a,b\n1,"2\n', 'csv: b')).rejects.toThrow('row 2 is not valid CSV (quote not closed)');
  });

  it('leaves the event loop its turns, with 100,000 rows', async () => {
    const file = `id,text\n${Array.from({ length: 100_000 }, (_, at) => `${at},"Row ${at} says ""so"", and more"`).join('\n')}\n`;
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    const parts = await split(file, 'csv: text');
    clearInterval(timer);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
    expect(turns).toBeGreaterThan(5);
    expect(parts).toHaveLength(100_000);
    expect(parts.at(-1)).toMatchObject({ name: 'row 100001', text: 'Row 99999 says "so", and more' });
  });
});

describe('json', () => {
  const chat =
    '{"name": "x", "messages": [\n {"text": "a \\"b\\"\\n\\u00e9", "n": {"text": "no"}},\n {"text": ["Hello ", {"text": "no"}, "you"]}, {"text": 3}\n]}';

  it('takes the objects of an array in the file’s object, and of the file itself', async () => {
    const parts = await split(chat, 'json: text');
    expect(said(parts)).toEqual([
      ['item 1', 'a "b"\né'],
      ['item 2', 'Hello you'],
    ]);
    for (const part of parts) expectInFile(chat, part, (at) => chat.charAt(at) !== '\\');
    expect(said(await split('[{"t": "x"}, {"t": "y"}]', 'json: t'))).toEqual([
      ['item 1', 'x'],
      ['item 2', 'y'],
    ]);
  });

  it('takes lines', async () => {
    const file = '{"a": "one", "b": {"a": "no"}}\n\n{"a": "two"}\r\n{"b": 1}\n';
    expect(said(await split(file, 'jsonl: a'))).toEqual([
      ['line 1', 'one'],
      ['line 3', 'two'],
    ]);
  });

  it('gives any text back, from its place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (texts) => {
        const file = texts.map((text) => `${JSON.stringify({ id: 1, text })}\n`).join('');
        if (texts.every((text) => text.trim() === '')) return;
        const parts = await split(file, 'jsonl: text');
        expect(parts.map(({ text }) => text)).toEqual(texts.filter((text) => text.trim() !== ''));
        for (const part of parts) expectInFile(file, part, (at) => file.charAt(at) !== '\\');
      }),
    );
  });

  it('says what does not fit', async () => {
    await expect(split('hello', 'json: text')).rejects.toThrow('line 1 is not valid JSON');
    await expect(split('{"a": "x"}\n{"a": \n', 'jsonl: a')).rejects.toThrow('is not valid JSON');
    await expect(split('{"a": 1}', 'json: text')).rejects.toThrow('no array of objects');
    await expect(split('[{"a": "x"}]', 'json: text')).rejects.toThrow('has a text under “text”');
    await expect(split('{"a": "x"}\n{"a": "y"} {"a": "z"}', 'jsonl: a')).rejects.toThrow('line 2 holds more than one');
  });
});

it('takes the cells of a notebook', async () => {
  const notebook = {
    cells: [
      { cell_type: 'markdown', metadata: { source: 'no' }, source: ['# Title\n', 'text'] },
      { cell_type: 'code', outputs: [{ text: ['no'], source: 'no' }], source: 'print(1)' },
      { cell_type: 'code', source: [] },
    ],
    metadata: { source: 'no' },
  };
  expect(said(await split(JSON.stringify(notebook, null, 1), 'notebook: cells'))).toEqual([
    ['cell 1', '# Title\ntext'],
    ['cell 2', 'print(1)'],
  ]);
});

it('takes the sections of Markdown, without front matter and headings that have no text', async () => {
  const file =
    '---\ntags: [x]\n---\n\nFirst.\n\n# Only a title\n\n## A *B*\r\ntext\n```\n# no heading\n```\nUnder\n-----\nend';
  const parts = await split(file, 'markdown: sections');
  expect(said(parts)).toEqual([
    ['beginning', 'First.\n\n'],
    ['A B', '## A *B*\r\ntext\n```\n# no heading\n```\n'],
    ['Under', 'Under\n-----\nend'],
  ]);
  for (const part of parts) expectInFile(file, part);
  expect(parts.map(({ given }) => given)).toEqual([['x'], ['x'], ['x']]);
});

it('names sections of headings that are made to be slow at once', async () => {
  const parts = await split(`# ${'['.repeat(500_000)}\ntext`, 'markdown: sections');
  expect(parts.map(({ name }) => name)).toEqual(['['.repeat(80)]);
});

describe('rules', () => {
  it.each(['csv', 'csv:', 'xls: a', 'markdown: pages', 'notebook: source', ''])('%j is none', (written) => {
    expect(parseSplitRule(written)).toBeNull();
  });

  it('are read at once, however long', () => {
    const startedMs = performance.now();
    expect(parseSplitRule(`csv:${' '.repeat(200_000)}`)).toBeNull();
    expect(parseSplitRule(`  csv : a: b${' '.repeat(200_000)}`)).toEqual({ kind: 'csv', field: 'a: b' });
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it('count in their order, for the files of their globs', () => {
    const rules = splitRules([
      namedRule('logs/*.csv=csv: message'),
      namedRule('csv: text'),
      namedRule('markdown: sections'),
    ]);
    const fields = ['logs/a.csv', 'x/a.CSV', 'a.md', 'a.txt'].map((path) => rules(path)?.field);
    expect(fields).toEqual(['message', 'text', 'sections', undefined]);
    expect(() => namedRule('words')).toThrow('“words” is no rule');
  });
});
