// Writes tags for other programs and for people: JSON Lines, CSV, Markdown. Streams, so that any number of documents fits.
import { stringify } from 'csv-stringify/sync';
import { scoreWords } from '../../core/scoreText';
import { placeName } from '../split/parts';
import type { ExportDocument } from '../types';
import { csvColumns, csvHead, markdownHead } from './heads';
import { roundedScore } from './roundedScore';

export const exportFormats = ['jsonl', 'csv', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * Parts of the export, to be written one after the other as UTF-8.
 * - jsonl: one document a line, `{folder, path, stale, tags: [{label, score, start, end, state}], rejected, given: [tag], scores: {label: score}}`,
 *   `part` where it is one of a file, `rejected` where there are some, `given` where the author wrote tags into the document.
 * - csv: one tag a line (a document without tags has one line with an empty label), cells safe to open in a spreadsheet.
 * - markdown: a table of documents with their tags.
 */
export async function* exportDocuments(
  documents: AsyncIterable<ExportDocument> | Iterable<ExportDocument>,
  format: ExportFormat,
): AsyncGenerator<string, void, undefined> {
  const { head, lines } = writers[format];
  yield head;
  for await (const document of documents) yield lines(document);
}

interface Writer {
  readonly head: string;
  readonly lines: (document: ExportDocument) => string;
}

const writers: Readonly<Record<ExportFormat, Writer>> = {
  jsonl: { head: '', lines: jsonLine },
  csv: { head: csvHead(csvColumns.export), lines: csvLines },
  markdown: { head: markdownHead, lines: markdownLine },
};

function jsonLine({ root, path, part, stale, tags, rejected = [], given = [], scores }: ExportDocument): string {
  const all = scores && Object.fromEntries(scores.map(({ label, score }) => [label, roundedScore(score)]));
  const wrong = rejected.length > 0 ? { rejected: rejected.map(jsonTag) } : {};
  // Behind the tags: by what an export begins with it is recognised (isExport).
  const own = { ...(part === undefined ? {} : { part }), ...(given.length > 0 ? { given } : {}) };
  const more = { ...wrong, ...own, ...(all ? { scores: all } : {}) };
  return `${JSON.stringify({ folder: root, path, stale, tags: tags.map(jsonTag), ...more })}\n`;
}

function jsonTag({ label, score, start, end, state, conflict, olderText }: ExportDocument['tags'][number]): object {
  return {
    ...{ label, score: roundedScore(score), start, end },
    ...(state === undefined ? {} : { state }),
    ...(conflict ? { conflict } : {}),
    ...(olderText ? { olderText } : {}),
  };
}

function csvLines({ root, stale, tags, ...place }: ExportDocument): string {
  const path = placeName(place);
  if (tags.length === 0) return csv([[root, path, '', '', '', '', stale, '']]);
  return csv(
    tags.map(({ label, score, start, end, state = '' }) => {
      return [root, path, label, roundedScore(score), start, end, stale, state];
    }),
  );
}

/** Formulas in file names and labels are made harmless: spreadsheets run cells that begin with = + - @ (OWASP, CSV injection). */
function csv(rows: readonly (readonly (string | number | boolean)[])[]): string {
  return stringify([...rows.map((row) => [...row])], { escape_formulas: true, cast: { boolean: String } });
}

function markdownLine({ stale, tags, ...place }: ExportDocument): string {
  const words = tags.map(({ label, score }) => `${escaped(label)} (${scoreWords(score)})`).join(', ');
  return `| ${escaped(placeName(place))}${stale ? ' (stale)' : ''} | ${words === '' ? '–' : words} |\n`;
}

/** Text that Markdown shows as it is, in one table cell. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~&]/g, '\\$&').replace(/\s+/g, ' ');
}
