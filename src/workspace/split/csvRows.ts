// Rows of CSV and TSV as documents. The parser tells where a row ends in bytes; its values tell where a field begins in it.
import type * as csvModule from 'csv-parse';
import { ExcerptBuilder } from '../../core/excerpt';
import { SplitRefusal, type Parts } from './parts';

type Csv = typeof csvModule;

/** Loaded with the first file that is split so, not at activation. */
const loadCsv = (): Promise<Csv> => import('csv-parse');

/** Characters handed to the parser at once: a few milliseconds of work. */
const sliceLength = 32_768;
/** In the order in which they are tried on the first line. */
const delimiters = [',', ';', '\t', '|'];

interface RecordInfo {
  readonly record: readonly string[];
  readonly info: { readonly bytes: number };
}

/** `delimiter` null: the one of `,`, `;`, tab and `|` that the first line holds most of. The first row names the columns. */
export async function* csvRows(text: string, column: string, delimiter: string | null): Parts {
  const csv = await loadCsv();
  const between = delimiter ?? likelyDelimiter(text);
  const offsets = new ByteOffsets(text);
  let at = -1;
  let row = 0;
  let start = 0;
  try {
    for await (const { record, info } of records(csv, text, between)) {
      row++;
      const from = start;
      start = offsets.offsetOf(info.bytes);
      if (row === 1) {
        at = columnOf(record, column);
        continue;
      }
      const value = record[at];
      if (value === undefined || value.trim() === '') continue;
      const { text: read, runs } = fieldAt(text, from, record, at, between);
      yield { key: `row-${row}`, name: `row ${row}`, text: read, runs, given: [] };
    }
  } catch (error) {
    if (!(error instanceof csv.CsvError)) throw error;
    throw new SplitRefusal(
      `row ${Number(error['records']) + 1} is not valid CSV (${reasonOf(error)}). Correct the file, or take it out of the rule's glob`,
    );
  }
  if (row === 0) throw new SplitRefusal('it has no first row that names columns');
}

async function* records({ parse }: Csv, text: string, delimiter: string): AsyncGenerator<RecordInfo, void, undefined> {
  const parser = parse({ delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  const feeding = feed(text, parser);
  try {
    for await (const record of parser) yield record as RecordInfo;
  } finally {
    parser.destroy();
    await feeding;
  }
}

async function feed(text: string, parser: csvModule.Parser): Promise<void> {
  for (let at = 0; at < text.length && !parser.destroyed;) {
    let end = at + sliceLength;
    // A surrogate pair must not be torn.
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end++;
    const slice = text.slice(at, end);
    at = end;
    if (!parser.write(slice)) await drained(parser);
  }
  if (!parser.destroyed) parser.end();
}

/** The parser takes more, or is closed. */
function drained(parser: csvModule.Parser): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      parser.off('drain', done).off('close', done);
      resolve();
    };
    parser.on('drain', done).on('close', done);
  });
}

function columnOf(names: readonly string[], column: string): number {
  const exact = names.findIndex((name) => name.trim() === column);
  const at = exact === -1 ? names.findIndex((name) => name.trim().toLowerCase() === column.toLowerCase()) : exact;
  if (at === -1) throw new SplitRefusal(`its first row has no column “${column}”. Name one that is there`);
  return at;
}

function likelyDelimiter(text: string): string {
  const [line = ''] = /^.*/u.exec(text) ?? [];
  const counts = delimiters.map((one) => line.split(one).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The field of a row that begins at `from`, without its quotes. */
function fieldAt(text: string, from: number, values: readonly string[], index: number, delimiter: string) {
  let at = from;
  while (text.charAt(at) === '\n' || text.charAt(at) === '\r') at++;
  for (const value of values.slice(0, index)) at = fieldEnd(text, at, value) + delimiter.length;
  const value = values[index] ?? '';
  const quoted = new ExcerptBuilder();
  if (text.charAt(at) === '"') addQuoted(quoted, text, at, fieldEnd(text, at, value));
  if (quoted.text === value) return quoted;
  const plain = new ExcerptBuilder();
  plain.add(value, at);
  return plain;
}

/**
 * What stands between the quotes, of which each doubled one is one. Where more follows the closing quote (`"so" it is`), the parser
 * takes both quotes for letters.
 */
function addQuoted(builder: ExcerptBuilder, text: string, at: number, end: number): void {
  const begin = at + 1;
  const closing = closingQuote(text, at);
  const isPlain = closing + 1 < end;
  if (isPlain) builder.add('"', at);
  const inner = text.slice(begin, closing);
  for (let piece = 0; piece < inner.length;) {
    const quote = inner.indexOf('""', piece);
    const stop = quote === -1 ? inner.length : quote + 1;
    builder.add(inner.slice(piece, stop), begin + piece);
    piece = quote === -1 ? stop : stop + 1;
  }
  if (isPlain) builder.add(text.slice(closing, end), closing);
}

/** Behind the field; its value says how much follows the closing quote. */
function fieldEnd(text: string, at: number, value: string): number {
  if (text.charAt(at) !== '"') return at + value.length;
  const closing = closingQuote(text, at);
  const inner = text.slice(at + 1, closing).replaceAll('""', '"');
  return closing + Math.max(1, value.length - inner.length - 1);
}

/** Of the field whose opening quote is at `at`; the text's end where there is none. */
function closingQuote(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote !== -1 && text.charAt(quote + 1) === '"') quote = text.indexOf('"', quote + 2);
  return quote === -1 ? text.length : quote;
}

function reasonOf(error: csvModule.CsvError): string {
  return error.code.replace(/^CSV_/, '').toLowerCase().replaceAll('_', ' ');
}

/** From offsets in UTF-8 to offsets in UTF-16, ascending. */
class ByteOffsets {
  private bytes = 0;
  private offset = 0;

  constructor(private readonly text: string) {}

  offsetOf(bytes: number): number {
    while (this.bytes < bytes && this.offset < this.text.length) {
      const point = this.text.codePointAt(this.offset) ?? 0;
      this.bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
      this.offset += point < 0x1_0000 ? 1 : 2;
    }
    return this.offset;
  }
}
