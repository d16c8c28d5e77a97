// When there are enough decisions to train on.
import { expect, it } from 'vitest';
import { missingToTrain } from '../../../../../src/core/review/exchange/enoughToTrain';
import type { PlacedRow } from '../../../../../src/core/review/exchange/exportRows';
import { quoteOf } from '../../../../../src/core/review/textQuote';

const rows = (documents: number, right: readonly string[], wrong: readonly string[]): PlacedRow[] =>
  Array.from({ length: documents }, (_, at) => ({
    row: { text: `Text ${at}`, all_labels: [...right, ...wrong], true_labels: right },
    place: { root: '', path: `${at}.md`, passage: null },
  }));

it('wants labels of both kinds, in ten documents', () => {
  expect(missingToTrain([])).toEqual({ right: 10, wrong: 10, documents: 10 });
  expect(missingToTrain(rows(9, ['a'], ['b', 'c']))).toEqual({ right: 1, wrong: 0, documents: 1 });
  expect(missingToTrain(rows(12, ['a'], []))).toEqual({ right: 0, wrong: 10, documents: 0 });
  expect(missingToTrain(rows(10, ['a'], ['b']))).toBeNull();
});

it('counts passages of one document once', () => {
  const passages = rows(10, ['a'], ['b']).map(({ row, place }, at) => ({
    row,
    place: { ...place, path: 'a.md', passage: quoteOf(`Text ${at}`, { start: 0, end: 6 }) },
  }));
  expect(missingToTrain(passages)).toEqual({ right: 0, wrong: 0, documents: 9 });
});
