// Lines and columns of offsets in a text.

export interface TextPosition {
  /** From 0. */
  readonly line: number;
  /** UTF-16 units from the line's begin, from 0. */
  readonly character: number;
}

/** Lines end as the editor's do. Splits the text up to the offset: cheap near its start. */
export function positionAt(text: string, offset: number): TextPosition {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
