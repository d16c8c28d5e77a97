// Vocabulary control: what people wrote as tags and called their folders, with spellings of one word brought together.
import { addToList } from '../addToList';
import { limits } from '../labelSetProblems';
import { slipOf } from '../nearestName';
import type { Slices } from '../slices';

export type NameSource = 'front matter' | 'folder';

/** A name as it was found at one document. */
export interface FoundName {
  readonly name: string;
  readonly source: NameSource;
  /** Any string that is the document's alone. */
  readonly document: string;
}

/** A word that may become a label. */
export interface VocabularyEntry {
  /** The spelling that most documents have; of equals one that is a tag. */
  readonly name: string;
  /** The others, those of most documents first. */
  readonly variants: readonly string[];
  readonly sources: readonly NameSource[];
  /** Documents that carry it in any spelling, or lie in a folder of that name; each once, in the order found. */
  readonly documents: readonly string[];
  /** It is worth being a label as far as counts and words tell: more than one document has it, and it says something. */
  readonly proposed: boolean;
}

/** Folders of these names say how a project is kept, not what its documents are about. */
const plainFolders = new Set(
  `archive asset attachment backup bin build cache code common content data dist doc document draft example file fixture image img inbox
  index lib main media misc new node modules note old other out output page private public resource sample script shared source src static
  temp template test tmp upload util vendor version web www`
    .split(/\s+/)
    .map(singular),
);
/** Shorter words of one letter's difference are mostly different words. */
const shortestSlip = 6;
/** A spelling is a slip of another where that one has so many times its documents. */
const slipShare = 3;
/** Most frequent words that others are compared with, so that folders with thousands of names cost no more. */
const mostCompared = 100;
/** Most words that are proposed: a longer list nobody keeps in mind. */
export const mostProposed = 40;

/**
 * Words in order of their documents, most first. Names without a letter (years, numbers) are no words, nor are those
 * that are too long for a label.
 */
export function* vocabulary(found: Iterable<FoundName>): Slices<VocabularyEntry[]> {
  const words = new Map<string, FoundName[]>();
  for (const one of found) {
    yield;
    const key = wordKey(one.name);
    if (/\p{L}/u.test(key) && one.name.length <= limits.nameLength)
      addToList(words, key, { ...one, name: one.name.trim() });
  }
  const entries: VocabularyEntry[] = [];
  for (const word of yield* withoutSlips([...words].map(([key, names]) => ({ key, names })))) {
    yield;
    entries.push(entryOf(word));
  }
  entries.sort((a, b) => b.documents.length - a.documents.length || inOrder(a.name, b.name));
  let proposed = 0;
  return entries.map((entry) => {
    const wanted = entry.proposed && proposed < mostProposed;
    if (wanted) proposed++;
    return { ...entry, proposed: wanted };
  });
}

interface Word {
  readonly key: string;
  readonly names: readonly FoundName[];
}

/** Equal for spellings of one word: capitals, `-`, `_` and spaces, English plurals. */
function wordKey(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s_-]+/u);
  return words
    .filter((word) => word !== '')
    .map(singular)
    .join(' ');
}

/**
 * One key for a word and its plural, which need not be a word. From `…ses` on its own nobody can tell `release` from `gas`: so the `e` goes
 * from the singular, too.
 */
function singular(word: string): string {
  if (word.length < 4 || word === 'news' || /(?:ss|us|is)$/u.test(word)) return word;
  if (/ies?$/u.test(word)) return word.replace(/ies?$/u, 'y');
  if (/(?:s|x|z|ch|sh)es?$/u.test(word)) return word.replace(/es?$/u, '');
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** A rare word that differs by one slip of the hand from a frequent one is taken as that. Numbers are never slips: `v1`, `v2`. */
function* withoutSlips(words: readonly Word[]): Slices<Word[]> {
  const counts = new Map(words.map((word) => [word, documentsOf(word.names).length]));
  const countOf = (word: Word) => counts.get(word) ?? 0;
  const byCount = [...words].sort((a, b) => countOf(b) - countOf(a));
  const frequent = byCount.slice(0, mostCompared);
  const slips = new Map<Word, Word>();
  for (const word of byCount) {
    yield;
    if (word.key.length < shortestSlip || /\d/u.test(word.key)) continue;
    const meant = frequent.find(
      (other) =>
        !slips.has(other) &&
        countOf(other) >= slipShare * countOf(word) &&
        Math.abs(other.key.length - word.key.length) <= 1 &&
        slipOf(word.key, [other.key]) !== null,
    );
    if (meant) slips.set(word, meant);
  }
  const merged = new Map<Word, Word[]>();
  for (const word of byCount) addToList(merged, slips.get(word) ?? word, word);
  return Array.from(merged, ([word, spellings]) => ({ ...word, names: spellings.flatMap(({ names }) => names) }));
}

function entryOf({ key, names }: Word): VocabularyEntry {
  const spellings = new Map<string, FoundName[]>();
  for (const one of names) addToList(spellings, one.name, one);
  const [name = '', ...variants] = [...spellings]
    .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || tagged(ofB) - tagged(ofA) || (a < b ? -1 : 1))
    .map(([spelling]) => spelling);
  const sources = (['front matter', 'folder'] as const).filter((source) => names.some((one) => one.source === source));
  const documents = documentsOf(names);
  const plain = !sources.includes('front matter') && key.split(' ').every((word) => plainFolders.has(word));
  return { name, variants, sources, documents, proposed: documents.length > 1 && !plain };
}

/** Capitals aside. */
function inOrder(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function tagged(names: readonly FoundName[]): number {
  return Number(names.some(({ source }) => source === 'front matter'));
}

function documentsOf(names: readonly FoundName[]): string[] {
  return [...new Set(names.map(({ document }) => document))];
}
