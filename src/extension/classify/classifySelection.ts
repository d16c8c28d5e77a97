// "Classify Selection": every selection of the active editor is one document.
import * as vscode from 'vscode';
import type { Reporter } from '../host/report';
import { nothingToClassify, type TextClassifier } from './classify';
import { selectedTexts } from './editorTexts';
import { notTagged } from './notTagged';

export async function classifySelection(classifier: TextClassifier, reporter: Reporter): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    reporter.notice(vscode.l10n.t('No text editor is active. Open a document and select some of its text.'));
    return;
  }
  const skips = await classifier.classify(vscode.l10n.t('Classifying the selection'), () => selectedTexts(editor));
  if (skips === null) reporter.notice(nothingToClassify());
  else if (skips.length > 0) reporter.notice(notTagged(skips));
}
