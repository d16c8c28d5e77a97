// Lines of JSON as documents: however the bytes are cut, whatever stands in a line.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDocuments, maxLineBytes } from '../../../../src/workspace/lines/lineDocuments';
import { splitLines } from '../../../../src/workspace/lines/splitLines';
import { allOf } from '../../../support/allOf';
import type { Shard } from '../../../../src/workspace/find/shard';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function entries(content: string | Uint8Array, shard: Shard | null = null, chunk = 65_536) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return allOf(lineDocuments(inChunks(bytes, chunk), shard));
}

async function reason(line: string | Uint8Array) {
  const [entry] = await entries(line);
  return entry && 'reason' in entry ? entry.reason : null;
}

it('gives the same lines however the bytes are cut', async () => {
  const text = fc.string({ unit: 'binary' }).map((line) => line.replaceAll(/[\r\n\uFEFF]/g, ' '));
  await fc.assert(
    fc.asyncProperty(
      fc.array(text),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom('\n', '\r\n'),
      async (lines, size, end) => {
        const bytes = Buffer.from(lines.map((line) => line + end).join(''));
        const found = await allOf(splitLines(inChunks(bytes, size), 1000));
        expect(found.map((line) => ('text' in line ? line.text : line.fault))).toEqual(lines);
        expect(found.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
      },
    ),
  );
});

it('bounds a line by its bytes, goes on behind it, and keeps nothing of it', async () => {
  const bytes = Buffer.from(`ok\n${'é'.repeat(6)}\n${'é'.repeat(5)}\nlast`);
  for (const size of [1, 3, 100])
    expect(await allOf(splitLines(inChunks(bytes, size), 10))).toEqual([
      { number: 1, text: 'ok' },
      { number: 2, fault: 'too-long' },
      { number: 3, text: 'ééééé' },
      { number: 4, text: 'last' },
    ]);
});

it('takes a line with a byte order mark, CRLF and characters that end lines elsewhere', async () => {
  const json = '{"id": 7, "text": "one\u2028two\u2029three\u0085", "more": [1]}';
  const found = await entries(`\uFEFF${json}\r\n\r\n{"id":"b","text":"x"}`);
  expect(found).toEqual([
    { line: 1, id: '7', text: 'one\u2028two\u2029three\u0085', json },
    { line: 3, id: 'b', text: 'x', json: '{"id":"b","text":"x"}' },
  ]);
});

describe('says of a line that is no document why', () => {
  it.each([
    ['{"id":1', 'The line is not valid JSON'],
    ['[1]', 'The line holds a list, not an object with “id” and “text”'],
    ['{"text":"x"}', 'It has no “id”'],
    ['{"id":null,"text":"x"}', 'Its “id” is null, not text or a number'],
    ['{"id":1}', 'It has no “text”'],
    ['{"id":1,"text":["x"]}', 'Its “text” is a list, not text'],
    ['{"id":1,"text":" \\n"}', 'Its “text” is empty'],
    ['{"id":1,"text":"x","tags":[]}', 'It has a field “tags”, where results are written: rename that'],
  ])('%s', async (line, why) => {
    expect(await reason(line)).toBe(why);
  });

  it('longer than a file may be, and not UTF-8', async () => {
    expect(await reason(`{"id":1,"text":"${'x'.repeat(maxLineBytes)}"}`)).toBe('The line is longer than 1.0 MB');
    expect(await reason(Uint8Array.from([0xff, 0xfe, 0x7b]))).toBe('The line is not UTF-8');
  });
});

it('gives each line to exactly one shard, in the order of the lines', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 20 }), async (ids, of) => {
      const content = [...ids.map((id) => JSON.stringify({ id, text: 'x' })), 'no JSON'].join('\n');
      const shards = await Promise.all(Array.from({ length: of }, (_, at) => entries(content, { number: at + 1, of })));
      for (const shard of shards) expect(shard).toEqual(shard.toSorted((a, b) => a.line - b.line));
      const all = shards.flat().sort((a, b) => a.line - b.line);
      expect(all).toEqual(await entries(content));
    }),
  );
});

it('gives shards about as many lines each', async () => {
  const content = Array.from({ length: 4000 }, (_, id) => JSON.stringify({ id, text: 'x' })).join('\n');
  for (let number = 1; number <= 4; number++) {
    const { length } = await entries(content, { number, of: 4 });
    expect(Math.abs(length - 1000)).toBeLessThan(150);
  }
});
