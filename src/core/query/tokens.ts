// Cuts a search into its words, operators and @ terms. Nothing is an error: what is not finished yet is left out.
import { folded, isKeyword, type LabelNames } from './labelNames';

export type Token =
  | { readonly type: 'and' | 'or' | 'not' | '(' | ')' }
  /** `labels`: those the text was recognised as while cutting; null where it has still to be looked up. */
  | { readonly type: 'word'; readonly text: string; readonly labels: ReadonlySet<number> | null }
  | { readonly type: 'at'; readonly key: AtKey; readonly value: string };

export const atKeys = ['label', 'path', 'given', 'score', 'stale', 'skipped', 'none'] as const;

/** `@label:bug`, `@path:notes/`, `@given:todo`, `@score:.6`, `@stale`, `@skipped`, `@none`. */
export type AtKey = (typeof atKeys)[number];

/** Keys that say nothing without a value. */
export const keysWithValue: ReadonlySet<AtKey> = new Set(['label', 'path', 'given', 'score']);

/** A quoted text; the closing quotation mark may not have been typed yet. */
const quoted = /"((?:[^"\\]|\\(?:.|$))*)(?:"|$)/suy;
const plain = /[^\s()"]+/suy;
const at = /@([a-z]*)(:?)/suy;

/**
 * `text` is folded first. A label's name is recognised as one word wherever a word may begin, the longest that fits; keywords
 * inside such a name are part of it.
 */
export function tokensOf(text: string, names: LabelNames): Token[] {
  return new Cutter(folded(text), names).cut();
}

class Cutter {
  private readonly tokens: Token[] = [];
  private index = 0;

  constructor(
    private readonly text: string,
    private readonly names: LabelNames,
  ) {}

  cut(): Token[] {
    while (this.index < this.text.length) this.step();
    return this.tokens;
  }

  private step(): void {
    const { text, index } = this;
    const char = text.charAt(index);
    if (char === ' ') this.index++;
    else if (this.name()) return;
    else if (char === '(' || char === ')') {
      this.index++;
      this.tokens.push({ type: char });
    } else if (char === '-' && /[^\s()-]|\(/u.test(text.charAt(index + 1))) {
      this.index++;
      this.tokens.push({ type: 'not' });
    } else if (char !== '@' || !this.atTerm()) this.word(this.value());
  }

  /** A label's name at this place. */
  private name(): boolean {
    const fit = this.names.longestAt(this.text, this.index);
    if (!fit) return false;
    this.index += fit.text.length;
    this.tokens.push({ type: 'word', text: fit.text, labels: fit.labels });
    return true;
  }

  /** False where it is no term of the language, but a text that begins with @. */
  private atTerm(): boolean {
    const [all = '', name = '', colon = ''] = this.match(at) ?? [];
    const end = this.index + all.length;
    const key = atKeys.find((one) => one === name);
    const wantsValue = key !== undefined && keysWithValue.has(key);
    if (key === undefined || wantsValue !== (colon === ':')) {
      // The beginning of a term, at the end of the search: it is just being typed.
      const unfinished = end === this.text.length && colon === '' && atKeys.some((one) => one.startsWith(name));
      if (unfinished) this.index = end;
      return unfinished;
    }
    this.index = end;
    const fit = key === 'label' ? this.names.longestAt(this.text, end) : null;
    if (fit) this.index += fit.text.length;
    const value = fit?.text ?? (wantsValue ? this.value() : '');
    if (value !== '' || !wantsValue) this.tokens.push({ type: 'at', key, value });
    return true;
  }

  private value(): string {
    const [all, inner] = this.match(quoted) ?? [];
    if (all !== undefined) {
      this.index += all.length;
      return (inner ?? '').replace(/\\(.)/gsu, '$1').trim();
    }
    const [word = ''] = this.match(plain) ?? [];
    this.index += word.length;
    return word;
  }

  private word(text: string): void {
    const wasQuoted = this.text.charAt(this.index - 1) === '"';
    if (!wasQuoted && isKeyword(text)) this.tokens.push({ type: text as 'and' | 'or' | 'not' });
    else if (text !== '' && text !== '-') this.tokens.push({ type: 'word', text, labels: null });
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.index;
    return pattern.exec(this.text);
  }
}
