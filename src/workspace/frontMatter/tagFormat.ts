// What each language of front matter can do for tags. `content`: what stands between the fences.
import type { TextEdit } from '../types';
import type { WriteTagsOptions } from './tagChange';

export interface TagFormat {
  /** The edit that makes the tags part of the content; null where they are. Throws AppError `input-invalid`. */
  edit(
    content: string,
    tags: readonly string[],
    options: WriteTagsOptions & { readonly key: string },
    eol: string,
  ): TextEdit | null;
  /** What the content says; null where it cannot be read. */
  read(content: string, key: string): FrontMatterValues | null;
  /** Where the tags stand with their key and line, to leave them out; null where there are none. */
  place(content: string, key: string): { readonly start: number; readonly end: number } | null;
}

export interface FrontMatterValues {
  /** The tags; null where there are none, or no list of texts. */
  readonly tags: readonly string[] | null;
  /** All the rest as one string, to compare. */
  readonly others: string;
}
