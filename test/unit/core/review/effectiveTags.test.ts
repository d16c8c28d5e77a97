// Model and decisions together: which tags a document has, in which state and order.
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/decide';
import type { LabelSet } from '../../../../src/core/labelSet';
import type { Verdict } from '../../../../src/core/review/decision';
import { effectiveTags } from '../../../../src/core/review/effectiveTags';
import type { LabelVerdict } from '../../../../src/core/review/effectiveTags';
import { progressText, reviewOrder, reviewProgress } from '../../../../src/core/review/reviewOrder';
import { labelSet } from '../../workspace/labelSetOf';

const topics = labelSet(['bug', 'idea', 'thanks']);
const tones = labelSet(['tone.calm', 'tone.angry', 'tone.sad', 'other'], { exclusive: ['tone'] });

function result(set: LabelSet, scores: readonly number[]) {
  return decide(
    set.labels.map(({ name }, index) => ({ label: name, score: scores[index] ?? 0, start: index, end: index + 1 })),
    set,
  );
}

function said(label: string | null, verdict: Verdict, more: Partial<LabelVerdict> = {}): LabelVerdict {
  return { label, verdict, textHash: 'aa', decidedMs: 1, ...more };
}

/** `label state` in order, then what was rejected in brackets. */
function shown(set: LabelSet, scores: readonly number[], decisions: readonly LabelVerdict[]): string {
  const { tags, rejected } = effectiveTags(result(set, scores), decisions, set);
  const word = ({ label, state, conflict }: (typeof tags)[number]) => `${label} ${conflict ? '!' : ''}${state}`;
  return `${tags.map(word).join(', ')} [${rejected.map(word).join(', ')}]`;
}

describe('effectiveTags', () => {
  it('are the model’s without decisions, and keep score and evidence with them', () => {
    expect(shown(topics, [0.9, 0.6, 0.1], [])).toBe('bug proposed, idea proposed []');
    const { tags } = effectiveTags(result(topics, [0.9, 0.6, 0.1]), [said('thanks', 'added')], topics);
    expect(tags[2]).toEqual({ label: 'thanks', score: 0.1, start: 2, end: 3, state: 'added' });
  });

  it.each([
    ['less the rejected', [0.9, 0.6, 0.1], [said('bug', 'rejected')], 'idea proposed [bug rejected]'],
    [
      'an accepted one under the threshold stays',
      [0.2, 0.6, 0.1],
      [said('bug', 'accepted')],
      'idea proposed, bug accepted []',
    ],
    [
      'an added one lies where its score puts it',
      [0.9, 0.6, 0.1],
      [said('thanks', 'added')],
      'bug proposed, idea proposed, thanks added []',
    ],
    ['a label that the set does not have is left out', [0.9, 0, 0], [said('gone', 'added')], 'bug proposed []'],
    [
      'none fits rejects all of the model’s',
      [0.9, 0.6, 0.1],
      [said(null, 'none-fits')],
      ' [bug rejected, idea rejected]',
    ],
    [
      'none fits, but what was given at the same time or later',
      [0.9, 0.6, 0.1],
      [
        said(null, 'none-fits', { decidedMs: 5 }),
        said('thanks', 'added', { decidedMs: 5 }),
        said('idea', 'accepted', { decidedMs: 4 }),
      ],
      'thanks added [bug rejected, idea rejected]',
    ],
    [
      'people who differ: the latest, marked',
      [0.9, 0, 0],
      [said('bug', 'accepted', { by: 'Ann' }), said('bug', 'rejected', { by: 'Bob', decidedMs: 2 })],
      ' [bug !rejected]',
    ],
    [
      'people who agree',
      [0.9, 0, 0],
      [said('bug', 'accepted', { by: 'Ann' }), said('bug', 'accepted', { by: 'Bob' })],
      'bug accepted []',
    ],
  ])('%s', (_name, scores, decisions, expected) => {
    expect(shown(topics, scores, decisions)).toBe(expected);
  });

  it.each([
    [
      'what is given beats the model’s pick among its siblings',
      [0.9, 0.6, 0.1, 0.8],
      [said('tone.sad', 'added')],
      'other proposed, tone.sad added []',
    ],
    [
      'of several given the latest',
      [0.9, 0.6, 0.1, 0],
      [said('tone.calm', 'accepted'), said('tone.angry', 'added', { decidedMs: 2 })],
      'tone.angry added []',
    ],
    [
      'of equally late ones the better',
      [0.9, 0.6, 0.1, 0],
      [said('tone.sad', 'added'), said('tone.angry', 'added')],
      'tone.angry added []',
    ],
    [
      'a rejected pick leaves no other in its place',
      [0.9, 0.6, 0.1, 0],
      [said('tone.calm', 'rejected')],
      ' [tone.calm rejected]',
    ],
  ])('exclusive groups: %s', (_name, scores, decisions, expected) => {
    expect(shown(tones, scores, decisions)).toBe(expected);
  });

  it('single-label: what is given is the one tag', () => {
    const single = labelSet(['bug', 'idea', 'thanks'], { mode: 'single-label', threshold: 0.3 });
    expect(shown(single, [0.7, 0.2, 0.1], [said('idea', 'added')])).toBe('idea added []');
    expect(shown(single, [0.7, 0.2, 0.1], [said('bug', 'rejected'), said('idea', 'added')])).toBe(
      'idea added [bug rejected]',
    );
  });

  it('tells decisions on an older text', () => {
    const decisions = [said('bug', 'accepted'), said('idea', 'rejected', { textHash: 'bb' })];
    const { tags, rejected } = effectiveTags(result(topics, [0.9, 0.6, 0]), decisions, topics, { textHash: 'bb' });
    expect(tags).toMatchObject([{ label: 'bug', olderText: true }]);
    expect(rejected[0]).not.toHaveProperty('olderText');
  });

  it('says that none fits until something is given', () => {
    const none = said(null, 'none-fits', { decidedMs: 3 });
    const of = (...decisions: LabelVerdict[]) => effectiveTags(result(topics, [0.9, 0, 0]), decisions, topics).noneFits;
    expect([
      of(),
      of(none),
      of(none, said('bug', 'accepted')),
      of(none, said('bug', 'accepted', { decidedMs: 4 })),
    ]).toEqual([false, true, true, false]);
  });
});

describe('the review queue', () => {
  const set = labelSet(['bug', 'idea', 'thanks']);
  const own = {
    ...set,
    labels: set.labels.map((label) => (label.name === 'idea' ? { ...label, threshold: 0.8 } : label)),
  };
  const reviewed = [
    ['a', [0.9, 0.85, 0.6], [said('bug', 'accepted')]],
    ['b', [0.6, 0.81, 0.2], [said('idea', 'accepted', { by: 'Ann' }), said('idea', 'rejected', { by: 'Bob' })]],
    ['c', [0.6, 0.1, 0.1], []],
    ['d', [0.9, 0.1, 0.1], [said(null, 'none-fits')]],
  ] as const;
  const documents = reviewed.map(([document, scores, decisions]) => ({
    document,
    tags: effectiveTags(result(own, scores), decisions, own),
  }));

  it('has conflicts first, then what is nearest to its threshold, equals in order', () => {
    expect(reviewOrder(documents, own).map(({ document, tag }) => `${document} ${tag.label}`)).toEqual([
      'b idea',
      'a idea',
      'a thanks',
      'b bug',
      'c bug',
    ]);
  });

  it('counts what is decided', () => {
    expect(reviewProgress(documents)).toEqual({ decided: 2, total: 7 });
    expect(progressText({ decided: 41, total: 1230 })).toBe('41 of 1,230 decided');
  });
});
