// The confusion matrix: the drawing of the labels that are confused most, and all cells as a table.
import type { ConfusionCell } from '../../src/core/evaluation/confusion';
import { ChartFigure } from './charts/chartFigure';
import { confusionChart, drawnLabels, labelsToDraw } from './charts/confusionChart';
import { count, noLabel, text } from './dataTable';

const singleNote = 'Meant downwards, given to the right. On the diagonal they are the same.';
const multiNote =
  'Meant downwards, given to the right. A row of data counts once for each pair of a missed and a wrong label, so cells do not add up to the label’s rows.';

export class ConfusionFigure extends ChartFigure {
  constructor() {
    super('Confusion matrix');
  }

  showCells(cells: readonly ConfusionCell[], labels: readonly string[], isSingle: boolean): void {
    const named = cells.map(({ meant, given, rows }) => ({
      meant: meant === null ? null : (labels[meant] ?? null),
      given: given === null ? null : (labels[given] ?? null),
      rows,
    }));
    const drawn = labelsToDraw(named, labels);
    const mixed = named.filter(({ meant, given }) => meant !== given);
    const [worst] = mixed;
    const most = worst
      ? `Most often: ${worst.given ?? noLabel} where ${worst.meant ?? noLabel} was meant, ${worst.rows} rows.`
      : 'No label was given where another was meant.';
    const cut =
      labels.length > drawnLabels ? ` The ${drawnLabels} labels confused most are drawn; the table has all.` : '';
    this.show({
      summary: `Which label was given where another was meant. ${most}`,
      legend: [],
      draw: () => confusionChart(named, drawn),
      table: () => ({
        columns: ['Meant', 'Given', 'Rows'],
        rows: [...mixed, ...named.filter(({ meant, given }) => meant === given)].map((cell) => [
          text(cell.meant ?? noLabel),
          text(cell.given ?? noLabel),
          count(cell.rows),
        ]),
      }),
      note: (isSingle ? singleNote : multiNote) + cut,
    });
  }
}
