// What could be meant by the word before the caret of a search: labels, parents of labels, and the terms that begin with @.
import { folded, LabelNames } from './labelNames';
import { parseQuery } from './parseQuery';
import { atKeys, keysWithValue } from './tokens';

export interface Completion {
  /** What to put in place of the word. */
  readonly insert: string;
  /** What it is called: a label's full name, or the term. */
  readonly name: string;
  /** Number of the label; null for parents and terms. */
  readonly label: number | null;
}

export interface Completions {
  /** UTF-16 offset at which the word begins. */
  readonly from: number;
  readonly items: readonly Completion[];
}

/** More would hide what is behind the list. */
const mostItems = 8;
/** A label of more words than this is found by its last ones. */
const mostWords = 8;

const examples: Readonly<Record<string, string>> = { score: '.6' };

export class Completer {
  private readonly names: LabelNames;
  private readonly labels: readonly (Completion & { readonly parts: readonly string[] })[];
  private readonly parents: readonly (Completion & { readonly parts: readonly string[] })[];

  constructor(labels: readonly string[]) {
    this.names = new LabelNames(labels);
    this.labels = labels.map((name, label) => ({
      insert: this.shortest(name, label),
      name,
      label,
      parts: partsOf(name),
    }));
    const parents = new Set(
      labels.flatMap((name) =>
        name.split('.').flatMap((_, at, parts) => (at > 0 ? [parts.slice(0, at).join('.')] : [])),
      ),
    );
    this.parents = [...parents].map((name) => ({
      insert: quotedIfNeeded(name),
      name,
      label: null,
      parts: partsOf(name),
    }));
  }

  /** The shortest search that means this label and no other. */
  searchFor(label: number): string {
    return this.labels[label]?.insert ?? '';
  }

  /** Nothing where the word is one already, or could be anything. */
  complete(text: string, caret = text.length): Completions {
    const before = text.slice(0, caret);
    for (const from of wordStarts(before)) {
      const word = before.slice(from);
      const items = this.itemsFor(word);
      if (items.length > 0) return { from, items: items.slice(0, mostItems) };
      if (this.names.isName(folded(word))) break;
    }
    return { from: caret, items: [] };
  }

  private itemsFor(word: string): Completion[] {
    const [, term = ''] = /^(@label:)/iu.exec(word) ?? [];
    if (word.startsWith('@') && term === '') return termsFor(word.toLowerCase());
    const needle = folded(word.slice(term.length).replace(/^"/u, ''));
    if (needle.trim() === '' && term === '') return [];
    const begins = [...this.labels, ...this.parents].filter(({ parts }) =>
      parts.some((part) => part.startsWith(needle)),
    );
    const inside = needle.includes(' ')
      ? []
      : this.labels.filter((one) => !begins.includes(one) && folded(one.name).includes(` ${needle}`));
    return [...begins, ...inside]
      .map(({ insert, name, label }) => ({ insert: term + insert, name, label }))
      .filter(({ insert }) => folded(insert) !== folded(word));
  }

  /** The shortest way to write a label that means this label and no other. */
  private shortest(name: string, label: number): string {
    const last = name.split('.').at(-1) ?? name;
    const ways = [last, name].flatMap((one) => [one, quoted(one)]);
    return ways.find((way) => this.means(way, label)) ?? quoted(name);
  }

  private means(way: string, label: number): boolean {
    const { query } = parseQuery(way, this.names);
    return query.type === 'word' && query.labels.size === 1 && query.labels.has(label);
  }
}

/** Where the word before the caret may begin, the longest first; the search up to the caret is all there is. */
function wordStarts(before: string): number[] {
  const open = openQuote(before);
  if (open !== null) return [before.slice(0, open).endsWith('@label:') ? open - '@label:'.length : open];
  const starts = Array.from(
    before.matchAll(/(?:^|[\s(]|(?<=^|[\s(])-)(?=[^\s()-])/gu),
    (match) => match.index + match[0].length,
  );
  return starts.slice(-mostWords);
}

/** Offset of the quotation mark that is not closed yet. */
function openQuote(text: string): number | null {
  const marks = Array.from(text.matchAll(/(?<!\\)"/gu), ({ index }) => index);
  return marks.length % 2 === 1 ? (marks.at(-1) ?? null) : null;
}

function termsFor(word: string): Completion[] {
  return atKeys
    .map((key) => `@${key}${keysWithValue.has(key) ? `:${examples[key] ?? ''}` : ''}`)
    .filter((term) => term.startsWith(word) && term !== word)
    .map((term) => ({ insert: term, name: term, label: null }));
}

/** A name and every end of it that begins after a dot: what people begin to type. */
function partsOf(name: string): string[] {
  const parts = folded(name).split('.');
  return parts.map((_, at) => parts.slice(at).join('.'));
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/gu, '\\$&')}"`;
}

function quotedIfNeeded(name: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(name) ? name : quoted(name);
}
