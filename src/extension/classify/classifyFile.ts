// "Classify File": the files picked in the explorer, or the document of the active editor.
import * as vscode from 'vscode';
import type { JobHandle } from '../host/activity';
import type { Reporter } from '../host/report';
import { nothingToClassify, type TextClassifier } from './classify';
import { wholeDocument, type SourceText } from './editorTexts';

/** The explorer passes the item under the cursor and all that are selected; the palette and keys pass nothing. */
export async function classifyFile(
  classifier: TextClassifier,
  reporter: Reporter,
  uri?: vscode.Uri,
  uris?: readonly vscode.Uri[],
): Promise<void> {
  const active = vscode.window.activeTextEditor?.document;
  const wanted = uris && uris.length > 0 ? [...uris] : uri ? [uri] : [];
  if (wanted.length === 0 && !active) {
    reporter.notice(vscode.l10n.t('No file to classify. Open one, or pick it in the explorer.'));
    return;
  }
  const unreadable: string[] = [];
  const found = await classifier.classify(vscode.l10n.t('Classifying files'), async (job) =>
    wanted.length === 0 && active ? wholeDocument(active) : read(wanted, job, unreadable),
  );
  if (unreadable.length > 0) reporter.notice(vscode.l10n.t('Not read as text: {0}', unreadable.join(', ')));
  else if (!found) reporter.notice(nothingToClassify());
}

async function read(uris: readonly vscode.Uri[], job: JobHandle, unreadable: string[]): Promise<SourceText[]> {
  const texts: SourceText[] = [];
  for (const uri of uris) {
    if (job.signal.aborted) break;
    try {
      // The editor's own loading: its encoding, and unsaved text where the file is open.
      texts.push(...(await wholeDocument(await vscode.workspace.openTextDocument(uri))));
    } catch {
      // Binary, gone, a folder, or larger than the editor takes: told together, by name, when all are read.
      unreadable.push(uri.path.split('/').at(-1) ?? uri.toString());
    }
  }
  return texts;
}
