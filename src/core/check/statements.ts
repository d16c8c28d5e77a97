// The statements of a document: one a line.

/** What may stand before a statement that is an item of a list: a bullet, a number, a box to tick. */
const itemMark = /^(?:[-*+•]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/u;

/** Markdown's headings are no statements, nor are its rules and fences. */
const noStatement = /^(?:#{1,6}\s|(?:[-*_=`~]\s*){3,}$)/u;

/** In order, each once, without marks of lists; blank lines and headings are left out. */
export function statementsOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/u).map((line) => line.trim());
  const statements = lines.filter((line) => !noStatement.test(line)).map((line) => line.replace(itemMark, ''));
  return [...new Set(statements)].filter((statement) => statement !== '');
}
