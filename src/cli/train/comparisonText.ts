// A model before and after its training, as a terminal shows it: the figures of `glitag evaluate`, side by side.
import type { TrainingOutcome } from '../../training/run/trainingRequest';

export function comparisonText({ folder, trainedRows, keptBackRows, before, after }: TrainingOutcome): string {
  const [old, now] = [before.report, after.report];
  const width = Math.max(8, ...now.perLabel.map(({ label }) => label.length));
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
    // Of the same rows, so with the same labels in the same order.
    ...now.perLabel.map(({ label, support, f1 }, at) => line(label, old.perLabel[at]?.f1 ?? NaN, f1, String(support))),
  ].join('\n')}\n`;
}

function figure(value: number): string {
  return value.toFixed(3).padStart(6);
}
