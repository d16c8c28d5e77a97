import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutputLog } from '../../../src/inference/process/outputLog';
import { TextGuard } from '../../../src/inference/process/textGuard';

test('a line that repeats 23 characters of a document is withheld, wherever they stand', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 40, maxLength: 200 });
  const noise = fc.string({ unit: fc.constantFrom('K', 'L', 'M', ' '), maxLength: 60 });
  fc.assert(
    fc.property(words, fc.nat(), noise, noise, (text, at, before, after) => {
      const guard = new TextGuard();
      guard.remember(['another document', text]);
      const start = at % (text.length - 23);
      const line = `${before}${text.slice(start, start + 23)}${after}`;
      expect(guard.clean(line)).toBe('(a line withheld, as it repeats document text)');
    }),
  );
});

test('a line of the request before is withheld too: a pipe may be read after the answer', () => {
  const guard = new TextGuard();
  for (const text of ['the merger closes on Friday', 'another document', 'a third document']) guard.remember([text]);
  expect(guard.clean('Error near "the merger closes on"')).toContain('withheld');
});

test('ordinary lines pass, long ones are cut', () => {
  const guard = new TextGuard();
  guard.remember(['the merger closes on Friday']);
  expect(guard.clean('Error: no such file')).toBe('Error: no such file');
  expect(guard.clean('y'.repeat(2000))).toHaveLength(501);
});

test('output is split into lines across pieces and characters, and bounded', () => {
  const lines: string[] = [];
  const log = new OutputLog('stderr', (_, message) => lines.push(message), new TextGuard());
  const bytes = Buffer.from('first ä\r\n\nsecond\nrest');
  for (const byte of bytes) log.write(Uint8Array.of(byte));
  log.end();
  expect(lines).toEqual(['child stderr: first ä', 'child stderr: second', 'child stderr: rest']);
  log.write(Buffer.from('more\n'.repeat(10_000)));
  expect(lines).toHaveLength(201);
  expect(lines.at(-1)).toBe('child stderr: more lines are left out');
});
