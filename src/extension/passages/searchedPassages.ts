// What a search for words finds: the passages around the hits, as many as a model reads in a moment. Free of `vscode`.
import { hitPassages } from '../../core/hitPassages';
import type { PassageSource } from '../../shared/passages/rankPassages';
import { Breather } from '../../workspace/flow/breather';
import { matchesOf } from './matchesOf';

/** Passages that the model reads: some seconds with the embedded one. */
export const mostPassages = 400;

/** A whole document. */
export interface SearchedText extends Pick<PassageSource, 'id' | 'text'> {
  /** As messages call it. */
  readonly name: string;
  readonly isMarkdown: boolean;
}

export interface Searched {
  /** Texts are whole documents; only what is `within` is to be read. */
  readonly sources: readonly PassageSource[];
  /** Passages with hits. */
  readonly passages: number;
  /** There would have been more. */
  readonly cut: boolean;
}

/** In the order of the documents, which are asked for no further than needed. Throws AppError input-invalid: see matchesOf. */
export async function searchedPassages(pattern: RegExp, documents: AsyncIterable<SearchedText>): Promise<Searched> {
  const sources: PassageSource[] = [];
  let passages = 0;
  const breather = new Breather();
  for await (const document of documents) {
    if (breather.due) await breather.pause();
    const room = mostPassages - passages;
    const { id, name, text, isMarkdown } = document;
    const found = hitPassages(matchesOf(pattern, text, name), text, isMarkdown);
    const within = found.slice(0, room);
    if (within.length > 0) sources.push({ id, text, isMarkdown, within });
    passages += within.length;
    if (found.length > room) return { sources, passages, cut: true };
  }
  return { sources, passages, cut: false };
}
