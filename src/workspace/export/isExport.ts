// Knows the files that GLiTag itself wrote tags into, by how they begin: they are no documents to tag. The same for files of the
// extension and of the command line, whoever made them and wherever they were copied.
import { csvHeads, jsonBegins, markdownHead, sarifHead } from './heads';

/** Characters that are looked at: a path may be long. */
const beginning = 20_000;

export function isExport(text: string): boolean {
  // Git and editors may have made other line ends of them.
  const begin = text.slice(0, beginning).replaceAll('\r\n', '\n');
  return (
    [markdownHead, sarifHead, ...csvHeads].some((head) => begin.startsWith(head)) ||
    jsonBegins.some((one) => one.test(begin))
  );
}
