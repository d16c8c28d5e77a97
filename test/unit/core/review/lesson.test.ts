// What decisions on one text teach.
import { expect, test } from 'vitest';
import type { LabelSet } from '../../../../src/core/labelSet';
import type { Verdict } from '../../../../src/core/review/decision';
import type { LabelVerdict } from '../../../../src/core/review/effectiveTags';
import { lessonOf } from '../../../../src/core/review/lesson';
import { labelSet } from '../../workspace/labelSetOf';

const topics = labelSet(['bug', 'idea', 'thanks', 'billing']);
const tones = labelSet(['tone.calm', 'tone.angry', 'other'], { exclusive: ['tone'] });
const one = labelSet(['bug', 'idea', 'thanks'], { mode: 'single-label' });

function said(label: string | null, verdict: Verdict, decidedMs = 1, by = ''): LabelVerdict {
  return { label, verdict, textHash: 'aa', decidedMs, ...(by === '' ? {} : { by }) };
}

test.each<[string, LabelSet, LabelVerdict[], string]>([
  ['accepted and added are carried', topics, [said('idea', 'accepted'), said('bug', 'added')], 'bug idea | '],
  ['rejected alone: for that label alone', topics, [said('idea', 'rejected')], ' | idea'],
  ['the rest is unknown', topics, [said('bug', 'accepted'), said('thanks', 'rejected')], 'bug | thanks'],
  ['none fits: no label of the set', topics, [said(null, 'none-fits')], ' | bug idea thanks billing'],
  [
    'none fits before another was added',
    topics,
    [said(null, 'none-fits', 1), said('idea', 'added', 2)],
    'idea | bug thanks billing',
  ],
  [
    'none fits after one was accepted',
    topics,
    [said('idea', 'accepted', 1), said(null, 'none-fits', 2)],
    ' | bug idea thanks billing',
  ],
  ['single-label: one is right, so the others are not', one, [said('idea', 'accepted')], 'idea | bug thanks'],
  ['single-label: one is wrong, which says nothing of the others', one, [said('idea', 'rejected')], ' | idea'],
  ['an exclusive group', tones, [said('tone.calm', 'accepted')], 'tone.calm | tone.angry'],
  ['people differ', topics, [said('bug', 'accepted', 1, 'Ann'), said('bug', 'rejected', 2, 'Bo')], 'nothing'],
  ['a label that is gone', topics, [said('old', 'accepted')], 'nothing'],
  ['no decisions', topics, [], 'nothing'],
])('%s', (_what, set, decisions, expected) => {
  const lesson = lessonOf(decisions, set);
  expect(lesson ? `${lesson.labels.join(' ')} | ${lesson.rejected.join(' ')}` : 'nothing').toBe(expected);
});
