// The tools check what they are given, and shorten what they answer.
import { describe, expect, test } from 'vitest';
import type { AgentSource, Classified, FindRequest, FoundPassage } from '../../../src/agents/agentSource';
import { maxPassageLength, maxTextLength } from '../../../src/agents/limits';
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

  test('are not given to a call that was cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(runTool('glitag_label_sets', {}, source(), { signal: abort.signal })).rejects.toThrow('cancelled');
  });
});
