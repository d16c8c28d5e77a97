// The three charts of what is looked at: precision against recall, reliability, and how scores spread.
import { wholeNumber } from '../../src/core/countText';
import type { Curves } from '../../src/core/evaluation/evaluationReport';
import { scoreWords } from '../../src/core/scoreText';
import { element } from '../tags/dom';
import { shareAxis, shareText } from './charts/axes';
import { barChart } from './charts/barChart';
import { ChartFigure } from './charts/chartFigure';
import { lineChart } from './charts/lineChart';
import { count, figure, figureText, text } from './dataTable';

export class CurveCharts {
  readonly element = element('div', 'charts');
  private readonly curve = new ChartFigure('Precision and recall');
  private readonly reliability = new ChartFigure('Reliability of scores');
  private readonly histogram = new ChartFigure('Scores', 'bar');

  constructor() {
    this.element.append(this.curve.element, this.reliability.element, this.histogram.element);
  }

  /** `point`: recall and precision at the threshold of the slider; null where there are none. */
  show(of: string, curves: Curves, point: readonly [number, number] | null): void {
    this.showCurve(of, curves, point);
    this.showReliability(of, curves);
    this.showHistogram(of, curves);
  }

  private showCurve(of: string, curves: Curves, point: readonly [number, number] | null): void {
    const { precisionRecall, averagePrecision } = curves;
    const [first] = precisionRecall;
    const points = precisionRecall.map(({ recall, precision }) => [recall, precision] as const);
    const fromStart = first ? [[0, first.precision] as const, ...points] : points;
    const at = point ? ` At the threshold: recall ${figureText(point[0])}, precision ${figureText(point[1])}.` : '';
    this.curve.show({
      summary: first
        ? `Precision against recall, ${of}: average precision ${figureText(averagePrecision)}.${at}`
        : `Precision against recall, ${of}: no row has the label.`,
      legend: [],
      draw: (width) => ({
        elements: lineChart(
          {
            x: { name: 'Recall', ...shareAxis },
            y: { name: 'Precision', ...shareAxis },
            series: [{ name: 'Precision', points: fromStart, shape: 'step' }],
            point,
          },
          width,
        ),
      }),
      table: () => ({
        columns: ['Threshold', 'Precision', 'Recall'],
        rows: precisionRecall.map((one) => [figure(one.threshold), figure(one.precision), figure(one.recall)]),
      }),
      ...(first ? { note: 'The ring is at the threshold.' } : { note: 'No row has the label: there is no curve.' }),
    });
  }

  private showReliability(of: string, { bins, expectedCalibrationError }: Curves): void {
    const points = bins.flatMap(({ meanScore, shareTrue }) =>
      meanScore === null || shareTrue === null ? [] : [[meanScore, shareTrue] as const],
    );
    const error = figureText(expectedCalibrationError);
    this.reliability.show({
      summary: `Share that is true against mean score, ${of}, in ten bins: expected calibration error ${error}.`,
      legend: [],
      draw: (width) => ({
        elements: lineChart(
          {
            x: { name: 'Mean score', ...shareAxis },
            y: { name: 'Share true', ...shareAxis },
            series: [{ name: 'Share true', points, shape: 'dots' }],
            diagonal: true,
          },
          width,
        ),
      }),
      table: () => ({
        columns: ['Scores', 'Pairs', 'Mean score', 'Share true'],
        rows: bins.map((bin) => [
          text(`${scoreWords(bin.from)} to ${scoreWords(bin.to)}`),
          count(bin.count),
          figure(bin.meanScore),
          figure(bin.shareTrue),
        ]),
      }),
      note: `On the dashed line scores mean what they say. Expected calibration error ${error}, ten bins.`,
    });
  }

  private showHistogram(of: string, { histogram }: Curves): void {
    const right = histogram.reduce((sum, bin) => sum + bin.right, 0);
    const wrong = histogram.reduce((sum, bin) => sum + bin.wrong, 0);
    const bins = histogram.map((bin) => ({
      ...bin,
      values: [part(bin.right, right), part(bin.wrong, wrong)] as const,
    }));
    const most = Math.max(0.1, ...bins.flatMap(({ values }) => values));
    this.histogram.show({
      summary: `How scores spread, ${of}: ${right} of true labels, ${wrong} of others.`,
      legend: [`true (${wholeNumber(right)})`, `not true (${wholeNumber(wrong)})`],
      draw: (width) => ({
        elements: barChart(
          {
            x: { name: 'Score', ...shareAxis },
            y: { name: 'Share of its kind', domain: [0, most], format: shareText },
            bins,
          },
          width,
        ),
      }),
      table: () => ({
        columns: ['Scores', 'True', 'Not true'],
        rows: histogram.map((bin) => [
          text(`${scoreWords(bin.from)} to ${scoreWords(bin.to)}`),
          count(bin.right),
          count(bin.wrong),
        ]),
      }),
    });
  }
}

function part(some: number, all: number): number {
  return all === 0 ? 0 : some / all;
}
