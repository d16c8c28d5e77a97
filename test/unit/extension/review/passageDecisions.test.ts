// Decisions on a passage are found for the same text, at the nearest of its places.
import { expect, it } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { quoteOf } from '../../../../src/core/review/textQuote';
import { decisionsOnPassage } from '../../../../src/extension/review/passageDecisions';

const text = 'Ship it today. Then we rest. Ship it today. And again we rest for a long time, longer than before.';
const shipIt = { length: 'Ship it today.'.length, hash: 'aa' };

function decision(start: number, label: string, textHash = shipIt.hash): Decision {
  const passage = quoteOf(text, { start, end: start + shipIt.length });
  return { root: '', path: 'a.md', passage, set: 'notes', label, verdict: 'accepted', textHash, decidedMs: 1 };
}

const second = text.lastIndexOf('Ship');
const whole: Decision = { ...decision(0, 'whole'), passage: null };
const labels = (found: readonly Decision[]) => found.map(({ label }) => label);

it('takes those on the same text only', () => {
  const all = [whole, decision(0, 'first'), decision(second, 'other text', 'bb')];
  expect(labels(decisionsOnPassage(all, shipIt.hash, 0))).toEqual(['first']);
  expect(decisionsOnPassage(all, 'cc', 0)).toEqual([]);
});

it('tells equal passages apart by where they are', () => {
  const all = [decision(0, 'first'), decision(second, 'second'), decision(second, 'second too')];
  expect(labels(decisionsOnPassage(all, shipIt.hash, 3))).toEqual(['first']);
  expect(labels(decisionsOnPassage(all, shipIt.hash, second + 2))).toEqual(['second', 'second too']);
});
