// `glitag evaluate --propose-thresholds`: proposed thresholds and what they are worth, as a terminal shows them.
import type { Missing } from '../../core/evaluation/calibrate/enough';
import type { Estimate } from '../../core/evaluation/calibrate/estimate';
import type { ThresholdProposal } from '../../core/evaluation/calibrate/proposal';
import { digitsOf, scoreText } from '../../core/scoreText';

const figure = (value: number) => value.toFixed(3);

export function proposalText({ labels, set, now, heldOut, isBetter, acceptAbove }: ThresholdProposal): string {
  const width = Math.max(5, ...labels.map(({ label }) => label.length));
  const lines = [
    'proposed thresholds, judged on texts that they were not made from (five folds)',
    `micro F1 ${figure(now.f1)} → ${figure(heldOut.f1)}   precision ${figure(now.precision)} → ${figure(heldOut.precision)}   recall ${figure(now.recall)} → ${figure(heldOut.recall)}`,
    `${figure(set.heldOut.f1)} with ${thresholdText(set.threshold)} for all labels`,
    isBetter ? 'They are better than those in use.' : 'They are no better than those in use: keep those.',
    '',
    `${'label'.padEnd(width)}  threshold  precision             recall                true  not true`,
    ...labels.map(({ label, threshold, precision, recall, positives, negatives }) =>
      [
        label.padEnd(width),
        thresholdText(threshold).padStart(9),
        estimateText(precision).padEnd(20),
        estimateText(recall).padEnd(20),
        String(positives).padStart(4),
        String(negatives).padStart(8),
      ].join('  '),
    ),
    '',
    'score from  tags  expected precision  precision found',
    ...acceptAbove.map(
      ({ score, count, expectedPrecision, precision }) =>
        `${scoreText(score).padStart(10)}  ${String(count).padStart(4)}  ${figure(expectedPrecision).padStart(18)}  ${estimateText(precision)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

export function noProposalText({ right, wrong, documents }: Missing): string {
  const missing = [
    ...(right > 0 ? [`${right} true labels`] : []),
    ...(wrong > 0 ? [`${wrong} labels that are not true`] : []),
    ...(documents > 0 ? [`${documents} texts`] : []),
  ];
  return `no thresholds are proposed: there is too little. Missing: ${missing.join(', ')}.\n`;
}

function thresholdText(threshold: number): string {
  return threshold >= 1 ? 'never' : scoreText(threshold, digitsOf(threshold));
}

function estimateText(estimate: Estimate | null): string {
  if (!estimate) return '–';
  const { value, low, high } = estimate;
  return `${figure(value)} [${figure(low)}, ${figure(high)}]`;
}
