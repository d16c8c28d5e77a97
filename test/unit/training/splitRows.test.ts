// Rows of one document or of one text are never on both sides, and the split follows from the seed alone.
import { describe, expect, it } from 'vitest';
import { splitRows } from '../../../src/training/run/splitRows';
import type { DocumentRow } from '../../../src/training/run/splitRows';

const row = (text: string, document?: string): DocumentRow => ({
  ...{ text, allLabels: ['a'], trueLabels: ['a'], examples: [], position: 1 },
  ...(document === undefined ? {} : { document }),
});
const many = Array.from({ length: 50 }, (_, at) => row(`text ${at}`));
const textsOf = (rows: readonly DocumentRow[]) => rows.map(({ text }) => text);

describe('the split', () => {
  it('keeps the share back, in the order of the rows, and loses none', () => {
    const { trained, keptBack } = splitRows(many, 0.2, 1);
    expect(keptBack).toHaveLength(10);
    expect(trained).toHaveLength(40);
    expect(textsOf([...trained, ...keptBack]).sort()).toEqual(textsOf(many).sort());
    expect(many.filter((one) => trained.includes(one))).toEqual(trained);
  });

  it('is the same again, and another with another seed', () => {
    expect(splitRows(many, 0.2, 1)).toEqual(splitRows(many, 0.2, 1));
    expect(textsOf(splitRows(many, 0.2, 2).keptBack)).not.toEqual(textsOf(splitRows(many, 0.2, 1).keptBack));
  });

  it('keeps nearly the same texts back when there are more', () => {
    const before = textsOf(splitRows(many, 0.2, 1).keptBack);
    const after = textsOf(splitRows([...many, ...many.map(({ text }) => row(`${text} more`))], 0.2, 1).keptBack);
    const kept = before.filter((text) => after.includes(text));
    // Twenty of a hundred by chance would hold two of these ten.
    expect(kept.length).toBeGreaterThanOrEqual(6);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('holds rows of one document, and rows of one text, together (seed %i)', (seed) => {
    // Through “shared”, one and two hang together.
    const chained = [row('one', 'A'), row('shared', 'A'), row('shared', 'B'), row('two', 'B'), row('two')];
    const { trained, keptBack } = splitRows([...chained, row('other', 'C')], 0.5, seed);
    expect([trained.length, keptBack.length].sort()).toEqual([1, 5]);
  });

  it('leaves something on each side', () => {
    const two = many.slice(0, 2);
    expect(splitRows(two, 0.01, 1)).toMatchObject({ trained: [{}], keptBack: [{}] });
    expect(splitRows(two, 0.99, 1)).toMatchObject({ trained: [{}], keptBack: [{}] });
  });

  it('is refused where all rows are of one text', () => {
    expect(() => splitRows([row('same'), row('same')], 0.5, 1)).toThrow(/at least two/);
  });
});
