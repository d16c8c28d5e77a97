// What the model is asked, and the strings by which results are kept.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLabelSets } from '../../../src/core/parseLabelSets';
import type { ClassificationTask } from '../../../src/shared/classifier';
import { documentKey, labelText, taskKey, taskOf } from '../../../src/shared/task';

const { sets } = parseLabelSets({
  promptless: { labels: { topic: ['planning', 'hiring'] } },
  docs: {
    labels: { topic: ['planning', { name: 'hiring', description: 'people who apply' }] },
    examples: [{ text: 'We met a candidate.', labels: ['topic.hiring'] }],
    prompt: 'Sort:',
    threshold: 0.9,
  },
});
const promptless = sets[0]!;
const set = sets[1]!;
const task = taskOf(set);

describe('taskOf', () => {
  it('gives a text for each label in order, prompt and examples in the same words', () => {
    expect(task).toEqual({
      labels: set.labels.map(labelText),
      mode: 'multi-label',
      prompt: 'Sort:',
      examples: [{ text: 'We met a candidate.', labels: [labelText(set.labels[1]!)] }],
    });
    expect(task.labels[1]).toContain('people who apply');
  });

  it('gives rejected labels in the same words, and passes kept texts on', () => {
    const kept = { hash: 'a'.repeat(64), vectors: Float32Array.of(1, 2) };
    const decided = { text: '', labels: [], rejected: ['topic.hiring', 'topic.gone'], kept };
    expect(taskOf({ ...set, examples: [decided] }).examples).toEqual([
      { text: '', labels: [], rejected: [labelText(set.labels[1]!), 'topic.gone'], kept },
    ]);
  });

  it('has no prompt where the set has none', () => {
    expect('prompt' in taskOf(promptless)).toBe(false);
  });

  it('says how examples are read, and has another key then, also without any example', () => {
    const retrieved = taskOf({ ...promptless, exampleForm: 'retrieved' });
    expect(retrieved.exampleForm).toBe('retrieved');
    expect(taskKey(retrieved)).not.toBe(taskKey(taskOf(promptless)));
    expect('exampleForm' in task).toBe(false);
  });

  it('does not depend on thresholds', () => {
    expect(taskKey(taskOf({ ...set, threshold: 0.1 }))).toBe(taskKey(task));
    const findings = set.labels.map((label) => ({ ...label, finding: 'error' as const }));
    expect(taskOf({ ...set, labels: findings })).toEqual(task);
  });
});

describe('keys', () => {
  const anyTask: fc.Arbitrary<ClassificationTask> = fc.record(
    {
      labels: fc.array(fc.string({ unit: 'binary' })),
      mode: fc.constantFrom('multi-label', 'single-label'),
      exampleForm: fc.constant('retrieved'),
      prompt: fc.string({ unit: 'binary' }),
      examples: fc.array(
        fc.record(
          { text: fc.string(), labels: fc.array(fc.string()), rejected: fc.array(fc.string()) },
          { requiredKeys: ['text', 'labels'] },
        ),
      ),
    },
    { requiredKeys: ['labels', 'mode', 'examples'] },
  );

  it('are equal exactly for equal tasks', () => {
    fc.assert(
      fc.property(anyTask, anyTask, (a, b) => {
        expect(taskKey(structuredClone(a))).toBe(taskKey(a));
        if (taskKey(a) === taskKey(b)) expect(a).toEqual(b);
      }),
    );
    expect(taskKey({ ...task, labels: ['a","b'] })).not.toBe(taskKey({ ...task, labels: ['a', 'b'] }));
    const plain = taskOf(promptless);
    expect(taskKey({ ...plain, prompt: '' })).not.toBe(taskKey(plain));
    expect(taskKey({ ...task, labels: [...task.labels].reverse() })).not.toBe(taskKey(task));
  });

  it('tell examples apart by what is known of them, and kept texts by their hash', () => {
    const example = { text: 'words', labels: ['a'] };
    const keyOf = (...examples: ClassificationTask['examples']): string => taskKey({ ...task, examples });
    const kept = { hash: 'a'.repeat(64), vectors: Float32Array.of(1) };
    const keys = [
      keyOf(),
      keyOf(example),
      keyOf({ ...example, rejected: [] }),
      keyOf({ ...example, rejected: ['b'] }),
      keyOf({ ...example, kept }),
      keyOf({ ...example, kept: { ...kept, hash: 'b'.repeat(64) } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tell documents apart by prompt and chunk length alone', () => {
    expect(documentKey({ ...task, labels: [], examples: [] } as ClassificationTask, 128)).toBe(documentKey(task, 128));
    const keys = [documentKey(task, 128), documentKey(task, 256), documentKey(task, null), documentKey({}, null)];
    expect(new Set(keys).size).toBe(4);
  });
});
