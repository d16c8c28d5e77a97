// Reads searches such as `bug and not done or "release notes"`, and says whether a document's tags match.
import { AppError } from '../../shared/errors';

export type TagQuery =
  /** Full names of the labels that the word stands for: a document matches with any of them. */
  | { readonly type: 'tag'; readonly labels: ReadonlySet<string> }
  | { readonly type: 'not'; readonly query: TagQuery }
  | { readonly type: 'and' | 'or'; readonly left: TagQuery; readonly right: TagQuery };

interface Token {
  readonly type: 'word' | 'and' | 'or' | 'not' | '(' | ')' | 'end';
  readonly text: string;
  /** UTF-16 offset in the query. */
  readonly at: number;
}

/** Parentheses and `not` deeper than this are no search that a person types. */
const maxDepth = 100;

/**
 * `not` binds closer than `and`, `and` closer than `or`. Names with spaces or with the words and, or, not are written in quotes
 * (`\"` and `\\` inside). A name is a label's full name, the name of a parent (any label under it matches), or the end of a full
 * name; letter case does not matter. Throws AppError `input-invalid` whose message names the position.
 */
export function parseTagQuery(text: string, labels: readonly string[]): TagQuery {
  return new Parser(tokens(text), labels).parse();
}

export function matchesTags(query: TagQuery, tags: readonly { readonly label: string }[]): boolean {
  switch (query.type) {
    case 'tag':
      return tags.some(({ label }) => query.labels.has(label));
    case 'not':
      return !matchesTags(query.query, tags);
    case 'and':
      return matchesTags(query.left, tags) && matchesTags(query.right, tags);
    case 'or':
      return matchesTags(query.left, tags) || matchesTags(query.right, tags);
  }
}

class Parser {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly labels: readonly string[],
  ) {}

  parse(): TagQuery {
    const query = this.either();
    const { type, text, at } = this.next;
    if (type === ')') throw problem('there is a “)” without its “(”', at);
    if (type !== 'end') throw problem(`“and” or “or” is missing before “${text}”; put names with spaces in quotes`, at);
    return query;
  }

  private either(): TagQuery {
    let left = this.both();
    while (this.next.type === 'or') {
      this.index++;
      left = { type: 'or', left, right: this.both() };
    }
    return left;
  }

  private both(): TagQuery {
    let left = this.negated();
    while (this.next.type === 'and') {
      this.index++;
      left = { type: 'and', left, right: this.negated() };
    }
    return left;
  }

  private negated(): TagQuery {
    const { type, text, at } = this.next;
    if (++this.depth > maxDepth) throw problem('the search is nested too deep', at);
    this.index++;
    const query = this.operand(type, text, at);
    this.depth--;
    return query;
  }

  private operand(type: Token['type'], text: string, at: number): TagQuery {
    switch (type) {
      case 'not':
        return { type: 'not', query: this.negated() };
      case 'word':
        return { type: 'tag', labels: this.labelsOf(text, at) };
      case '(': {
        const query = this.either();
        if (this.next.type !== ')') throw problem('the “(” is not closed', at);
        this.index++;
        return query;
      }
      case 'end':
        throw problem('a tag is missing at the end', at);
      case 'and':
      case 'or':
      case ')':
        throw problem(`a tag is missing before “${text}”`, at);
    }
  }

  private labelsOf(word: string, at: number): ReadonlySet<string> {
    const name = word.toLowerCase();
    const exact = this.labels.filter((label) => label.toLowerCase() === name);
    const below = this.labels.filter((label) => label.toLowerCase().startsWith(`${name}.`));
    const found = [...exact, ...below];
    const ending = found.length > 0 ? found : this.labels.filter((label) => label.toLowerCase().endsWith(`.${name}`));
    if (ending.length === 0) throw problem(`the label set has no label “${word}”`, at);
    return new Set(ending);
  }

  private get next(): Token {
    return this.tokens[this.index] ?? { type: 'end', text: '', at: 0 };
  }
}

function tokens(text: string): Token[] {
  const result: Token[] = [];
  const pattern = /\s+|[()]|"(?:[^"\\]|\\.)*"|"|[^\s()"]+/gsu;
  for (const match of text.matchAll(pattern)) {
    const [part] = match;
    const at = match.index;
    if (part.trim() === '') continue;
    const lower = part.toLowerCase();
    if (part === '"') throw problem('a quotation mark is not closed', at);
    if (part === '(' || part === ')') result.push({ type: part, text: part, at });
    else if (lower === 'and' || lower === 'or' || lower === 'not') result.push({ type: lower, text: part, at });
    else if (part.startsWith('"')) result.push({ type: 'word', text: part.slice(1, -1).replace(/\\(.)/gsu, '$1'), at });
    else result.push({ type: 'word', text: part, at });
  }
  result.push({ type: 'end', text: '', at: text.length });
  return result;
}

/** Positions count from 1, as editors show columns. */
function problem(what: string, at: number): AppError {
  return new AppError('input-invalid', `Tag search, position ${at + 1}: ${what}.`);
}
