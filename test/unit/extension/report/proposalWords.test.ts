// Words of proposals: what they would be worth, and what is still missing.
import { expect, it } from 'vitest';
import { missingOf } from '../../../../src/core/evaluation/calibrate/enough';
import { expectedText, gainText, missingText } from '../../../../src/extension/report/proposalWords';

it('say what is gained and what is paid for it', () => {
  const now = { precision: 0.719, recall: 0.9, f1: 0.8 };
  const heldOut = { precision: 0.84, recall: 0.88, f1: 0.86, precisionEstimate: null, recallEstimate: null };
  expect(gainText({ now, heldOut })).toBe('precision .71 → .84, recall .90 → .88');
});

it('say what is expected with its range', () => {
  const precision = { value: 0.92, low: 0.846, high: 0.97 };
  expect(expectedText({ expectedPrecision: 0.931, precision })).toBe('about 93 % right (85–97 %)');
});

it('count what is missing', () => {
  const pair = (document: string, isTrue: boolean) => ({ document, label: 0, score: 0.5, isTrue });
  const pairs = [
    ...Array.from({ length: 14 }, (_, at) => pair(`d${at % 4}`, true)),
    ...Array.from({ length: 4 }, () => pair('d0', false)),
  ];
  expect(missingText(missingOf(pairs)!)).toBe('1 right tag, 11 wrong labels, 1 document');
  expect(missingText({ right: 0, wrong: 0, documents: 2 })).toBe('2 documents');
});
