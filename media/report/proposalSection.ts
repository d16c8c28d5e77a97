// Thresholds proposed from the decisions, and what they are worth. They are shown, never taken: that is the reader's to do.
import type { Estimate } from '../../src/core/evaluation/calibrate/estimate';
import type { LabelProposal, ThresholdProposal } from '../../src/core/evaluation/calibrate/proposal';
import { digitsOf, scoreText } from '../../src/core/scoreText';
import type { ChosenThresholds } from '../../src/shared/reportData';
import { button, element } from '../tags/dom';
import { count, dataTable, figureText, text } from './dataTable';
import type { Cell } from './dataTable';

const methods: Readonly<Record<LabelProposal['method'], string>> = {
  set: 'the set’s curve',
  shrunk: 'own curve, held near the set’s',
  isotonic: 'own free curve',
};

/** `use`: puts thresholds into the settings; null where that cannot be done. */
export function proposalSection(
  proposal: ThresholdProposal,
  use: ((thresholds: ChosenThresholds) => void) | null,
): HTMLElement {
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
    ...(use && proposal.isBetter ? [choice(proposal, use)] : []),
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

/** Labels on which nobody decided keep what they have: nothing was measured on them. */
function choice(
  { labels, set, now, heldOut }: ThresholdProposal,
  use: (thresholds: ChosenThresholds) => void,
): HTMLElement {
  const decided = labels.filter(({ method }) => method !== 'set');
  const buttons = element(
    'p',
    'choice',
    button('Use These Thresholds', '', () => {
      use({ labels: decided.map(({ label, threshold }) => ({ label, threshold })) });
    }),
  );
  if (set.heldOut.f1 > now.f1)
    buttons.append(
      button(`Use ${thresholdText(set.threshold)} for All`, '', () => {
        use({ set: set.threshold });
      }),
    );
  const kept = labels.length - decided.length;
  const words = `Writes them into the label set in your settings. Precision is ${figureText(now.precision)} and is expected to be ${figureText(heldOut.precision)}; recall is ${figureText(now.recall)}, expected ${figureText(heldOut.recall)}.`;
  const others = kept === 0 ? '' : ` Labels that nobody decided on keep their thresholds (${kept}).`;
  const never = decided.filter(({ threshold }) => threshold >= 1).length;
  const lost = never === 0 ? '' : ` Labels that say “never” will be given no more (${never}).`;
  return element('div', '', buttons, element('p', 'muted', words + others + lost));
}

function thresholdText(threshold: number): string {
  return threshold >= 1 ? 'never' : scoreText(threshold, digitsOf(threshold));
}

function estimateCell(estimate: Estimate | null): Cell {
  if (!estimate) return { kind: 'figure', text: '–' };
  const { value, low, high } = estimate;
  return { kind: 'figure', text: `${figureText(value)} [${figureText(low)}, ${figureText(high)}]` };
}
