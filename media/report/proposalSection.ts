// Thresholds proposed from the decisions, and what they are worth. They are shown, never taken: that is the reader's to do.
import type { Estimate } from '../../src/core/evaluation/calibrate/estimate';
import type { LabelProposal, ThresholdProposal } from '../../src/core/evaluation/calibrate/proposal';
import { digitsOf, scoreText } from '../../src/core/scoreText';
import { element } from '../tags/dom';
import { count, dataTable, figureText, text } from './dataTable';
import type { Cell } from './dataTable';

const methods: Readonly<Record<LabelProposal['method'], string>> = {
  set: 'the set’s curve',
  shrunk: 'own curve, held near the set’s',
  isotonic: 'own free curve',
};

export function proposalSection(proposal: ThresholdProposal): HTMLElement {
  const { now, heldOut, set } = proposal;
  const verdict = proposal.isBetter
    ? 'The proposed thresholds are better than those in use.'
    : 'The proposed thresholds are no better than those in use: keep those.';
  const numbers = `Micro F1 is ${figureText(now.f1)} with the thresholds in use, ${figureText(heldOut.f1)} with a threshold for each label, and ${figureText(set.heldOut.f1)} with ${thresholdText(set.threshold)} for all.`;
  const how =
    'Proposals are judged on documents that they were not made from (five folds). Brackets hold the 95 % interval. Exclusive groups are not looked at.';
  return element(
    'section',
    'proposal',
    element('h2', '', 'Proposed thresholds'),
    element('p', '', element('strong', '', verdict), ` ${numbers}`),
    element('p', 'muted', how),
    dataTable('Proposed thresholds', {
      columns: ['Label', 'Threshold', 'Precision', 'Recall', 'True', 'Not true', 'Made from'],
      rows: proposal.labels.map((label) => [
        text(label.label),
        { kind: 'figure', text: thresholdText(label.threshold) },
        estimateCell(label.precision),
        estimateCell(label.recall),
        count(label.positives),
        count(label.negatives),
        text(methods[label.method]),
      ]),
    }),
    element('h3', '', 'Accepting all tags above a score'),
    dataTable('Accepting all tags above a score', {
      columns: ['Score from', 'Tags', 'Expected precision', 'Precision found'],
      rows: proposal.acceptAbove.map((one) => [
        text(scoreText(one.score)),
        count(one.count),
        { kind: 'figure', text: figureText(one.expectedPrecision) },
        estimateCell(one.precision),
      ]),
    }),
  );
}

function thresholdText(threshold: number): string {
  return threshold >= 1 ? 'never' : scoreText(threshold, digitsOf(threshold));
}

function estimateCell(estimate: Estimate | null): Cell {
  if (!estimate) return { kind: 'figure', text: '–' };
  const { value, low, high } = estimate;
  return { kind: 'figure', text: `${figureText(value)} [${low.toFixed(3)}, ${high.toFixed(3)}]` };
}
