// A model before and after its training, as a terminal shows it: the figures of `glitag evaluate`, side by side.
import type { LabelReport } from '../../core/evaluation/evaluationReport';
import type { TrainingOutcome } from '../../training/run/trainingRequest';

export function comparisonText({ folder, trainedRows, keptBackRows, before, after }: TrainingOutcome): string {
  const [old, now] = [before.report, after.report];
  const labels = labelsOf(old.perLabel, now.perLabel);
  const width = Math.max(8, ...labels.map(({ label }) => label.length));
  const line = (name: string, from: number | undefined, to: number | undefined, rows = '') =>
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
    ...labels.map(({ label, support, from, to }) => line(label, from, to, String(support))),
  ].join('\n')}\n`;
}

/** Each report has the labels that are true or given somewhere; a label that is in one alone has no figure in the other. */
function labelsOf(before: readonly LabelReport[], after: readonly LabelReport[]) {
  const [old, now] = [before, after].map((all) => new Map(all.map((one) => [one.label, one])));
  const names = [...new Set([...before, ...after].map(({ label }) => label))].sort();
  return names.map((label) => {
    const [from, to] = [old?.get(label), now?.get(label)];
    return { label, support: (to ?? from)?.support ?? 0, from: from?.f1, to: to?.f1 };
  });
}

function figure(value: number | undefined): string {
  return (value === undefined ? '–' : value.toFixed(3)).padStart(6);
}
