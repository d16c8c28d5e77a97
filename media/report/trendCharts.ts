// Two charts of the whole: figures by threshold, and quality by number of decisions.
import type { SweepPoint } from '../../src/core/evaluation/figures';
import type { LearningPoint } from '../../src/core/evaluation/learningCurve';
import { shareAxis, shareText } from './charts/axes';
import { ChartFigure } from './charts/chartFigure';
import { lineChart } from './charts/lineChart';
import { count, figure, figureText } from './dataTable';

export class SweepChart extends ChartFigure {
  constructor() {
    super('Figures by threshold');
  }

  showSweep(points: readonly SweepPoint[], threshold: number): void {
    const names = ['Precision', 'Recall', 'Micro F1', 'Macro F1'];
    const values = (['precision', 'recall', 'f1', 'macroF1'] as const).map((key) =>
      points
        // Where nothing is given there is no precision: its 0 would look like a fall.
        .filter((point) => key !== 'precision' || point.given > 0)
        .map((point) => [point.threshold, point[key]] as const),
    );
    const best = points.reduce<SweepPoint | null>((top, point) => (!top || point.f1 > top.f1 ? point : top), null);
    this.show({
      summary: `Precision, recall, micro and macro F1 for thresholds from 0 to 1. Micro F1 is highest, ${figureText(best?.f1 ?? null)}, at ${best ? shareText(best.threshold) : '–'}.`,
      legend: names,
      draw: (width) => ({
        elements: lineChart(
          {
            x: { name: 'Threshold', ...shareAxis },
            y: { name: 'Figure', ...shareAxis },
            series: values.map((line, at) => ({ name: names[at] ?? '', points: line })),
            at: threshold,
          },
          width,
        ),
      }),
      table: () => ({
        columns: ['Threshold', ...names],
        rows: points.map((point) => [
          figure(point.threshold),
          figure(point.given === 0 ? null : point.precision),
          figure(point.recall),
          figure(point.f1),
          figure(point.macroF1),
        ]),
      }),
    });
  }
}

export class LearningChart extends ChartFigure {
  constructor() {
    super('Learning curve');
  }

  showLearning(points: readonly LearningPoint[]): void {
    const most = Math.max(1, ...points.map(({ decisions }) => decisions));
    const last = points.at(-1);
    this.show({
      summary: `Micro and macro F1 by decisions of each label. After ${last?.decisions ?? 0}: micro F1 ${figureText(last?.microF1 ?? null)}, macro F1 ${figureText(last?.macroF1 ?? null)}.`,
      legend: ['Micro F1', 'Macro F1'],
      draw: (width) => ({
        elements: lineChart(
          {
            x: { name: 'Decisions of each label', domain: [0, most] },
            y: { name: 'F1', ...shareAxis },
            series: (['microF1', 'macroF1'] as const).map((name) => ({
              name,
              points: points.map((point) => [point.decisions, point[name]] as const),
              shape: 'dots',
            })),
          },
          width,
        ),
      }),
      table: () => ({
        columns: ['Decisions', 'Micro F1', 'Macro F1'],
        rows: points.map((point) => [count(point.decisions), figure(point.microF1), figure(point.macroF1)]),
      }),
    });
  }
}
