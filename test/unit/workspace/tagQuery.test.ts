// Searches by tags: precedence, names, quotes, errors with their position; and random searches against JavaScript's own logic.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStored } from '../../../src/workspace/search/decideStored';
import { matchesTags, parseTagQuery } from '../../../src/workspace/search/tagQuery';
import { labelSet } from './runHelpers';

const labels = [
  'bug',
  'done',
  'release notes',
  'topic.planning',
  'topic.hiring',
  'tone.planning.soft',
  'Not',
  'say "hi"',
];

function matches(query: string, ...tags: string[]): boolean {
  return matchesTags(
    parseTagQuery(query, labels),
    tags.map((label) => ({ label })),
  );
}

describe('parseTagQuery', () => {
  it('binds not before and before or', () => {
    expect(matches('bug and not done or "release notes"', 'bug')).toBe(true);
    expect(matches('bug and not done or "release notes"', 'bug', 'done')).toBe(false);
    expect(matches('bug and not done or "release notes"', 'bug', 'done', 'release notes')).toBe(true);
    expect(matches('bug and (not done or "release notes")', 'release notes')).toBe(false);
    expect(matches('not not bug', 'bug')).toBe(true);
    expect(matches('BUG AND Done', 'bug', 'done')).toBe(true);
    expect(matches('(bug)and(done)', 'bug', 'done')).toBe(true);
  });

  it('finds labels by full name, by parent, and by the end of the name', () => {
    expect(matches('topic.planning', 'topic.planning')).toBe(true);
    expect(matches('topic', 'topic.hiring')).toBe(true);
    expect(matches('hiring', 'topic.hiring')).toBe(true);
    expect(matches('planning', 'topic.planning')).toBe(true);
    expect(matches('planning.soft', 'tone.planning.soft')).toBe(true);
    expect(matches('topic', 'tone.planning.soft')).toBe(false);
    expect(matches('"not"', 'Not')).toBe(true);
    expect(matches(JSON.stringify('say "hi"'), 'say "hi"')).toBe(true);
  });

  it.each([
    ['', 1, 'a tag is missing at the end'],
    ['bug and', 8, 'a tag is missing at the end'],
    ['bug and or done', 9, 'a tag is missing before “or”'],
    ['and bug', 1, 'a tag is missing before “and”'],
    ['bug done', 5, '“and” or “or” is missing before “done”'],
    ['release notes', 1, 'no label “release”'],
    ['(bug or done', 1, 'the “(” is not closed'],
    ['bug)', 4, '“)” without its “(”'],
    ['bug and "done', 9, 'a quotation mark is not closed'],
    ['bug and ufo', 9, 'no label “ufo”'],
    [`${'('.repeat(200)}bug`, 101, 'nested too deep'],
  ])('%j: position %i, %s', (query, position, message) => {
    expect(() => parseTagQuery(query, labels)).toThrow(
      expect.objectContaining({ code: 'input-invalid', message: expect.stringContaining(message) as string }) as Error,
    );
    expect(() => parseTagQuery(query, labels)).toThrow(`position ${position}:`);
  });

  it('means what the same formula means in JavaScript', () => {
    interface Formula {
      readonly query: string;
      readonly holds: (tags: ReadonlySet<string>) => boolean;
    }
    const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
      formula: fc.oneof(
        { maxDepth: 5 },
        fc
          .constantFrom('bug', 'done', 'hiring')
          .map((name): Formula => ({ query: name, holds: (tags) => tags.has(name) })),
        tie('formula').map(({ query, holds }): Formula => ({ query: `not (${query})`, holds: (tags) => !holds(tags) })),
        fc.tuple(tie('formula'), tie('formula'), tie('formula')).map(([a, b, c]): Formula => ({
          query: `(${a.query}) or (${b.query}) and not (${c.query})`,
          holds: (tags) => a.holds(tags) || (b.holds(tags) && !c.holds(tags)),
        })),
      ),
    }));
    const tags = fc.subarray(['bug', 'done', 'hiring']);
    fc.assert(
      fc.property(formula, tags, ({ query, holds }, names) => {
        const full = names.map((name) => (name === 'hiring' ? 'topic.hiring' : name));
        expect(matches(query, ...full)).toBe(holds(new Set(names)));
      }),
    );
  });
});

describe('decideStored', () => {
  it('applies today’s thresholds to kept scores', () => {
    const document = {
      id: 1,
      uri: 'u',
      root: 'r',
      path: 'p',
      chunkCount: 1,
      stale: false,
      scores: Float32Array.of(0.9, 0.5, 0.1),
    };
    expect(decideStored(document, labelSet()).tags.map(({ label }) => label)).toEqual(['bug', 'idea']);
    expect(decideStored(document, labelSet(undefined, { threshold: 0.6 })).tags.map(({ label }) => label)).toEqual([
      'bug',
    ]);
    const evidence = Int32Array.of(0, 4, 4, 9, 0, 0);
    expect(decideStored({ ...document, evidence }, labelSet()).tags[1]).toEqual({
      label: 'idea',
      score: 0.5,
      start: 4,
      end: 9,
    });
    expect(() => decideStored(document, labelSet(['one']))).toThrow(RangeError);
  });
});
