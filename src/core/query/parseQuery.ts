// Reads searches such as `bug report -urgent or @label:contract @score:.6`: one language for the filter, Go to File by Tag, exports
// and the command line.
import { LabelNames } from './labelNames';
import { tokensOf, type Token } from './tokens';

export type QueryState = 'stale' | 'skipped' | 'none';

export type Query =
  /** Lets everything through: nothing was typed. */
  | { readonly type: 'all' }
  /** The text is in the document's path, or in a tag that the author gave, or it has one of the labels. */
  | { readonly type: 'word'; readonly text: string; readonly labels: ReadonlySet<number> }
  | { readonly type: 'label'; readonly labels: ReadonlySet<number> }
  | { readonly type: 'path' | 'given'; readonly text: string }
  /** One of the states. */
  | { readonly type: 'state'; readonly states: ReadonlySet<QueryState> }
  | { readonly type: 'not'; readonly query: Query }
  | { readonly type: 'and' | 'or'; readonly parts: readonly Query[] };

export interface Search {
  readonly query: Query;
  /** Only tags of this score or more count, 0 to 1 (`@score:`); holds for the whole search. */
  readonly minScore: number;
}

/** Parentheses and `not` deeper than this are no search that a person types; the rest of them is left out. */
const maxDepth = 100;

/**
 * Words one after another must all be there; `or` binds looser, `not` or a leading `-` closer; parentheses group. A label's name
 * needs no quotes, the longest that fits wins; part of a name will do where nothing is called just so. Case does not matter. Never
 * fails: what is not finished (`bug and`, an open parenthesis or quotation mark) is read as far as it goes.
 */
export function parseQuery(text: string, labels: readonly string[] | LabelNames): Search {
  const names = labels instanceof LabelNames ? labels : new LabelNames(labels);
  return new Parser(tokensOf(text, names), names).parse();
}

/** `.6`, `0.6`, `>=.6`, `60%`; null where it is no score. */
function scoreOf(text: string): number | null {
  const [, digits, percent] = /^>?=?([\d.]+)(%?)$/u.exec(text) ?? [];
  const score = Number(digits ?? Number.NaN) / (percent === '%' ? 100 : 1);
  return score >= 0 && score <= 1 ? score : null;
}

class Parser {
  private index = 0;
  private depth = 0;
  private minScore = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly names: LabelNames,
  ) {}

  parse(): Search {
    const parts: Query[] = [];
    while (this.peek() !== undefined) {
      const query = this.either();
      if (query) parts.push(query);
      // A closing parenthesis too many.
      if (this.peek()?.type === ')') this.index++;
    }
    const query = joined('and', parts) ?? { type: 'all' };
    return { query, minScore: this.minScore };
  }

  private either(): Query | null {
    const parts: Query[] = [];
    for (;;) {
      const part = this.both();
      if (part) parts.push(part);
      if (this.peek()?.type !== 'or') return joined('or', parts);
      this.index++;
    }
  }

  private both(): Query | null {
    const parts: Query[] = [];
    for (;;) {
      const type = this.peek()?.type;
      if (type === undefined || type === 'or' || type === ')') return joined('and', withOneState(parts));
      if (type === 'and') {
        this.index++;
        continue;
      }
      const part = this.operand();
      if (part) parts.push(part);
    }
  }

  private operand(): Query | null {
    const token = this.peek();
    if (token === undefined) return null;
    this.index++;
    switch (token.type) {
      case 'not': {
        const type = this.peek()?.type;
        if (type === 'or' || type === ')' || type === 'and') return null;
        const query = this.deeper(() => this.operand());
        return query && { type: 'not', query };
      }
      case '(': {
        const query = this.deeper(() => this.either());
        if (this.peek()?.type === ')') this.index++;
        return query;
      }
      case 'word':
        return { type: 'word', text: token.text, labels: token.labels ?? this.names.of(token.text) };
      case 'at':
        return this.atTerm(token.key, token.value);
      case 'and':
      case 'or':
      case ')':
        return null;
    }
  }

  private atTerm(key: (Token & { type: 'at' })['key'], value: string): Query | null {
    switch (key) {
      case 'label':
        return { type: 'label', labels: this.names.of(value) };
      case 'path':
      case 'given':
        return { type: key, text: value };
      case 'score':
        this.minScore = scoreOf(value) ?? this.minScore;
        return null;
      case 'stale':
      case 'skipped':
      case 'none':
        return { type: 'state', states: new Set([key]) };
    }
  }

  private deeper(read: () => Query | null): Query | null {
    if (this.depth >= maxDepth) return null;
    this.depth++;
    const query = read();
    this.depth--;
    return query;
  }

  private peek(): Token | undefined {
    return this.tokens[this.index];
  }
}

function joined(type: 'and' | 'or', parts: readonly Query[]): Query | null {
  const [first, ...more] = parts;
  return more.length === 0 ? (first ?? null) : { type, parts };
}

/** No document is skipped and stale at once: `@stale @skipped` asks for those that are one of them. */
function withOneState(parts: readonly Query[]): readonly Query[] {
  const states = parts.flatMap((part) => (part.type === 'state' ? [...part.states] : []));
  if (states.length < 2) return parts;
  return [...parts.filter((part) => part.type !== 'state'), { type: 'state', states: new Set(states) }];
}
