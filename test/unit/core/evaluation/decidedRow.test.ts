// Rows from decisions: what is known of a text, and nothing else.
import { describe, expect, it } from 'vitest';
import { decidedRow } from '../../../../src/core/evaluation/decidedRow';
import type { LabelSet } from '../../../../src/core/labelSet';
import { parseLabelSets } from '../../../../src/core/parseLabelSets';
import type { LabelVerdict } from '../../../../src/core/review/effectiveTags';

const setOf = (entry: object): LabelSet => parseLabelSets({ set: entry }).sets[0]!;
const work = setOf({ labels: { topic: ['hiring', 'security'], tone: ['angry', 'calm'] }, exclusive: ['topic'] });
const single = setOf({ labels: ['good', 'bad', 'so-so'], mode: 'single-label' });

const verdict = (
  label: string | null,
  is: LabelVerdict['verdict'],
  more: Partial<LabelVerdict> = {},
): LabelVerdict => ({
  ...{ label, verdict: is, textHash: 'h', decidedMs: 1 },
  ...more,
});

const known = (set: LabelSet, scores: readonly number[], ...decisions: readonly LabelVerdict[]) => {
  const row = decidedRow({ id: '0', document: 'd', place: 'a.md', excerpt: '', decisions, scores }, set);
  return row && { asked: row.labels, right: row.trueLabels, scores: [...row.scores].map((one) => +one.toFixed(2)) };
};

describe('a row from decisions', () => {
  it('leaves out labels that nobody decided on', () => {
    expect(known(work, [0.1, 0.2, 0.9, 0.7], verdict('tone.calm', 'rejected'), verdict('tone.angry', 'added'))).toEqual(
      {
        asked: ['tone.angry', 'tone.calm'],
        right: ['tone.angry'],
        scores: [0.9, 0.7],
      },
    );
    expect(known(work, [0.1, 0.2, 0.9, 0.7])).toBeNull();
  });

  it('knows that labels are wrong beside one that excludes them', () => {
    expect(known(work, [0.4, 0.6, 0, 0], verdict('topic.hiring', 'accepted'))).toEqual({
      asked: ['topic.hiring', 'topic.security'],
      right: ['topic.hiring'],
      scores: [0.4, 0.6],
    });
  });

  it('takes “none fits” as all labels untrue', () => {
    expect(known(single, [0.5, 0.3, 0.2], verdict(null, 'none-fits'))).toEqual({
      asked: ['good', 'bad', 'so-so'],
      right: [],
      scores: [0.5, 0.3, 0.2],
    });
  });

  it('does not judge by a rejected label that an unknown one with a better score shuts out', () => {
    expect(known(single, [0.2, 0.5, 0.3], verdict('good', 'rejected'))).toBeNull();
    expect(known(single, [0.2, 0.5, 0.3], verdict('bad', 'rejected'))?.asked).toEqual(['bad']);
    expect(known(work, [0.2, 0.5, 0, 0], verdict('topic.hiring', 'rejected'))).toBeNull();
    // `tone` is no exclusive group.
    expect(known(work, [0, 0, 0.2, 0.5], verdict('tone.angry', 'rejected'))?.asked).toEqual(['tone.angry']);
  });

  it('knows nothing of a label on which people differ', () => {
    const differ = [verdict('tone.calm', 'accepted'), verdict('tone.calm', 'rejected', { by: 'Ann', decidedMs: 2 })];
    expect(known(work, [0, 0, 0.9, 0.7], ...differ)).toBeNull();
  });
});
