// `--where`: the search language of the editor over the documents of one call.
import type { LabelSet } from '../../core/labelSet';
import { parseQuery, type Query } from '../../core/query/parseQuery';
import { QueryTest } from '../../core/query/queryTest';
import { placeName } from '../../workspace/split/parts';
import type { DocumentReport, SkippedReport } from './documentReport';

export class Where {
  private readonly test: QueryTest;
  private readonly numbers: ReadonlyMap<string, number>;
  /** Words that no label holds, and no path so far. */
  private readonly unknown: Set<string>;

  constructor(search: string, set: LabelSet) {
    const names = set.labels.map(({ name }) => name);
    const parsed = parseQuery(search, names);
    this.test = new QueryTest(parsed);
    this.numbers = new Map(names.map((name, index) => [name, index]));
    this.unknown = new Set(wordsWithoutLabels(parsed.query));
  }

  document({ tags, given, ...place }: Pick<DocumentReport, 'path' | 'part' | 'tags' | 'given'>): boolean {
    const numbered = tags.flatMap(({ label, score }) => {
      const number = this.numbers.get(label);
      return number === undefined ? [] : [{ label: number, score }];
    });
    return this.matches({ tags: numbered, stale: false, given }, placeName(place));
  }

  skipped({ path, reason }: Pick<SkippedReport, 'path' | 'reason'>): boolean {
    return this.matches({ tags: [], stale: false, skipped: reason }, path);
  }

  /** A word that is in no label and no path is mostly a slip; a script must be able to hear of it. */
  get warnings(): string[] {
    return [...this.unknown].map((word) => `--where: no label and no path holds “${word}”`);
  }

  private matches(document: Parameters<QueryTest['matches']>[0], path: string): boolean {
    const low = path.toLowerCase();
    const given = document.given?.join('\n').toLowerCase() ?? '';
    for (const word of this.unknown) if (low.includes(word) || given.includes(word)) this.unknown.delete(word);
    return this.test.matches(document, low);
  }
}

function wordsWithoutLabels(query: Query): string[] {
  switch (query.type) {
    case 'word':
      return query.labels.size === 0 ? [query.text] : [];
    case 'not':
      return wordsWithoutLabels(query.query);
    case 'and':
    case 'or':
      return query.parts.flatMap(wordsWithoutLabels);
    default:
      return [];
  }
}
