// Which labels the words of a search stand for: whole names and their parts, spaces, dots and all.
import { addToList } from '../addToList';

/** A whole name, or a part of one between dots: `topic.bug report`, `bug report`, `topic`. Lower case. */
interface Fit {
  readonly text: string;
  readonly labels: ReadonlySet<number>;
}

/** Words of the language; a label of one such word has to be quoted. */
const keywords: ReadonlySet<string> = new Set(['and', 'or', 'not']);

export function isKeyword(word: string): boolean {
  return keywords.has(word.toLowerCase());
}

/** Lower case, white space folded: how names and searches are compared. */
export function folded(text: string): string {
  return text.toLowerCase().replace(/\s+/gu, ' ');
}

export class LabelNames {
  private readonly names: readonly string[];
  private readonly fits = new Map<string, Set<number>>();
  /** By first character, longest first. */
  private readonly byStart = new Map<string, Fit[]>();

  /** `names`: full label names in dot notation, in the order that gives labels their numbers. */
  constructor(names: readonly string[]) {
    this.names = names.map((name) => folded(name.trim()));
    for (const [label, name] of this.names.entries()) {
      const parts = name.split('.');
      for (let first = 0; first < parts.length; first++)
        for (let end = first + 1; end <= parts.length; end++) this.add(parts.slice(first, end).join('.'), label);
    }
    for (const [text, labels] of this.fits) {
      addToList(this.byStart, text.charAt(0), { text, labels });
    }
    for (const fits of this.byStart.values()) fits.sort((a, b) => b.text.length - a.text.length);
  }

  /** The labels that are called so, wholly or by whole parts; where there are none, those whose name holds the text. `text` is folded. */
  of(text: string): ReadonlySet<number> {
    return this.fits.get(text) ?? this.holding(text);
  }

  /** Whether a label, or a parent of labels, is called so. `text` is folded. */
  isName(text: string): boolean {
    return this.fits.has(text);
  }

  /** The longest name, or whole part of one, that stands in `text` (folded) at `at` and ends where a word ends. */
  longestAt(text: string, at: number): Fit | null {
    const fits = this.byStart.get(text.charAt(at)) ?? [];
    return (
      fits.find((fit) => {
        const after = text.charAt(at + fit.text.length);
        return text.startsWith(fit.text, at) && /^[\s()]?$/u.test(after) && !isKeyword(fit.text);
      }) ?? null
    );
  }

  private holding(text: string): ReadonlySet<number> {
    return new Set(this.names.flatMap((name, label) => (name.includes(text) ? [label] : [])));
  }

  private add(text: string, label: number): void {
    if (text === '') return;
    const labels = this.fits.get(text);
    if (labels) labels.add(label);
    else this.fits.set(text, new Set([label]));
  }
}
