// The anchor of a classified text has to follow edits exactly: evidence is opened where it points.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPassage, followEdit, type Anchor, type Edit } from '../../../../src/extension/results/anchor';

function anchor(start: number, end: number, whole = false): Anchor {
  return { start, end, whole, touched: false };
}

describe('followEdit', () => {
  it.each<[string, Edit, Partial<Anchor>]>([
    [
      'an insertion before moves it',
      { offset: 2, length: 0, insertedLength: 3 },
      { start: 13, end: 23, touched: false },
    ],
    [
      'a deletion before moves it back',
      { offset: 0, length: 5, insertedLength: 0 },
      { start: 5, end: 15, touched: false },
    ],
    [
      'an insertion at its start moves it',
      { offset: 10, length: 0, insertedLength: 1 },
      { start: 11, end: 21, touched: false },
    ],
    [
      'an insertion at its end leaves it',
      { offset: 20, length: 0, insertedLength: 4 },
      { start: 10, end: 20, touched: false },
    ],
    ['an edit behind leaves it', { offset: 25, length: 3, insertedLength: 9 }, { start: 10, end: 20, touched: false }],
    [
      'an insertion within grows and touches it',
      { offset: 15, length: 0, insertedLength: 2 },
      { start: 10, end: 22, touched: true },
    ],
    [
      'a replacement of its beginning touches it',
      { offset: 8, length: 4, insertedLength: 1 },
      { start: 8, end: 17, touched: true },
    ],
    [
      'a replacement of its end touches it',
      { offset: 18, length: 6, insertedLength: 1 },
      { start: 10, end: 19, touched: true },
    ],
    [
      'a deletion of all of it leaves an empty place',
      { offset: 5, length: 20, insertedLength: 0 },
      { start: 5, end: 5, touched: true },
    ],
  ])('%s', (_, edit, expected) => {
    expect(followEdit(anchor(10, 20), edit)).toMatchObject(expected);
  });

  it('lets the whole document grow at its borders too', () => {
    expect(followEdit(anchor(0, 20, true), { offset: 0, length: 0, insertedLength: 5 })).toEqual({
      start: 0,
      end: 25,
      whole: true,
      touched: true,
    });
    expect(followEdit(anchor(0, 20, true), { offset: 20, length: 0, insertedLength: 5 }).end).toBe(25);
  });

  it('holds the same text after any edits, unless it is touched', () => {
    const edits = fc.array(fc.record({ at: fc.nat(60), length: fc.nat(6), text: fc.string({ maxLength: 6 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.string({ minLength: 10, maxLength: 60 }), fc.nat(), fc.nat(), edits, (initial, a, b, list) => {
        const [start, end] = [a % initial.length, b % initial.length].sort((x, y) => x - y) as [number, number];
        fc.pre(start < end);
        const classified = initial.slice(start, end);
        let text = initial;
        let place = anchor(start, end);
        for (const { at, length, text: inserted } of list) {
          const offset = Math.min(at, text.length);
          const cut = Math.min(length, text.length - offset);
          place = followEdit(place, { offset, length: cut, insertedLength: inserted.length });
          text = text.slice(0, offset) + inserted + text.slice(offset + cut);
          expect(place.start).toBeGreaterThanOrEqual(0);
          expect(place.end).toBeGreaterThanOrEqual(place.start);
          expect(place.end).toBeLessThanOrEqual(text.length);
        }
        if (!place.touched) expect(text.slice(place.start, place.end)).toBe(classified);
      }),
    );
  });
});

describe('findPassage', () => {
  const text = 'one two one two one';

  it('prefers the old place', () => {
    expect(findPassage(text, 'one', 8)).toEqual({ start: 8, end: 11 });
  });

  it('takes the nearest occurrence, before or after', () => {
    expect(findPassage(text, 'one', 10)).toEqual({ start: 8, end: 11 });
    expect(findPassage(text, 'one', 14)).toEqual({ start: 16, end: 19 });
    expect(findPassage(text, 'one', 400)).toEqual({ start: 16, end: 19 });
  });

  it('is null for what is gone or was empty', () => {
    expect(findPassage(text, 'three', 0)).toBeNull();
    expect(findPassage(text, '', 0)).toBeNull();
  });
});
