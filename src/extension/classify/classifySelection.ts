// "Classify Selection": every selection of the active editor is one document.
import * as vscode from 'vscode';
import type { Reporter } from '../host/report';
import { nothingToClassify, type TextClassifier } from './classify';
import { selectedTexts } from './editorTexts';

export async function classifySelection(classifier: TextClassifier, reporter: Reporter): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    reporter.notice(vscode.l10n.t('No text editor is active. Open a document and select some of its text.'));
    return;
  }
  const found = await classifier.classify(vscode.l10n.t('Classifying the selection'), () => selectedTexts(editor));
  if (!found) reporter.notice(nothingToClassify());
}
