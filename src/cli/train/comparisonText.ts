// A model before and after its training, as a terminal shows it: the figures of `glitag evaluate`, side by side.
import type { LabelReport } from '../../core/evaluation/evaluationReport';
import type { TrainingOutcome } from '../../training/run/trainingRequest';

export function comparisonText({ folder, trainedRows, keptBackRows, before, after }: TrainingOutcome): string {
  const [old, now] = [before.report, after.report];
  const labels = labelsOf(old.perLabel, now.perLabel);
  const width = Math.max(8, ...labels.map(({ label }) => label.length));
  const line = (name: string, from: number, to: number, rows = '') =>
    `${name.padEnd(width)}  ${figure(from)}  ${figure(to)}  ${rows.padStart(4)}`.trimEnd();
  return `${[
    `model  ${folder}`,
    `rows   ${trainedRows} learnt from, ${keptBackRows} kept back and measured on, ${after.rules.mode}`,
    '',
    `${''.padEnd(width)}  before  after`,
    line('accuracy', old.accuracy, now.accuracy),
    line('macro F1', old.macro.f1, now.macro.f1),
    line('micro F1', old.micro.f1, now.micro.f1),
    '',
    `${'F1'.padEnd(width)}  before  after  rows`,
    ...labels.map(({ label, from, to, support }) => line(label, from, to, String(support))),
  ].join('\n')}\n`;
}

/** Both are of the same rows, so with the same labels in the same order. A label that no text has, and none was given, has no F1. */
function labelsOf(before: readonly LabelReport[], after: readonly LabelReport[]) {
  return after.flatMap(({ label, support, predicted, f1 }, at) => {
    const old = before[at];
    if (!old || support + predicted + old.predicted === 0) return [];
    return [{ label, support, from: old.f1, to: f1 }];
  });
}

function figure(value: number): string {
  return value.toFixed(3).padStart(6);
}
