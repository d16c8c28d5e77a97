// Where a code file may be cut into chunks: at its functions, classes and members, as the editor's language support knows them.
import * as vscode from 'vscode';
import { within } from '../host/within';

/** Language servers that are still starting may take minutes; the text's own structure does then. */
const symbolDeadlineMs = 1500;

/** Prose has headings and paragraphs, which the chunker finds by itself; symbols of Markdown are only its headings. */
const proseLanguages = new Set(['markdown', 'plaintext', 'log', 'restructuredtext', 'latex']);

/** Levels of nesting that make good cuts: namespace or class, then its members. */
const maxDepth = 2;

/**
 * UTF-16 offsets of the lines on which symbols begin, ascending; empty without language support, or if it is late. A language
 * server that fails is not this extension's to report.
 */
export async function symbolBreaks(document: vscode.TextDocument): Promise<number[]> {
  if (proseLanguages.has(document.languageId)) return [];
  const symbols = await within(
    vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    ),
    symbolDeadlineMs,
  );
  const lines = new Set<number>();
  collect(symbols ?? [], 1, lines);
  return [...lines].sort((a, b) => a - b).map((line) => document.offsetAt(new vscode.Position(line, 0)));
}

function collect(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
  depth: number,
  lines: Set<number>,
): void {
  for (const symbol of symbols) {
    if ('location' in symbol) lines.add(symbol.location.range.start.line);
    else {
      lines.add(symbol.range.start.line);
      if (depth < maxDepth) collect(symbol.children, depth + 1, lines);
    }
  }
}
