// Passages found again after edits, and labels after renames.
import { describe, expect, it } from 'vitest';
import { proposeRenames } from '../../../../src/core/review/labelRenames';
import { findQuote, knownQuoteOf, quoteOf } from '../../../../src/core/review/textQuote';

describe('findQuote', () => {
  const text = 'One: the app crashes. Two: the app crashes. Three.';
  const second = text.lastIndexOf('the app');
  const quote = quoteOf(text, { start: second, end: second + 'the app crashes'.length });

  it('finds the passage where the words around it are, however far it moved', () => {
    expect(findQuote(text, quote)).toEqual({ start: second, end: quote.end });
    const moved = `The app crashes. the app crashes and more.\n\n${text}`;
    expect(findQuote(moved, quote)?.start).toBe(moved.lastIndexOf('the app'));
    expect(findQuote(text.replace('One: the app crashes. ', ''), quote)?.start).toBe(5);
  });

  it('of passages that look alike takes the nearest to the old place', () => {
    const rows = 'row\n'.repeat(40);
    const middle = quoteOf(rows, { start: 80, end: 83 });
    expect(findQuote(rows, middle)?.start).toBe(80);
    expect(findQuote(rows.slice(4), middle)?.start).toBe(80);
  });

  it('is null where the passage is gone or empty', () => {
    expect(findQuote('nothing of it', quote)).toBeNull();
    expect(findQuote(text, { ...quote, exact: '' })).toBeNull();
  });

  it('a selection that was decided on before has the quote of then', () => {
    const edited = `Zero. ${text}`;
    expect(knownQuoteOf(edited, { start: quote.start + 6, end: quote.end + 6 }, [quote])).toBe(quote);
    const first = { start: 11, end: 11 + quote.exact.length };
    expect(knownQuoteOf(edited, first, [quote])).toEqual(quoteOf(edited, first));
  });
});

describe('proposeRenames', () => {
  const renames = (decided: Readonly<Record<string, number>>, labels: readonly string[]) =>
    proposeRenames(new Map(Object.entries(decided)), labels).map(({ from, to }) => `${from} > ${to}`);

  it('proposes the near one that is new', () => {
    expect(renames({ 'topic.hirring': 3, 'topic.bug': 2 }, ['topic.hiring', 'topic.bug'])).toEqual([
      'topic.hirring > topic.hiring',
    ]);
    expect(renames({ 'topic.hiring': 3 }, ['people.hiring', 'people.pay'])).toEqual(['topic.hiring > people.hiring']);
    expect(renames({ bug: 1 }, ['fault', 'idea'])).toEqual([]);
  });

  it('never makes one label of two', () => {
    expect(renames({ bugs: 1, bug: 5 }, ['bug', 'idea'])).toEqual([]);
    expect(renames({ reports: 1, repots: 5 }, ['report'])).toEqual(['repots > report']);
  });
});
