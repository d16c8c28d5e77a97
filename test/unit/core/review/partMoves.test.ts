// Decisions on the parts of a file follow the texts of the parts, and never meet.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partMoves } from '../../../../src/core/review/partMoves';

/** Rows from 2 on, as those of a table. */
const rows = (...texts: readonly string[]) => new Map(texts.map((text, at) => [`row-${at + 2}`, text]));
const on = (key: string, ...texts: readonly string[]) => ({ key: `row-${key}`, texts: new Set(texts) });
const moves = (...args: Parameters<typeof partMoves>) => Object.fromEntries(partMoves(...args));

it('leaves what has its text', () => {
  expect(moves([on('2', 'a'), on('3', 'b', 'older')], rows('a', 'b', 'a'))).toEqual({});
});

it('goes with its text when a row is put in or taken out above', () => {
  const decided = [on('2', 'a'), on('3', 'b'), on('4', 'c')];
  expect(moves(decided, rows('new', 'a', 'b', 'c'))).toEqual({ 'row-2': 'row-3', 'row-3': 'row-4', 'row-4': 'row-5' });
  expect(moves(decided, rows('b', 'c'))).toEqual({ 'row-3': 'row-2', 'row-4': 'row-3', 'row-2': 'row-4' });
  expect(moves(decided, rows('c', 'a', 'b'))).toEqual({ 'row-2': 'row-3', 'row-3': 'row-4', 'row-4': 'row-2' });
});

it('goes by the rows around it where a text stands twice, else no farther than it must', () => {
  const now = rows('n', 'n', 'n', 'n', 'ok', 'x', 'y', 'z', 'ok');
  expect(moves([on('2', 'ok'), on('3', 'x')], now)).toEqual({ 'row-2': 'row-6', 'row-3': 'row-7' });
  expect(moves([on('7', 'ok'), on('6', 'z')], now)['row-7']).toBe('row-10');
  expect(moves([on('9', 'ok')], now)).toEqual({ 'row-9': 'row-10' });
  expect(moves([on('2', 'ok'), on('4', 'ok')], now)).toEqual({ 'row-2': 'row-6', 'row-4': 'row-10' });
});

it('leaves a row whose text is gone, unless another one comes there', () => {
  expect(moves([on('2', 'gone')], rows('a'))).toEqual({});
  expect(moves([on('2', 'a'), on('3', 'gone')], rows('new', 'a'))).toEqual({ 'row-2': 'row-3', 'row-3': 'row-2' });
});

it('loses and joins nothing, and puts each on its text where that is there', () => {
  const text = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(fc.array(text), fc.array(text), (before, after) => {
      const now = rows(...after);
      const decided = [...rows(...before)].map(([key, one]) => ({ key, texts: new Set([one]) }));
      const found = partMoves(decided, now);
      const ends = decided.map(({ key }) => found.get(key) ?? key);
      expect(new Set(ends).size).toBe(ends.length);
      for (const one of new Set(before)) {
        const count = (all: readonly (string | undefined)[]) => all.filter((other) => other === one).length;
        const placed = decided.filter(({ texts }, at) => texts.has(one) && now.get(ends[at] ?? '') === one).length;
        expect(placed).toBe(Math.min(count(before), count(after)));
      }
    }),
  );
});
