// Before and after side by side, by the figures of `glitag evaluate`.
import { expect, it } from 'vitest';
import { evaluationReport } from '../../../src/core/evaluation/evaluationReport';
import { scoreMatrix } from '../../../src/core/evaluation/scoreMatrix';
import { comparisonText } from '../../../src/cli/train/comparisonText';
import type { MeasuredModel } from '../../../src/training/run/trainingRequest';

const rules = { mode: 'multi-label', threshold: 0.5, exclusive: [], labels: [] } as const;
const model = {
  ...{ name: 'm', hash: 'h', architecture: 'bi-encoder', graph: 'split', maxTokens: 512, maxLabels: null },
  ...{ defaultThreshold: 0.5, vectorSize: 384 },
  capabilities: { examples: 'none', prompt: 'none', keepsVectors: true } as const,
};

/** Two texts, the first about `bugs`; `scores` of each for [bugs, ideas]; nobody has or is given `praise`. */
function measured(scores: readonly (readonly [number, number])[]): MeasuredModel {
  const rows = scores.map((own, at) => ({
    ...{ id: String(at), document: String(at), place: '', excerpt: '', labels: ['bugs', 'ideas', 'praise'] },
    ...{ trueLabels: at === 0 ? ['bugs'] : [], scores: Float32Array.from([...own, 0]) },
  }));
  return { model, rules, rows, report: evaluationReport(scoreMatrix(rows, []), rules) };
}

it('shows the figures of both, and F1 of the labels that occur', () => {
  const before = measured([
    [0.9, 0.9],
    [0.9, 0.1],
  ]);
  const after = measured([
    [0.9, 0.1],
    [0.1, 0.1],
  ]);
  expect(comparisonText({ folder: '/new', trainedRows: 8, keptBackRows: 2, before, after })).toBe(
    [
      'model  /new',
      'rows   8 learnt from, 2 kept back and measured on, multi-label',
      '',
      '          before  after',
      'accuracy   0.000   1.000',
      'macro F1   0.333   1.000',
      'micro F1   0.500   1.000',
      '',
      'F1        before  after  rows',
      'bugs       0.667   1.000     1',
      'ideas      0.000   0.000     0',
      '',
    ].join('\n'),
  );
});
