// Replays upstream's pure functions: every recorded call that has a counterpart in core.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codePointChunks } from '../../../src/core/codePoints';
import { flattenLabels } from '../../../src/core/flattenLabels';
import type { LabelTree } from '../../../src/core/flattenLabels';
import {
  bestPerCategory,
  groupPredictionsByHierarchy,
  nestScores,
  parseHierarchicalPrediction,
} from '../../../src/core/hierarchy';
import type { ScoredLabel } from '../../../src/core/hierarchy';

interface Call {
  readonly fn: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly output?: unknown;
  readonly error?: { readonly type: string; readonly message: string };
}

const recorded = path.join(import.meta.dirname, '../../golden/functions.json');
const calls = JSON.parse(fs.readFileSync(recorded, 'utf8')) as readonly Call[];

/** The same call in our words, with the result turned to upstream's shape. */
const replays: Record<string, (args: Call['args']) => unknown> = {
  flatten_hierarchical_labels: ({ labels, separator }) => flattenLabels(labels as LabelTree, separator as string),
  build_hierarchical_output: ({ predictions, original_labels, all_scores }) =>
    nestScores(
      original_labels as LabelTree,
      predictions as ScoredLabel[],
      new Map(Object.entries((all_scores ?? {}) as Record<string, number>)),
    ),
  chunk_text: ({ text, chunk_size, overlap }) =>
    codePointChunks(text as string, chunk_size as number, overlap as number).map(({ start, end }) =>
      (text as string).slice(start, end),
    ),
  parse_hierarchical_prediction: ({ prediction }) => {
    const { full, levels } = parseHierarchicalPrediction(prediction as string);
    return { full, ...Object.fromEntries(levels.map((part, level) => [`level_${level}`, part])) };
  },
  group_predictions_by_hierarchy: ({ predictions }) =>
    Object.fromEntries(groupPredictionsByHierarchy(predictions as ScoredLabel[])),
  get_best_per_category: ({ predictions }) => Object.fromEntries(bestPerCategory(predictions as ScoredLabel[])),
};

/** Builders of input strings; they are replayed where the pipelines are tested. */
const elsewhere = ['format_examples_prompt', 'retrieval_augmented_text', 'format_decoder_kv_sequence'];

describe('upstream functions', () => {
  it('knows every recorded function', () => {
    const names = new Set(calls.map(({ fn }) => fn));
    expect([...names].sort()).toEqual([...Object.keys(replays), ...elsewhere].sort());
  });

  const replayed = calls.flatMap((call, index) => (elsewhere.includes(call.fn) ? [] : [{ ...call, index }]));

  it('has something to replay', () => {
    expect(replayed.length).toBe(51);
  });

  it.each(replayed)('$index $fn', ({ fn, args, output, error }) => {
    const replay = replays[fn]!;
    if (error) {
      expect(() => replay(args)).toThrow('Unsupported label type');
      return;
    }
    const result = replay(args);
    expect(result).toEqual(output);
    // Also the order of keys, which toEqual does not look at.
    expect(JSON.stringify(result)).toBe(JSON.stringify(output));
  });
});
