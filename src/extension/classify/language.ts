// Guesses that a text is not English, and what it is instead. Free of `vscode`. docs/LANGUAGE.md says how the numbers were found.

export interface Foreign {
  /** The language's English name; null where the text is too short to tell it from its relatives. */
  readonly language: string | null;
}

/** Characters that are read: more of them bring in names and code. */
const readLength = 800;
const fewestLetters = 60;
/** Of what is not white space. Less is data or code, whose letters tell nothing. */
const letterShare = 0.6;
/** From here on a small lead over English can be trusted. */
const longLength = 400;
/** From here on the best guess can be trusted by its name. */
const namedLength = 600;
/** English must score this much below the best guess. */
const longMargin = 0.98;
const shortMargin = 0.9;

/** A hundred kilobytes of trigrams: loaded when the first text was tagged. */
const load = async () => (await import('franc-min')).francAll;

/** Null where the text looks English, or does not say enough. */
export async function foreignLanguage(text: string): Promise<Foreign | null> {
  const read = text.slice(0, readLength);
  const letters = read.match(/\p{L}/gu)?.length ?? 0;
  // A Chinese or Japanese sentence has few.
  if (letters < fewestLetters && !/\p{Script=Han}|\p{Script=Hiragana}/u.test(read)) return null;
  if (letters < letterShare * read.replace(/\s/g, '').length) return null;
  const francAll = await load();
  const guesses = francAll(read);
  const [best] = guesses;
  const margin = read.length < longLength ? shortMargin : longMargin;
  const english = guesses.find(([code]) => code === 'eng')?.[1] ?? 0;
  if (!best || best[0] === 'und' || english >= margin * best[1]) return null;
  if (read.length < namedLength) return { language: null };
  return { language: new Intl.DisplayNames('en', { type: 'language' }).of(best[0]) ?? best[0] };
}
