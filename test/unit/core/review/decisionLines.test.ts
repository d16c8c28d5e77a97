// Decisions as JSON Lines: the same text for the same decisions, and what is wrong with a file, line by line.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsingLines, toLines } from '../../../../src/core/review/decisionLines';
import type { Decision } from '../../../../src/core/review/decision';
import { mergeDecisions } from '../../../../src/core/review/mergeDecisions';
import { atOnce } from '../../../../src/core/slices';

const parseLines = (content: string) => atOnce(parsingLines(content));
const hash = '0123456789abcdef'.repeat(4);
const ann: Decision = {
  ...{ root: '', path: 'notes/ä "x".md', passage: null, set: 'notes', label: 'topic.hiring' },
  ...{ verdict: 'accepted', textHash: hash, decidedMs: Date.UTC(2026, 10, 28, 5, 20), by: 'Ann' },
};
const line =
  '{"path":"notes/ä \\"x\\".md","set":"notes","label":"topic.hiring","verdict":"accepted","by":"Ann",' +
  `"decided":"2026-11-28T05:20:00.000Z","text":"${hash}"}`;

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
const decision: fc.Arbitrary<Decision> = fc
  .record({
    root: fc.string({ maxLength: 3 }),
    path: text,
    passage: fc.option(fc.record({ exact: text, prefix: fc.string(), suffix: fc.string(), start: fc.nat() })),
    set: text,
    label: fc.option(text),
    decidedMs: fc.integer({ min: 2, max: 4e12 }),
    by: fc.option(text),
    settles: fc.boolean(),
  })
  .map(({ by, settles, passage, label, ...rest }) => ({
    ...rest,
    label,
    passage: passage && { ...passage, end: passage.start + passage.exact.length },
    verdict: label === null ? ('none-fits' as const) : ('rejected' as const),
    textHash: hash,
    ...(by === null ? {} : { by }),
    ...(settles ? { settlesMs: rest.decidedMs - 1 } : {}),
  }));

describe('toLines', () => {
  it('writes one line a decision, keys in one order', () => {
    expect(toLines([ann])).toBe(`${line}\n`);
    expect(toLines([])).toBe('');
  });

  it('comes back as it was, and says the same whatever the order', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
        const lines = toLines(decisions);
        expect(parseLines(lines)).toEqual({ decisions: mergeDecisions(decisions, []), problems: [] });
        expect(toLines([...decisions].reverse())).toBe(lines);
        expect(lines.split('\n')).toHaveLength(parseLines(lines).decisions.length + 1);
      }),
    );
  });

  it('changes one line for one decision', () => {
    const others = ['a.md', 'b.md', 'z.md'].map((path) => ({ ...ann, path }));
    const before = toLines([...others, ann]).split('\n');
    const after = toLines([...others, ann, { ...ann, verdict: 'rejected', decidedMs: ann.decidedMs + 1 }]).split('\n');
    expect(after).toHaveLength(before.length);
    expect(after.filter((one, index) => one !== before[index])).toHaveLength(1);
  });
});

describe('parsingLines', () => {
  it('names each line with a problem and takes the others', () => {
    const broken = [
      '{"path":',
      '[]',
      line.replace('"set":"notes",', ''),
      line.replace('accepted', 'maybe'),
      line.replace('"label":"topic.hiring",', ''),
      line.replace('2026-11-28T05:20:00.000Z', 'yesterday'),
      line.replace(hash, 'abc'),
      line.replace('"set"', '"passage":{"exact":"x"},"set"'),
      line.replace('"text"', '"settles":"2026-11-28T05:20:00.000Z","text"'),
      line.replace('2026-11-28T05:20:00.000Z', new Date(8.64e15).toISOString()),
    ];
    const { decisions, problems } = parseLines(`\uFEFF${line}\r\n\r\n${broken.join('\r\n')}\r\n`);
    expect(decisions).toEqual([ann]);
    expect(problems.map(({ message }) => message)).toEqual([
      'Line 3 is not valid JSON.',
      'Line 4 must be an object, not a list.',
      'Line 5 has no “set”.',
      'Line 6 has no “verdict” that is one of accepted, rejected, added, none-fits.',
      'Line 7 has no “label”.',
      'Line 8 has a “decided” that is no time such as 2026-11-28T05:20:00.000Z.',
      'Line 9 has a “text” that is no sha256 in hex.',
      'Line 10 has a “passage” without exact, prefix, suffix and start.',
      'Line 11 has a “settles” that is not before “decided”.',
      'Line 12 has a “decided” that is no time such as 2026-11-28T05:20:00.000Z.',
    ]);
  });

  it('takes times that stand for never, and those after them', () => {
    const times = [Date.UTC(10_000, 0) - 1, Date.UTC(10_000, 0)];
    const decisions = times.map((decidedMs, at) => ({ ...ann, path: `${at}.md`, decidedMs }));
    expect(parseLines(toLines(decisions))).toEqual({ decisions, problems: [] });
  });

  it('says once that a merge was left unfinished, and takes nothing', () => {
    const content = `${line}\n<<<<<<< HEAD\n${line}\n=======\n${line}\n>>>>>>> theirs\n`;
    const { decisions, problems } = parseLines(content);
    expect(decisions).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      "Line 2: a merge was left unfinished (git's conflict markers). Keep the lines of both sides, without the markers.",
    ]);
  });
});
