// Says whether documents match a search; made once for a search, so that 100,000 documents cost no comparison of names.
import type { Query, Search } from './parseQuery';

/** What a search looks at. */
export interface Searched {
  /** By label number. */
  readonly tags: readonly { readonly label: number; readonly score: number }[];
  readonly stale: boolean;
  /** Why there are no tags, where the document was left out. */
  readonly skipped?: string;
  /** Tags that the author wrote into the document. */
  readonly given?: readonly string[];
}

export class QueryTest {
  /** Labels that the search asks for, rather than against. */
  readonly wanted: ReadonlySet<number>;
  /** The same of documents that were left out of a run. */
  readonly asksForSkipped: boolean;

  constructor(private readonly search: Search) {
    const terms = termsIn(search.query);
    this.wanted = new Set(terms.flatMap((term) => ('labels' in term ? [...term.labels] : [])));
    this.asksForSkipped = terms.some((term) => term.type === 'state' && term.states.has('skipped'));
  }

  /** Everything matches. */
  get isEmpty(): boolean {
    return this.search.query.type === 'all' && this.search.minScore === 0;
  }

  /** `path`: how the document is called, in lower case. */
  matches(document: Searched, path: string): boolean {
    const { query, minScore } = this.search;
    if (minScore > 0 && !document.tags.some(({ score }) => score >= minScore)) return false;
    return holds(query, document, path, minScore);
  }

  /** Whether a document is shown under one of its tags: what is asked for is that tag, or no tag at all. */
  matchesUnder(document: Searched, path: string, label: number, score: number): boolean {
    const { query, minScore } = this.search;
    if (score < minScore || !holds(query, document, path, minScore)) return false;
    return this.wanted.has(label) || holds(query, { ...document, tags: [] }, path, minScore);
  }
}

function holds(query: Query, document: Searched, path: string, minScore: number): boolean {
  switch (query.type) {
    case 'all':
      return true;
    case 'word':
      return path.includes(query.text) || isGiven(document, query.text) || hasOne(document, query.labels, minScore);
    case 'label':
      return hasOne(document, query.labels, minScore);
    case 'path':
      return path.includes(query.text);
    case 'given':
      return isGiven(document, query.text);
    case 'state':
      return inState(document, query.states);
    case 'not':
      return !holds(query.query, document, path, minScore);
    case 'and':
      return query.parts.every((part) => holds(part, document, path, minScore));
    case 'or':
      return query.parts.some((part) => holds(part, document, path, minScore));
  }
}

function hasOne({ tags }: Searched, labels: ReadonlySet<number>, minScore: number): boolean {
  return labels.size > 0 && tags.some(({ label, score }) => labels.has(label) && score >= minScore);
}

function isGiven({ given }: Searched, text: string): boolean {
  return given?.some((tag) => tag.toLowerCase().includes(text)) ?? false;
}

function inState({ stale, skipped, tags }: Searched, states: (Query & { type: 'state' })['states']): boolean {
  if (stale && states.has('stale')) return true;
  return skipped === undefined ? tags.length === 0 && states.has('none') : states.has('skipped');
}

/** What the query asks for, rather than against. */
function termsIn(query: Query): Query[] {
  switch (query.type) {
    case 'and':
    case 'or':
      return query.parts.flatMap(termsIn);
    case 'not':
      return [];
    default:
      return [query];
  }
}
