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

  show({ metrics, averagePrecision, expectedCalibrationError }: OverviewFigures): void {
    const { micro, macro, accuracy, rows } = metrics;
    const given = metrics.perLabel.some(({ predicted }) => predicted > 0);
    const known = metrics.perLabel.some(({ support }) => support > 0);
    const tiles: readonly (readonly [string, number | null, string])[] = [
      ['Micro F1', rows === 0 ? null : micro.f1, 'Over all rows and labels together'],
      ['Precision', given ? micro.precision : null, 'Share of the labels given that are right'],
      ['Recall', known ? micro.recall : null, 'Share of the true labels that were given'],
      ['Macro F1', rows === 0 ? null : macro.f1, 'Mean over labels that are true or given somewhere'],
      ['All right', rows === 0 ? null : accuracy, 'Share of rows whose labels are exactly right'],
      ['Average precision', averagePrecision, 'Over all thresholds'],
      ['Calibration error', expectedCalibrationError, 'Mean distance of scores from the share that is true'],
    ];
    this.element.replaceChildren(
      ...tiles.map(([name, value, what]) =>
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
