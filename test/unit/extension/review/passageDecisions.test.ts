// Decisions on a passage are found for the same text at its place, and at no other where the words stand too.
import { expect, it } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { quoteOf } from '../../../../src/core/review/textQuote';
import { placesOf } from '../../../../src/extension/results/memoryEntry';
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

/** Of the passage at `start` in the text as it is now. */
function on(all: readonly Decision[], start: number, hash = shipIt.hash, now = text): (string | null)[] {
  const anchor = { start, end: start + shipIt.length, whole: false, touched: false };
  return labels(decisionsOnPassage(all, hash, placesOf({ anchor }, now)));
}

it('takes those on the same text only', () => {
  const all = [whole, decision(0, 'first'), decision(second, 'other text', 'bb')];
  expect(on(all, 0)).toEqual(['first']);
  expect(on(all, 0, 'cc')).toEqual([]);
});

it('tells equal passages apart, also where only one was decided on', () => {
  const all = [decision(0, 'first'), decision(second, 'second'), decision(second, 'second too')];
  expect(on(all, 0)).toEqual(['first']);
  expect(on(all, second)).toEqual(['second', 'second too']);
  expect(on([decision(second, 'second')], 0)).toEqual([]);
  expect(on([decision(0, 'first')], second)).toEqual([]);
});

it('goes by the words around, not by the place, when the document was edited elsewhere', () => {
  const before = `${'Long before. '.repeat(20)}Then we rest. `;
  expect(on([decision(second, 'second')], before.length, shipIt.hash, before + text)).toEqual([]);
  expect(on([decision(second, 'second')], before.length + second, shipIt.hash, before + text)).toEqual(['second']);
});

it('follows the words where they stand but once, whatever is around them', () => {
  expect(on([decision(second, 'second')], 3, shipIt.hash, 'So: Ship it today. Or not.'.slice(1))).toEqual(['second']);
});
