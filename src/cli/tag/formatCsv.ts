// `--format csv`: one row a tag; a document without tags has one row with an empty label.
import { stringify } from 'csv-stringify/sync';
import { csvColumns, csvHead } from '../../workspace/export/heads';
import { placeName } from '../../workspace/split/parts';
import type { DocumentReport } from './documentReport';

export function csvHeader(): string {
  return csvHead(csvColumns.cli);
}

/** `escape_formulas`: a label or path that a spreadsheet would run as a formula is quoted away. */
export function csvRows(report: DocumentReport): string {
  const path = placeName(report);
  const rows: (string | number)[][] =
    report.tags.length > 0
      ? report.tags.map(({ label, score, start, end }) => [path, label, score, start, end])
      : [[path, '', '', '', '']];
  return stringify(rows, { escape_formulas: true });
}
