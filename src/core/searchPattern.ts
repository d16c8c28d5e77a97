// What is typed into a search for words, as a regular expression.

/**
 * The words as they stand, white space too; between slashes (`/colou?rs?/`) a regular expression. Case counts only where the words have
 * capitals ("smart case"; in an expression those of escapes such as `\S` do not count). Throws SyntaxError where the expression is none.
 */
export function searchPattern(words: string): RegExp {
  const [, expression] = /^\/(.+)\/$/su.exec(words.trim()) ?? [];
  const letters = expression?.replace(/\\./gsu, '') ?? words;
  const flags = letters === letters.toLowerCase() ? 'gimu' : 'gmu';
  return new RegExp(expression ?? words.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'), flags);
}
