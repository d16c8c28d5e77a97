// A question with a search behind it: `how are invoices paid @label:finance @path:notes/`.
import { atKeys, keysWithValue } from './tokens';

export interface AskedQuestion {
  readonly question: string;
  /** A search (parseQuery) that says in which documents; empty: in all. */
  readonly filter: string;
}

const terms = atKeys.map((key) => `${key}${keysWithValue.has(key) ? ':' : '(?=\\s|\\)|$)'}`).join('|');
const firstTerm = new RegExp(`(?:^|\\s)-?\\(*-?@(?:${terms})`, 'iu');

/** The search begins with its first term of the form `@label:…`: words of a question never do. */
export function splitQuestion(text: string): AskedQuestion {
  const { index = text.length } = firstTerm.exec(text) ?? {};
  return { question: text.slice(0, index).trim(), filter: text.slice(index).trim() };
}
