// Vocabulary control: what people wrote as tags and called their folders, with spellings of one word brought together.
import { addToList } from '../addToList';
import { slipOf } from '../nearestName';

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
  temp template test tmp upload util vendor version web www`.split(/\s+/),
);
/** Shorter words of one letter's difference are mostly different words. */
const shortestSlip = 6;
/** A spelling is a slip of another where that one has so many times its documents. */
const slipShare = 3;
/** Most words that are proposed: a longer list nobody keeps in mind. */
export const mostProposed = 40;

/** Words in order of their documents, most first. Names without a letter (years, numbers) are no words. */
export function vocabulary(found: Iterable<FoundName>): VocabularyEntry[] {
  const words = new Map<string, FoundName[]>();
  for (const one of found) {
    const key = wordKey(one.name);
    if (/\p{L}/u.test(key)) addToList(words, key, { ...one, name: one.name.trim() });
  }
  const entries = withoutSlips([...words].map(([key, names]) => ({ key, names }))).map(entryOf);
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
export function wordKey(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s_-]+/u);
  return words
    .filter((word) => word !== '')
    .map(singular)
    .join(' ');
}

function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/u.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** A rare word that differs by one slip of the hand from a frequent one is taken as that. Numbers are never slips: `v1`, `v2`. */
function withoutSlips(words: readonly Word[]): Word[] {
  const byCount = [...words].sort((a, b) => documentsOf(b.names).length - documentsOf(a.names).length);
  const kept: Word[] = [];
  for (const word of byCount) {
    const count = documentsOf(word.names).length;
    const frequent = kept.filter((other) => documentsOf(other.names).length >= slipShare * count);
    const meant =
      word.key.length < shortestSlip || /\d/u.test(word.key)
        ? null
        : slipOf(
            word.key,
            frequent.map(({ key }) => key),
          );
    const at = kept.findIndex(({ key }) => key === meant);
    const other = kept[at];
    if (other) kept[at] = { key: other.key, names: [...other.names, ...word.names] };
    else kept.push(word);
  }
  return kept;
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
