// The filter box: what a user may write in it, and which documents and tags it lets through.
import { allTags, withParts } from './parts';
import type { TreeDocument, TreeLabel } from './treeTypes';

export interface Filter {
  /** Free words, lower case; each has to be in the title or in the name of a tag. */
  readonly words: readonly string[];
  /** Parts of label names, lower case (`@label:`); a tag has to hold one of them. */
  readonly labels: readonly string[];
  /** Lowest score of a tag that counts (`@score:`), 0 to 1. */
  readonly minScore: number;
  readonly stale: boolean;
  readonly skipped: boolean;
  /** Only documents that nothing fits (`@none`). */
  readonly none: boolean;
}

export const noFilter: Filter = { words: [], labels: [], minScore: 0, stale: false, skipped: false, none: false };

const token = /@(?<key>[a-z]+)(?::(?:"(?<quoted>[^"]*)"?|(?<value>\S*)))?|"(?<phrase>[^"]*)"?|(?<word>\S+)/giu;

/**
 * Reads the filter box: `release @label:planning @score:.6 @stale @skipped @none`; quotes hold words together.
 * What is not understood (also a word that begins with @ by chance) is searched for as text.
 */
export function parseFilter(text: string): Filter {
  const words: string[] = [];
  const labels: string[] = [];
  let { minScore, stale, skipped, none } = noFilter;
  for (const match of text.matchAll(token)) {
    const groups = match.groups ?? {};
    const value = groups['quoted'] ?? groups['value'];
    switch (groups['key']?.toLowerCase()) {
      case 'stale':
        stale = true;
        break;
      case 'skipped':
        skipped = true;
        break;
      case 'none':
        none = true;
        break;
      case 'label':
        if (value) labels.push(value.toLowerCase());
        break;
      case 'score': {
        const score = Number((value ?? '').replace(/^>?=?/u, '') || 'NaN');
        if (score >= 0 && score <= 1) minScore = score;
        break;
      }
      default: {
        const word = groups['phrase'] ?? groups['word'] ?? match[0];
        if (word !== '') words.push(word.toLowerCase());
      }
    }
  }
  return { words, labels, minScore, stale, skipped, none };
}

/** The text with a switch such as `@stale` put in or taken out. */
export function toggleSwitch(text: string, name: 'stale' | 'skipped' | 'none'): string {
  const pattern = new RegExp(`(^|\\s)@${name}(?=\\s|$)`, 'giu');
  if (pattern.test(text)) return text.replace(pattern, '').trim();
  return `${text.trim()} @${name}`.trim();
}

export function isEmptyFilter(filter: Filter): boolean {
  const { words, labels, minScore, stale, skipped, none } = filter;
  return words.length === 0 && labels.length === 0 && minScore === 0 && !stale && !skipped && !none;
}

/** A filter made ready for one set of labels, so that a keypress costs no label comparison per document. */
export class FilterTest {
  /** For each label: is it let through by `@label:`? */
  private readonly allowed: Uint8Array;
  /** For each word, for each label: does the name hold the word? */
  private readonly named: readonly Uint8Array[];

  constructor(
    private readonly filter: Filter,
    labels: readonly TreeLabel[],
  ) {
    const names = labels.map((label) => label.name.toLowerCase());
    this.allowed = Uint8Array.from(names, (name) =>
      Number(filter.labels.length === 0 || filter.labels.some((part) => name.includes(part))),
    );
    this.named = filter.words.map((word) => Uint8Array.from(names, (name) => Number(name.includes(word))));
  }

  /** Whether a document is shown where documents stand by themselves. `title` is its title in lower case. */
  document(document: TreeDocument, title: string): boolean {
    const { words, labels, minScore } = this.filter;
    if (!this.switches(document)) return false;
    const needsTag = labels.length > 0 || minScore > 0;
    if (needsTag && !allTags(document).some(({ label, score }) => this.tag(label, score))) return false;
    return words.every((word, index) => title.includes(word) || this.anyNamed(document, index));
  }

  /** Whether a document is shown under one of its tags. */
  underTag(document: TreeDocument, title: string, label: number, score: number): boolean {
    const { words } = this.filter;
    if (!this.tag(label, score) || !this.switches(document)) return false;
    for (let index = 0; index < words.length; index++) {
      if (this.named[index]?.[label] !== 1 && !title.includes(words[index] ?? '')) return false;
    }
    return true;
  }

  private anyNamed(document: TreeDocument, word: number): boolean {
    return allTags(document).some((tag) => this.named[word]?.[tag.label] === 1);
  }

  private tag(label: number, score: number): boolean {
    return score >= this.filter.minScore && this.allowed[label] === 1;
  }

  private switches(document: TreeDocument): boolean {
    const { stale, skipped, none } = this.filter;
    if (!stale && !skipped && !none) return true;
    return withParts(document).some((one) => {
      const isSkipped = one.skipped !== undefined;
      return (stale && one.stale) || (skipped && isSkipped) || (none && !isSkipped && one.tags.length === 0);
    });
  }
}
