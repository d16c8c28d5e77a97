// Reading documents: encodings, BOMs, binaries, minified text, line endings, the editor's text.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { editorLineEndings, textHash } from '../../../src/workspace/read/editorText';
import { readDocument } from '../../../src/workspace/read/readDocument';
import type { ReadOptions } from '../../../src/workspace/types';
import { TempFolder } from './tempFolder';

async function read(content: string | Uint8Array, options: ReadOptions = {}) {
  const folder = await TempFolder.create({ file: content });
  return readDocument(new NodeFileTree(), { uri: folder.uriOf('file') }, options);
}

const text = 'Grüße, 世界 🙂\r\nzweite Zeile\r\n';
const bytes = (...values: (number[] | Uint8Array)[]) => Buffer.concat(values.map((value) => Buffer.from(value)));

describe('readDocument', () => {
  it.each([
    ['UTF-8', Buffer.from(text), 'utf8'],
    ['UTF-8 with BOM', bytes([0xef, 0xbb, 0xbf], Buffer.from(text)), 'utf8'],
    ['UTF-8 with BOM under another setting', bytes([0xef, 0xbb, 0xbf], Buffer.from(text)), 'windows1252'],
    ['UTF-16 LE with BOM', bytes([0xff, 0xfe], Buffer.from(text, 'utf16le')), 'utf8'],
    ['UTF-16 BE with BOM', bytes([0xfe, 0xff], Buffer.from(text, 'utf16le').swap16()), 'utf8'],
    ['UTF-16 LE by setting', Buffer.from(text, 'utf16le'), 'utf16le'],
    ['UTF-16 BE by setting', Buffer.from(text, 'utf16le').swap16(), 'utf16be'],
    ['gb18030 by setting', iconv.encode(text, 'gb18030'), 'gb18030'],
  ])('decodes %s', async (_, content, encoding) => {
    const hash = createHash('sha256').update(text).digest('hex');
    const expected = { ok: true, text, file: text, hash, fromEditor: false };
    expect(await read(content, { encodingOf: () => encoding })).toMatchObject(expected);
  });

  it.each([
    ['windows1252', 'Grüße – “schön”'],
    ['iso88591', 'Größe'],
    ['iso885915', '5 €'],
    ['cp437', 'Größe ▒'],
    ['shiftjis', '日本語のテキスト'],
    ['eucjp', '日本語のテキスト'],
    ['gbk', '中文'],
    ['euckr', '한국어'],
    ['koi8r', 'Привет, мир'],
    ['windows1251', 'Привет, мир'],
    ['macroman', 'Grüße'],
    ['big5hkscs', '中文'],
    ['windows874', 'ภาษาไทย'],
  ])('decodes %s by setting', async (encoding, words) => {
    expect(await read(iconv.encode(words, encoding), { encodingOf: () => encoding })).toMatchObject({
      ok: true,
      text: words,
    });
  });

  it('finds UTF-16 without a BOM as the editor does', async () => {
    expect(await read(Buffer.from('plain latin', 'utf16le'))).toMatchObject({ ok: true, text: 'plain latin' });
    expect(await read(Buffer.from('plain latin', 'utf16le').swap16())).toMatchObject({ ok: true, text: 'plain latin' });
  });

  it.each([
    ['a PNG', bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'binary'],
    ['a PDF', Buffer.from('%PDF-1.7\nobj'), 'binary'],
    ['a zero byte at 8,000', bytes(Buffer.alloc(8_000, 97), [0], Buffer.alloc(9, 97)), 'binary'],
    ['random bytes', Buffer.from(Array.from({ length: 600 }, (_, n) => ((n * 7919) % 255) + 1)), 'binary'],
    ['windows1252 read as UTF-8', iconv.encode('Viele Wörter. '.repeat(20), 'windows1252'), 'undecodable'],
    ['windows1251 read as UTF-8', iconv.encode('Только по-русски, ничего больше', 'windows1251'), 'undecodable'],
    ['control characters', Buffer.from('ab\u0001\u0002\u0003\u0004'.repeat(20)), 'binary'],
    ['a torn UTF-8 character at the end', Buffer.from('Text und ein Stück 🙂').subarray(0, -1), 'undecodable'],
    ['an encoded lone surrogate', bytes(Buffer.from('x'.repeat(90)), [0xed, 0xa0, 0x80]), 'undecodable'],
    ['UTF-16 of odd length', bytes([0xff, 0xfe, 0x41]), 'undecodable'],
    ['UTF-16 with a lone surrogate', bytes([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), 'undecodable'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['white space', Buffer.from(' \r\n\t\n'), 'empty'],
    ['only a BOM', bytes([0xef, 0xbb, 0xbf]), 'empty'],
    ['minified code', Buffer.from(`var a=1;${'function(){return"x"}'.repeat(2_000)}`), 'minified'],
    ['base64', Buffer.from(`short\n${Buffer.alloc(30_000, 7).toString('base64')}`), 'minified'],
    ['more bytes than allowed', Buffer.alloc(1_048_577, 97), 'too-large'],
  ])('refuses %s', async (_, content, reason) => {
    expect(await read(content)).toMatchObject({ ok: false, reason });
  });

  it('takes a log with colours and page breaks', async () => {
    expect(await read('\u001b[31merror\u001b[0m something went away\f\n'.repeat(20))).toMatchObject({ ok: true });
  });

  it('takes a long paragraph without line breaks', async () => {
    expect(await read('A sentence with words in it. '.repeat(2_000))).toMatchObject({ ok: true });
  });

  it('refuses bytes that a double-byte encoding does not have, and an unknown encoding', async () => {
    expect(await read(Buffer.from([0x41, 0x81, 0x20, 0x41]), { encodingOf: () => 'shiftjis' })).toMatchObject({
      reason: 'undecodable',
    });
    expect(await read('x', { encodingOf: () => 'klingon' })).toMatchObject({ reason: 'undecodable' });
  });

  it('takes the editor’s text over the disk, also where the disk has nothing', async () => {
    const options: ReadOptions = { textOf: (uri) => (uri.startsWith('untitled:') ? 'unsaved' : undefined) };
    const result = await readDocument(new NodeFileTree(), { uri: 'untitled:Untitled-1' }, options);
    expect(result).toMatchObject({ ok: true, text: 'unsaved', hash: await textHash('unsaved'), fromEditor: true });
    const gone = await readDocument(new NodeFileTree(), { uri: 'file:///nonexistent/x' }, options);
    expect(gone).toEqual({ ok: false, reason: 'unreadable', detail: 'ENOENT' });
  });

  it('makes mixed line endings equal as the editor does, and no others', () => {
    expect(editorLineEndings('a\r\nb\r\nc')).toBe('a\r\nb\r\nc');
    expect(editorLineEndings('a\nb\nc')).toBe('a\nb\nc');
    expect(editorLineEndings('a\r\nb\r\nc\n')).toBe('a\r\nb\r\nc\r\n');
    expect(editorLineEndings('a\nb\nc\r\n')).toBe('a\nb\nc\n');
    expect(editorLineEndings('a\rb\rc')).toBe('a\r\nb\r\nc');
  });

  it('gives any text back from UTF-8 and UTF-16, across slice borders too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.integer({ min: 0, max: 4 }),
        async (words, shift) => {
          const long = `${'x'.repeat(524_288 - shift)}${words} ${words}`;
          fc.pre(!/[\0\r]/.test(words));
          for (const content of [
            bytes([0xef, 0xbb, 0xbf], Buffer.from(long)),
            bytes([0xff, 0xfe], Buffer.from(long, 'utf16le')),
          ]) {
            expect(await read(content, { maxFileBytes: 1e7, maxLineLength: 1e7 })).toMatchObject({
              ok: true,
              text: long,
            });
          }
          expect(await textHash(long + words.repeat(3))).toBe(
            createHash('sha256')
              .update(long + words.repeat(3))
              .digest('hex'),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
