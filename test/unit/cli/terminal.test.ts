// What people read in a terminal: no file's name and no text in it is obeyed there, and what a format has no place for is said.
import { expect, onTestFinished, test, vi } from 'vitest';
import { checkedText } from '../../../src/cli/check/checkReport';
import { printRanked } from '../../../src/cli/rerank/printRanked';
import { documentTree, treeSummary } from '../../../src/cli/tag/formatTree';
import { createOutput, type OutputParts } from '../../../src/cli/tag/output';
import { labelSet } from '../workspace/runHelpers';

/** Makes a terminal red, breaks the line, sets its title, and reorders what follows. */
const hostile = 'a\u001b[31m\n\u001b]0;x\u0007\u202eb';
const obeyed = /(?!\n)\p{Cc}|[\u202a-\u202e]/u;

/** Lines that are written to a stream, until the test ends. */
function written(stream: NodeJS.WriteStream): string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  onTestFinished(() => {
    spy.mockRestore();
  });
  return lines;
}

const stats = { classified: 1, reused: 0, relabelled: 0, skipped: 1 };

test('names and texts of others are shown, not obeyed', () => {
  const set = labelSet();
  const label = set.labels[0]?.name ?? '';
  const tag = { label, score: 0.9, start: 0, end: 1 };
  const position = { line: 0, character: 0 };
  const passage = { start: 0, end: 1, first: position, last: position, text: hostile };
  const report = { path: hostile, tags: [tag], scores: [tag], given: [hostile], passages: new Map([[label, passage]]) };
  const tree = documentTree(report, set);
  expect(tree.split('\n').length).toBe(3);
  const summary = treeSummary(
    [{ path: hostile, file: hostile, reason: hostile, isFailure: false, isLeftOut: false }],
    stats,
    1,
  );
  expect(summary.split('\n').length).toBe(2);
  const evidence = { path: hostile, start: 0, end: 1, line: 1, score: 0.9, text: hostile, stance: 'related' as const };
  const checked = checkedText({ model: 'm', statement: hostile, verdict: null, evidence: [evidence] });
  const ranked = written(process.stdout);
  printRanked('m', [{ place: hostile, score: 0.9, shown: hostile, json: () => '' }], {});
  for (const text of [tree, summary, checked, ranked.join('')]) expect(text).not.toMatch(obeyed);
});

test('a table says on stderr that something was skipped', () => {
  const said = written(process.stderr);
  const output = createOutput('csv', { write: () => undefined } as unknown as OutputParts);
  const skipped = { path: 'a.md', file: 'a.md', reason: 'Not text', isFailure: false };
  output.end([{ ...skipped, isLeftOut: true }], stats);
  expect(said).toEqual([]);
  output.end([{ ...skipped, isLeftOut: false }], stats);
  expect(said).toEqual(['glitag: 1 skipped: “--format tree” says which, and why.\n']);
});
