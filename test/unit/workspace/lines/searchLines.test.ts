// What search tools print, as passages: lines in the form that ripgrep 15 writes.
import { expect, it } from 'vitest';
import { searchLines } from '../../../../src/workspace/lines/searchLines';
import { allOf } from '../../../support/allOf';

const begin = (path: string) => `{"type":"begin","data":{"path":{"text":"${path}"}}}`;
const end = (path: string) =>
  `{"type":"end","data":{"path":{"text":"${path}"},"binary_offset":null,"stats":{"elapsed":{"secs":0,"nanos":31000,"human":"0.000031s"},"searches":1,"searches_with_match":1,"bytes_searched":44,"bytes_printed":291,"matched_lines":1,"matches":1}}}`;
const summary =
  '{"data":{"elapsed_total":{"human":"0.002s","nanos":2000000,"secs":0},"stats":{"matches":1}},"type":"summary"}';
const event = (type: 'match' | 'context', path: string, line: number | null, text: string) =>
  JSON.stringify({
    type,
    data: {
      path: { text: path },
      lines: { text },
      line_number: line,
      absolute_offset: 0,
      submatches: type === 'match' ? [{ match: { text: text.slice(0, 1) }, start: 0, end: 1 }] : [],
    },
  });

async function* bytes(...lines: string[]): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(lines.join('\n')));
}
const found = (...lines: string[]) => allOf(searchLines(bytes(...lines)));

it('makes each match a passage with its path and line', async () => {
  expect(
    await found(
      begin('a.log'),
      event('match', 'a.log', 3, '  one\n'),
      event('match', 'a.log', 4, 'two\n'),
      end('a.log'),
      begin('b.log'),
      event('match', 'b.log', 5, 'three\nin two lines\n'),
      end('b.log'),
      summary,
    ),
  ).toEqual([
    { line: 2, path: 'a.log', at: 3, text: 'one' },
    { line: 3, path: 'a.log', at: 4, text: 'two' },
    { line: 6, path: 'b.log', at: 5, text: 'three\nin two lines' },
  ]);
});

it('takes the lines around a match to it, and none of elsewhere', async () => {
  expect(
    await found(
      begin('a.md'),
      event('context', 'a.md', 1, 'before\n'),
      event('match', 'a.md', 2, 'first\n'),
      event('context', 'a.md', 3, 'between\n'),
      event('match', 'a.md', 4, 'second\n'),
      event('context', 'a.md', 5, 'after\n'),
      event('context', 'a.md', 20, 'far\n'),
      event('match', 'a.md', 21, 'third\n'),
      end('a.md'),
    ),
  ).toEqual([
    { line: 2, path: 'a.md', at: 2, text: 'before\nfirst\nbetween' },
    { line: 5, path: 'a.md', at: 4, text: 'second\nafter' },
    { line: 7, path: 'a.md', at: 21, text: 'far\nthird' },
  ]);
});

it('reads matches without line numbers one by one, and leaves out blank ones', async () => {
  expect(
    await found(
      event('match', 'a', null, 'one\n'),
      event('match', 'a', null, ' \n'),
      event('match', 'a', null, 'two\n'),
    ),
  ).toEqual([
    { line: 1, path: 'a', at: null, text: 'one' },
    { line: 3, path: 'a', at: null, text: 'two' },
  ]);
});

it('says which matches are no text', async () => {
  const match =
    '{"type":"match","data":{"path":{"text":"a"},"lines":{"bytes":"/w=="},"line_number":1,"submatches":[]}}';
  expect(await found(match)).toEqual([{ line: 1, reason: 'The match is not UTF-8' }]);
});

it('takes lines with id and text as they are, whatever else they hold, also among matches', async () => {
  const line = '{"id":7,"text":"one","type":"match","data":{},"score":3,"tags":[]}';
  expect(
    await found(event('match', 'a', 1, 'x\n'), line, '', 'no JSON', '{"id":1}', '{"type":"news","text":"x"}'),
  ).toEqual([
    { line: 1, path: 'a', at: 1, text: 'x' },
    { line: 2, id: '7', text: 'one', json: line },
    { line: 4, reason: 'The line is not valid JSON' },
    { line: 5, reason: 'It has no “text”' },
    { line: 6, reason: 'It has no “id”' },
  ]);
});
