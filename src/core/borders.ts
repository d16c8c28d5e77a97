// Strengths of the borders between segments of a text; a higher number is a better place to cut. `cut` is inside a word.

export const borders = { cut: 0, word: 1, sentence: 2, line: 3, paragraph: 4, section: 5 } as const;

export type Border = (typeof borders)[keyof typeof borders];

/** A place where a segment begins, and how strong the border before it is. */
export interface BorderMark {
  /** UTF-16 offset. */
  readonly start: number;
  readonly border: Border;
}
