// What rows say, and that hostile text is safe to show.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText, splitForCut } from '../../../src/core/tree/safeText';
import { TagTree } from '../../../src/core/tree/tagTree';
import { foldText, linesText, progressText, spokenRow } from '../../../src/core/tree/words';
import { doc, exclusive, labels, rowsOf, scoresOf } from './treeFixtures';

describe('numbers', () => {
  it('writes progress as people read it', () => {
    const at = (done: number, secondsLeft: number | null, state: 'running' | 'paused' = 'running') =>
      progressText({ done, total: 1204, secondsLeft, state });
    expect(at(412, 118)).toBe('412 of 1,204 documents, about 2 min left');
    expect(at(412, 4)).toBe('412 of 1,204 documents, a few seconds left');
    expect(at(412, 33)).toBe('412 of 1,204 documents, about 30 s left');
    expect(at(1, 8400)).toBe('1 of 1,204 documents, about 2 h 20 min left');
    expect(at(1, 3590)).toBe('1 of 1,204 documents, about 1 h left');
    expect(at(0, null)).toBe('0 of 1,204 documents');
    expect(at(5, 90, 'paused')).toBe('5 of 1,204 documents, paused');
    expect(progressText({ done: 0, total: 1, secondsLeft: null, state: 'running' })).toBe('0 of 1 document');
  });

  it('never says 60 minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (secondsLeft) => {
        expect(progressText({ done: 0, total: 2, secondsLeft, state: 'running' })).not.toMatch(/\b60 (min|s)\b/u);
      }),
    );
  });

  it('writes folds and lines', () => {
    expect(foldText({ count: 6, below: 0.5 })).toBe('6 more below .50');
    expect(foldText({ count: 2, below: null })).toBe('2 more not chosen');
    expect(foldText({ count: 2, below: 'own' })).toBe('2 more below their thresholds');
    expect(foldText({ count: 1, below: 'own' })).toBe('1 more below its threshold');
    expect(foldText({ count: 2, below: 0.695 })).toBe('2 more below .695');
    expect([linesText(4, 4), linesText(4, 1900)]).toEqual(['line 4', 'lines 4–1,900']);
  });
});

describe('names for screen readers', () => {
  it('read as sentences', () => {
    const given = ['todo', 'later'];
    const standup = doc('notes/standup.md', [[0, 0.83]], { chunkCount: 3, stale: true, given });
    const tree = new TagTree();
    tree.setLabels(labels, exclusive);
    tree.putDocuments([standup, doc('x.bin', [], { skipped: 'binary file' })], true);
    tree.setOpen(0, true);
    tree.setDetails(standup.id, scoresOf(standup));
    tree.openSiblings(2);
    expect(rowsOf(tree).map((row) => spokenRow(row, labels))).toEqual([
      'notes/standup.md, 1 tag: planning 0.83, 3 chunks, stale',
      'Given by the author: todo, later',
      'topic, 1 tag',
      'planning, score 0.83, tag, evidence: evidence of 0',
      '2 more below .50',
      'tone, one of, 2 below .50',
      'angry, score 0.14, below the threshold 0.50, evidence: evidence of 4',
      'neutral, score 0.13, below the threshold 0.50, evidence: evidence of 3',
      '1 more below .70',
      'urgent, score 0.15, below the threshold 0.70, evidence: evidence of 5',
      'x.bin, skipped: binary file',
    ]);
  });
});

describe('safe text', () => {
  it('shows reordering characters and flattens control characters', () => {
    expect(safeText('cv\u202Egpj.exe')).toBe('cv[U+202E]gpj.exe');
    expect(safeText('a\n\tb\u0000c')).toBe('a b c');
    expect(safeText('\u0627\u0644\u200F')).toBe('\u0627\u0644\u200F');
  });

  it('is idempotent, free of what it removes, and bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const safe = safeText(text);
        // eslint-disable-next-line no-control-regex -- what must not be there
        expect(safe).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/u);
        expect(safeText(safe)).toBe(safe);
        expect(safeText(text, limit).length).toBeLessThanOrEqual(limit * 8 + 1);
      }),
    );
  });

  it('splits without loss and never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (text, length) => {
        const { head, tail } = splitForCut(text, length);
        expect(head + tail).toBe(text);
        expect(tail).not.toMatch(/^[\uDC00-\uDFFF]/u);
      }),
    );
  });
});
