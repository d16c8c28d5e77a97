// Searches: names without quotes, precedence, terms, half-typed ones; and random searches against JavaScript's own logic.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../src/core/query/parseQuery';
import { QueryTest, type Searched } from '../../../../src/core/query/queryTest';
import { hasSwitch, toggleSwitch } from '../../../../src/core/query/switches';

const labels = [
  'bug',
  'done',
  'type.bug report',
  'type.release notes',
  'topic.planning',
  'topic.hiring',
  'tone.planning.soft',
  'not urgent',
  'urgent',
  'terms and conditions',
  'Not',
  'say "hi"',
  'c++ (legacy)',
];

function document(tags: readonly (string | readonly [string, number])[], more: Partial<Searched> = {}): Searched {
  const found = tags.map((tag) => (typeof tag === 'string' ? ([tag, 0.9] as const) : tag));
  for (const [name] of found) expect(labels).toContain(name);
  return { tags: found.map(([name, score]) => ({ label: labels.indexOf(name), score })), stale: false, ...more };
}

function test(query: string): QueryTest {
  return new QueryTest(parseQuery(query, labels));
}

function matches(query: string, ...tags: string[]): boolean {
  return test(query).matches(document(tags), 'x.md');
}

/** The labels that a search stands for, where it is one word. */
function found(query: string): string[] {
  const { query: read } = parseQuery(query, labels);
  if (read.type !== 'word' && read.type !== 'label') throw new Error(`“${query}” is read as ${read.type}`);
  return [...read.labels].map((label) => labels[label] ?? '');
}

describe('names', () => {
  it.each([
    ['bug report', ['type.bug report']],
    ['BUG  Report', ['type.bug report']],
    ['type.bug report', ['type.bug report']],
    ['bug', ['bug']],
    ['release', ['type.release notes']],
    ['topic', ['topic.planning', 'topic.hiring']],
    ['planning', ['topic.planning', 'tone.planning.soft']],
    ['planning.soft', ['tone.planning.soft']],
    ['plann', ['topic.planning', 'tone.planning.soft']],
    ['not urgent', ['not urgent']],
    ['terms and conditions', ['terms and conditions']],
    ['"not"', ['Not']],
    ['say "hi"', ['say "hi"']],
    ['c++ (legacy)', ['c++ (legacy)']],
    ['@label:bug report', ['type.bug report']],
    ['@label:"release"', ['type.release notes']],
    [JSON.stringify('say "hi"'), ['say "hi"']],
  ])('%s', (query, names) => {
    expect(found(query)).toEqual(names);
  });

  it('go by the longest, and leave the other words to themselves', () => {
    expect(matches('bug report done', 'type.bug report', 'done')).toBe(true);
    expect(matches('bug report done', 'bug', 'done')).toBe(false);
    expect(matches('bug report done', 'type.bug report')).toBe(false);
    expect(matches('done bug', 'done', 'bug')).toBe(true);
    expect(matches('bug -urgent', 'bug', 'not urgent')).toBe(true);
    expect(matches('bug not urgent', 'bug', 'not urgent')).toBe(true);
    expect(matches('bug not urgent', 'bug')).toBe(false);
  });
});

describe('logic', () => {
  it('binds not before and before or', () => {
    expect(matches('bug and not done or release notes', 'bug')).toBe(true);
    expect(matches('bug not done or release notes', 'bug', 'done')).toBe(false);
    expect(matches('bug -done or release notes', 'bug', 'done', 'type.release notes')).toBe(true);
    expect(matches('bug and (not done or "release notes")', 'type.release notes')).toBe(false);
    expect(matches('not not bug', 'bug')).toBe(true);
    expect(matches('BUG AND Done', 'bug', 'done')).toBe(true);
    expect(matches('(bug)and(done)', 'bug', 'done')).toBe(true);
    expect(matches('-(bug or done)', 'done')).toBe(false);
    expect(matches('-(bug or done)', 'topic.hiring')).toBe(true);
    expect(matches('-"release notes"', 'type.release notes')).toBe(false);
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
          .constantFrom('bug', 'done', 'hiring', 'bug report')
          .map((name): Formula => ({ query: name, holds: (tags) => tags.has(name) })),
        fc
          .tuple(fc.constantFrom('not ', '-'), tie('formula'))
          .map(([no, { query, holds }]): Formula => ({ query: `${no}(${query})`, holds: (tags) => !holds(tags) })),
        fc
          .tuple(fc.constantFrom(' ', ' and '), tie('formula'), tie('formula'), tie('formula'))
          .map(([and, a, b, c]): Formula => ({
            query: `(${a.query}) or (${b.query})${and}not (${c.query})`,
            holds: (tags) => a.holds(tags) || (b.holds(tags) && !c.holds(tags)),
          })),
      ),
    }));
    const full = { bug: 'bug', done: 'done', hiring: 'topic.hiring', 'bug report': 'type.bug report' };
    fc.assert(
      fc.property(formula, fc.subarray(['bug', 'done', 'hiring', 'bug report'] as const), ({ query, holds }, names) => {
        expect(matches(query, ...names.map((name) => full[name]))).toBe(holds(new Set(names)));
      }),
    );
  });
});

describe('an unfinished search', () => {
  it.each([
    ['', 'all'],
    ['bug and', 'bug'],
    ['bug or', 'bug'],
    ['bug and or done', 'bug or done'],
    ['and bug', 'bug'],
    ['bug not', 'bug'],
    ['bug -', 'bug'],
    ['bug and (done', 'bug done'],
    ['bug)', 'bug'],
    ['bug) done', 'bug done'],
    ['(', 'all'],
    ['bug and "don', 'bug don'],
    ['bug @', 'bug'],
    ['bug @sta', 'bug'],
    ['bug @label:', 'bug'],
    ['bug @score:', 'bug'],
    ['bug @score:x', 'bug'],
    [`${'('.repeat(200)}bug`, 'bug'],
  ])('%s is read as %s', (query, meant) => {
    expect(parseQuery(query, labels)).toEqual(parseQuery(meant === 'all' ? '' : meant, labels));
  });

  it('is never an error, whatever is typed', () => {
    const part = fc.constantFrom(
      'bug',
      'report',
      ' ',
      '(',
      ')',
      '-',
      '"',
      '@',
      'label',
      ':',
      'or ',
      'not ',
      '\\',
      '.',
      '\n',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (query) => void test(query).matches(document(['bug']), 'bug.md')),
      { numRuns: 2000 },
    );
  });
});

describe('terms', () => {
  const planned = document(
    [
      ['topic.planning', 0.7],
      ['urgent', 0.5],
    ],
    { given: ['Todo', 'project/x'] },
  );

  it('look at the path, at tags alone, at given tags, at scores and states', () => {
    expect(test('notes').matches(document([]), 'notes/a.md')).toBe(true);
    expect(test('planning').matches(document([]), 'planning.md')).toBe(true);
    expect(test('@label:planning').matches(document([]), 'planning.md')).toBe(false);
    expect(test('@path:planning').matches(planned, 'x.md')).toBe(false);
    expect(test('todo').matches(planned, 'x.md')).toBe(true);
    expect(test('@given:project').matches(planned, 'x.md')).toBe(true);
    expect(test('-@given:todo').matches(planned, 'x.md')).toBe(false);
    expect(test('urgent @score:.6').matches(planned, 'x.md')).toBe(false);
    expect(test('planning @score:>=60%').matches(planned, 'x.md')).toBe(true);
    expect(test('@score:.8').matches(planned, 'x.md')).toBe(false);
    expect(test('@none').matches(document([]), 'x.md')).toBe(true);
    expect(test('@none').matches(document([], { skipped: 'why' }), 'x.md')).toBe(false);
    expect(test('@skipped @stale').matches(document([], { skipped: 'why' }), 'x.md')).toBe(true);
    expect(test('@skipped @stale').matches(document(['bug'], { stale: true }), 'x.md')).toBe(true);
    expect(test('-@stale').matches(document(['bug'], { stale: true }), 'x.md')).toBe(false);
    expect(test('a@stale.org').matches(document(['bug'], { stale: true }), 'x.md')).toBe(false);
    expect(test('@todo').matches(document([]), '@todo.md')).toBe(true);
  });

  it('show a document under the tags that are asked for, or under all where none is', () => {
    const under = (query: string, label: string, path = 'x.md') =>
      test(query).matchesUnder(planned, path, labels.indexOf(label), label === 'urgent' ? 0.5 : 0.7);
    expect(under('planning', 'topic.planning')).toBe(true);
    expect(under('planning', 'urgent')).toBe(false);
    expect(under('planning urgent', 'urgent')).toBe(true);
    expect(under('standup', 'urgent', 'standup.md')).toBe(true);
    expect(under('-hiring', 'urgent')).toBe(true);
    expect(under('-planning', 'urgent')).toBe(false);
    expect(under('@score:.6', 'urgent')).toBe(false);
  });
});

describe('switches', () => {
  it('are put in and taken out', () => {
    expect(toggleSwitch('release', 'stale')).toBe('release @stale');
    expect(toggleSwitch('a @stale b', 'stale')).toBe('a b');
    expect(toggleSwitch('@stale', 'stale')).toBe('');
    expect(toggleSwitch('@stalemate', 'stale')).toBe('@stalemate @stale');
    expect(hasSwitch('a @Stale', 'stale')).toBe(true);
    expect(hasSwitch('@stalemate', 'stale')).toBe(false);
  });
});
