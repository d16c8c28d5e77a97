// Opens the passage of an answer where it is by now, with all of the answer's passages in that document marked.
import * as vscode from 'vscode';
import { openPlace } from '../editor/openPlace';
import type { PassageMarks } from '../editor/passageMarks';
import type { Reporter } from '../host/report';
import { findPassage } from '../results/anchor';
import { nameOf } from '../results/documentNames';
import { documentAt } from '../results/openDocument';
import type { AnswerNode } from './answerNode';

/** `node`: the row of a passage. */
export async function openPassage(
  node: AnswerNode,
  toSide: boolean,
  marks: PassageMarks,
  reporter: Reporter,
): Promise<void> {
  const { row, root } = node;
  if (row.type !== 'passage' || root.row.type !== 'answer') return;
  const { uri, text, start } = row.passage;
  const document = await documentAt(uri);
  if (!document) {
    reporter.notice(vscode.l10n.t('“{0}” is not there any more.', nameOf(uri).title));
    return;
  }
  const now = document.getText();
  const span = findPassage(now, text, start);
  await openPlace({ uri, span }, toSide);
  const inDocument = root.passages().filter((passage) => passage.uri.toString() === uri.toString());
  marks.mark(
    uri,
    root.row.answer.title,
    inDocument.flatMap((passage) => findPassage(now, passage.text, passage.start) ?? []),
  );
  if (!span) {
    const gone = vscode.l10n.t('“{0}” has changed: the passage is not in it any more.', nameOf(uri).title);
    reporter.notice(gone, { title: vscode.l10n.t('Ask Again'), id: 'glitag.askAgain' });
  }
}
