// The overall figures, large.
import type { Metrics } from '../../src/core/evaluation/metrics';
import { element } from '../tags/dom';
import { figureText } from './dataTable';

export interface OverviewFigures {
  readonly metrics: Metrics;
  readonly averagePrecision: number | null;
  readonly expectedCalibrationError: number | null;
}

export class Overview {
  readonly element = element('dl', 'overview');

  show(figures: OverviewFigures): void {
    this.element.replaceChildren(
      ...overallFigures(figures).map(({ name, value, what }) =>
        element(
          'div',
          'tile',
          element('dt', '', name),
          element('dd', 'number', figureText(value)),
          element('dd', 'muted', what),
        ),
      ),
    );
  }
}

export interface OverallFigure {
  readonly name: string;
  /** Null where there is nothing to say. */
  readonly value: number | null;
  readonly what: string;
  /** An error: less is better. */
  readonly isError?: true;
}

/** Always the same figures in the same order. */
export function overallFigures({
  metrics,
  averagePrecision,
  expectedCalibrationError,
}: OverviewFigures): OverallFigure[] {
  const { micro, macro, accuracy, rows } = metrics;
  const given = metrics.perLabel.some(({ predicted }) => predicted > 0);
  const known = metrics.perLabel.some(({ support }) => support > 0);
  return [
    { name: 'Micro F1', value: rows === 0 ? null : micro.f1, what: 'Over all rows and labels together' },
    { name: 'Precision', value: given ? micro.precision : null, what: 'Share of the labels given that are right' },
    { name: 'Recall', value: known ? micro.recall : null, what: 'Share of the true labels that were given' },
    {
      name: 'Macro F1',
      value: rows === 0 ? null : macro.f1,
      what: 'Mean over labels that are true or given somewhere',
    },
    { name: 'All right', value: rows === 0 ? null : accuracy, what: 'Share of rows whose labels are exactly right' },
    { name: 'Average precision', value: averagePrecision, what: 'Over all thresholds' },
    {
      name: 'Calibration error',
      value: expectedCalibrationError,
      what: 'Mean distance of scores from the share that is true',
      isError: true,
    },
  ];
}
