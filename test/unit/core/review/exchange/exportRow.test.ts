// Decisions as training rows: only what is known, and readable again.
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../../src/core/review/decision';
import { exportRow } from '../../../../../src/core/review/exchange/exportRow';
import { readImport } from '../../../../../src/core/review/exchange/readImport';
import { parseTrainingData } from '../../../../../src/core/trainingData';
import { labelSet } from '../../../workspace/labelSetOf';

const set = labelSet(['bug', 'tone.calm', 'tone.angry', 'idea'], { exclusive: ['tone'] });
const said = (label: string | null, verdict: Verdict, by?: string, decidedMs = 1) => ({
  ...{ label, verdict, textHash: 'aa', decidedMs },
  ...(by === undefined ? {} : { by }),
});

describe('exportRow', () => {
  it('holds what was decided, and what excludes it, in the order of the set', () => {
    expect(exportRow('t', [said('tone.angry', 'added'), said('bug', 'rejected')], set)).toEqual({
      text: 't',
      all_labels: ['bug', 'tone.calm', 'tone.angry'],
      true_labels: ['tone.angry'],
    });
    const single = labelSet(['a', 'b'], { mode: 'single-label' });
    expect(exportRow('t', [said('b', 'accepted')], single)).toEqual({
      text: 't',
      all_labels: ['a', 'b'],
      true_labels: ['b'],
    });
  });

  it('holds the whole set where none fits, and nothing on which people differ', () => {
    expect(exportRow('t', [said(null, 'none-fits')], set)).toMatchObject({
      all_labels: ['bug', 'tone.calm', 'tone.angry', 'idea'],
      true_labels: [],
    });
    const differ = [said('bug', 'accepted', 'Ann'), said('bug', 'rejected', 'Bob')];
    expect(exportRow('t', differ, set)).toBeNull();
    expect(exportRow('t', [...differ, said('idea', 'accepted')], set)).toMatchObject({ all_labels: ['idea'] });
    expect(exportRow('t', [said('gone', 'accepted')], set)).toBeNull();
  });

  it.each([false, true])('comes back as it was (confidence: %s)', (confidence) => {
    const row = exportRow('t', [said('idea', 'accepted'), said('bug', 'rejected')], set, { confidence });
    expect(row?.true_labels).toEqual(confidence ? { bug: 0, idea: 1 } : ['idea']);
    expect(parseTrainingData(JSON.stringify([row])).problems).toEqual([]);
    const [back] = readImport(JSON.stringify([row])).rows;
    expect([back?.given, back?.refused]).toEqual([
      [{ name: 'idea', question: null }],
      [{ name: 'bug', question: null }],
    ]);
  });
});
