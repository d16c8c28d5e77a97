// The tools check what they are given, and shorten what they answer.
import { describe, expect, test } from 'vitest';
import type { AgentSource, Classified, FindRequest, FoundPassage } from '../../../src/agents/agentSource';
import { maxAnswerLength, maxNameLength, maxPassageLength, maxTextLength } from '../../../src/agents/limits';
import type { ToolName } from '../../../src/agents/toolNames';
import { runTool } from '../../../src/agents/tools';

const classified: Classified = {
  labelSet: 'work',
  model: 'small',
  tags: [{ label: 'bug', score: 0.69996, start: 0, end: 3, line: 1, endLine: 1 }],
  scores: [{ label: 'bug', score: 0.69996 }],
};

/** Answers with what it was asked. */
function source(passages: readonly FoundPassage[] = []): AgentSource & { readonly asked: FindRequest[] } {
  const asked: FindRequest[] = [];
  return {
    asked,
    labelSets: () => Promise.resolve([]),
    classify: () => Promise.resolve(classified),
    findByTag: (request) => {
      asked.push(request);
      return Promise.resolve({ labelSet: 'work', total: 0, documents: [] });
    },
    findPassages: () => Promise.resolve(passages),
  };
}

const run = async (name: ToolName, input: unknown, from = source()) =>
  JSON.parse(await runTool(name, input, from, { signal: new AbortController().signal })) as {
    readonly tags: unknown;
    readonly results: readonly { readonly text: string; readonly score: number }[];
  };

describe('input', () => {
  test.each<[string, ToolName, unknown, RegExp]>([
    ['nothing to classify', 'glitag_classify', {}, /either “text” or “path”/],
    ['no input at all', 'glitag_classify', undefined, /either “text” or “path”/],
    ['a text and a path', 'glitag_classify', { text: 'a', path: 'b' }, /either “text” or “path”/],
    ['labels and a set', 'glitag_classify', { text: 'a', labels: ['b'], labelSet: 'c' }, /not both/],
    ['a text that is too long', 'glitag_classify', { text: 'a'.repeat(maxTextLength + 1) }, /^“text” is wrong/],
    ['a field that nobody knows', 'glitag_find_by_tag', { search: 'a', shell: 'rm' }, /^“shell” is wrong/],
    ['no search', 'glitag_find_by_tag', {}, /^“search” is wrong/],
    ['a limit beyond all', 'glitag_find_passages', { query: 'a', limit: 1e6 }, /^“limit” is wrong/],
    ['a list for an object', 'glitag_label_sets', [1], /is wrong/],
  ])('is refused: %s', async (_, name, input, message) => {
    await expect(run(name, input)).rejects.toThrow(message);
  });

  test('reaches the source with the limit that counts where none is given', async () => {
    const from = source();
    await run('glitag_find_by_tag', { search: 'bug' }, from);
    await run('glitag_find_by_tag', { search: 'bug', path: 'docs', limit: 3 }, from);
    expect(from.asked).toEqual([
      { search: 'bug', limit: 10 },
      { search: 'bug', path: 'docs', limit: 3 },
    ]);
  });
});

describe('answers', () => {
  test('cut scores to three digits, so that none looks better than it is', async () => {
    const { tags, results } = await run('glitag_classify', { text: 'It crashes.' });
    expect(tags).toEqual([{ label: 'bug', score: 0.699, start: 0, end: 3, line: 1, endLine: 1 }]);
    expect(results[0]?.score).toBe(0.699);
  });

  test('cut passages, never inside of a surrogate pair', async () => {
    const text = `${'x'.repeat(maxPassageLength - 1)}😀 and more`;
    const passage = { path: 'a', start: 0, end: text.length, line: 1, endLine: 1, score: 0.9, text };
    const { results } = await run('glitag_find_passages', { query: 'x' }, source([passage]));
    expect(results[0]?.text).toBe(`${'x'.repeat(maxPassageLength - 1)}…`);
  });

  test('cut what authors and label sets say at length, so that others are told too', async () => {
    const tags = Array.from({ length: 300 }, (_, at) => ({ label: `${at} ${'l'.repeat(500)}`, score: 0.5 }));
    const given = Array.from({ length: 5000 }, (_, at) => `${at} ${'"'.repeat(500)}`);
    const documents = [
      { path: 'huge.md', tags, given },
      { path: 'small.md', tags: tags.slice(0, 1) },
    ];
    const from = { ...source(), findByTag: () => Promise.resolve({ labelSet: 'work', total: 2, documents }) };
    const { results } = await run('glitag_find_by_tag', { search: 'a' }, from);
    const [huge, small] = results as unknown as readonly {
      readonly path: string;
      readonly tags: readonly { readonly label: string }[];
      readonly moreTags?: number;
      readonly given?: readonly string[];
      readonly moreGiven?: number;
    }[];
    expect([huge?.path, small?.path]).toEqual(['huge.md', 'small.md']);
    expect(huge?.tags[0]?.label).toHaveLength(maxNameLength + 1);
    expect((huge?.tags.length ?? 0) + (huge?.moreTags ?? 0)).toBe(300);
    expect((huge?.given?.length ?? 0) + (huge?.moreGiven ?? 0)).toBe(5000);
    expect(small).toEqual({ path: 'small.md', tags: [{ label: huge?.tags[0]?.label, score: 0.5 }] });
  });

  test('leave room for scores beside tags, and for a set beside its labels', async () => {
    const scores = Array.from({ length: 100 }, (_, at) => ({ label: `${at} ${'\u0001'.repeat(190)}`, score: 0.9 }));
    const labels = scores.map(({ label }) => ({ name: label, description: label.repeat(3) }));
    const set = { name: 'work', inUse: true, mode: 'multi-label', threshold: 0.5, labels };
    const from = {
      ...source(),
      classify: () => Promise.resolve({ ...classified, tags: scores, scores }),
      labelSets: () => Promise.resolve([set]),
    };
    for (const [name, input] of [['glitag_classify', { text: 'a' }] as const, ['glitag_label_sets', {}] as const]) {
      const { results } = await run(name, input, from);
      expect(results.length, name).toBeGreaterThan(0);
      expect(JSON.stringify(results).length).toBeLessThan(maxAnswerLength);
    }
  });

  test('are not given to a call that was cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(runTool('glitag_label_sets', {}, source(), { signal: abort.signal })).rejects.toThrow('cancelled');
  });
});
