import { expect, test } from 'vitest';
import { unreadText } from '../../../src/cli/rerank/unreadText';

test('says how many documents were not read, of one as of one', () => {
  expect(unreadText({ leftOut: 0, documents: 1 })).toBe('');
  expect(unreadText({ leftOut: 1, documents: 1 })).toBe(
    'glitag: 1 of 1 document was not read: there was too much text.\n',
  );
  expect(unreadText({ leftOut: 1_200, documents: 2_000 })).toBe(
    'glitag: 1,200 of 2,000 documents were not read: there was too much text.\n',
  );
});
