// Documents by labels as text for the clipboard: a line a document, a column a label, then the names of its tags.
import { stringify } from 'csv-stringify/sync';
import { placeName } from '../split/parts';
import type { ExportDocument } from '../types';
import { roundedScore } from './roundedScore';

/** Tab-separated with a head; cells are safe to paste into a spreadsheet. `labels` in the order of the columns. */
export function tableText(documents: readonly ExportDocument[], labels: readonly string[]): string {
  const lines = documents.map(({ scores = [], tags, ...place }) => {
    const byLabel = new Map(scores.map(({ label, score }) => [label, score]));
    const figures = labels.map((label) => {
      const score = byLabel.get(label);
      return score === undefined ? '' : roundedScore(score);
    });
    return [placeName(place), ...figures, tags.map(({ label }) => label).join(', ')];
  });
  // Spreadsheets run cells that begin with = + - @ (OWASP, CSV injection).
  return stringify([['document', ...labels, 'tags'], ...lines], { delimiter: '\t', escape_formulas: true });
}
