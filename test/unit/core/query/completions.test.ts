// Completion while typing: what is offered for a half-typed word, and that what is put in means the label that was offered.
import { describe, expect, it } from 'vitest';
import { Completer } from '../../../../src/core/query/completions';
import { parseQuery } from '../../../../src/core/query/parseQuery';

const labels = [
  'bug',
  'type.bug report',
  'type.release notes',
  'topic.planning',
  'tone.planning',
  'Not',
  'say "hi"',
  'or else',
];
const completer = new Completer(labels);

/** The searches that the offers lead to. */
function offered(text: string, caret?: number): string[] {
  const { from, items } = completer.complete(text, caret);
  return items.map(({ insert }) => text.slice(0, from) + insert);
}

describe('completions', () => {
  it.each([
    ['rel', ['release notes']],
    ['bug r', ['bug report']],
    ['bug rep', ['bug report']],
    ['done -rel', ['done -release notes']],
    ['done or (rel', ['done or (release notes']],
    ['notes', ['release notes']],
    ['plan', ['topic.planning', 'tone.planning']],
    ['top', ['topic.planning', 'topic']],
    ['@sc', ['@score:.6']],
    ['@label:rel', ['@label:release notes']],
    ['"rel', ['release notes']],
    ['no', ['"Not"', 'release notes']],
    ['bug report', []],
    ['legal bug report', []],
    ['zzz', []],
    ['', []],
    ['bug report ', []],
  ])('%j: %j', (text, searches) => {
    expect(offered(text)).toEqual(searches);
  });

  it('look at what stands before the caret only', () => {
    expect(offered('rel done', 3)).toEqual(['release notes']);
    expect(completer.complete('rel done', 8).items).toEqual([]);
  });

  it('put in what means the label that was offered', () => {
    for (const text of ['b', 't', 'n', 's', 'o', 'p', 'r'])
      for (const { insert, label } of completer.complete(text).items) {
        if (label === null) continue;
        expect(parseQuery(insert, labels).query, insert).toMatchObject({ type: 'word', labels: new Set([label]) });
      }
  });
});
