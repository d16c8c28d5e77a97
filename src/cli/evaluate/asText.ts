// The figures of `glitag evaluate` as a terminal shows them.
import type { EvaluationReport } from '../../core/evaluation/evaluationReport';
import type { EvaluationHead } from './printEvaluation';

export function asText(head: EvaluationHead, report: EvaluationReport): string {
  const { macro, micro, perLabel, bestThreshold, bestMicroF1 } = report;
  const figure = (value: number) => value.toFixed(3);
  const width = Math.max(5, ...perLabel.map(({ label }) => label.length));
  const best =
    bestThreshold === null || bestMicroF1 === null
      ? []
      : [`best threshold ${figure(bestThreshold)} gives micro F1 ${figure(bestMicroF1)}`];
  const lines = [
    `model      ${head.model}`,
    `rows       ${report.rows}, ${head.mode}`,
    `accuracy   ${figure(report.accuracy)}`,
    `macro F1   ${figure(macro.f1)}   precision ${figure(macro.precision)}   recall ${figure(macro.recall)}`,
    `micro F1   ${figure(micro.f1)}   precision ${figure(micro.precision)}   recall ${figure(micro.recall)}`,
    ...best,
    '',
    `${'label'.padEnd(width)}     F1  prec.  recall  avg. prec.  rows`,
    ...perLabel.map(({ label, f1, precision, recall, averagePrecision, support }) => {
      const average = averagePrecision === null ? '–' : figure(averagePrecision);
      return `${label.padEnd(width)}  ${figure(f1)}  ${figure(precision)}   ${figure(recall)}  ${average.padStart(10)}  ${String(support).padStart(4)}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}
