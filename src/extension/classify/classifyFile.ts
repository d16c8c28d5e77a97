// "Classify File": the files picked in the explorer, or the document of the active editor.
import * as vscode from 'vscode';
import { refusalText } from '../../workspace/find/skipReasons';
import type { Skip } from '../../workspace/types';
import type { JobHandle } from '../host/activity';
import type { Reporter } from '../host/report';
import { isWorkspaceFile, nameOf } from '../results/documentNames';
import { nothingToClassify, type TextClassifier, type Wanted } from './classify';
import { wholeDocument } from './editorTexts';
import { notTagged } from './notTagged';

/** A file that could not even be opened. */
type Unread = Pick<Skip, 'path' | 'reason' | 'detail'>;

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
  const unread: Unread[] = [];
  const skips = await classifier.classify(vscode.l10n.t('Classifying files'), (job) =>
    wanted.length === 0 && active ? wholeDocument(active) : read(wanted, job, unread),
  );
  const untagged = [...unread, ...(skips ?? [])];
  if (untagged.length > 0) reporter.notice(notTagged(untagged));
  else if (skips === null) reporter.notice(nothingToClassify());
}

async function read(uris: readonly vscode.Uri[], job: JobHandle, unread: Unread[]): Promise<Wanted> {
  const found: Wanted[] = [];
  for (const uri of uris) {
    if (job.signal.aborted) break;
    try {
      if (isWorkspaceFile(uri)) {
        await vscode.workspace.fs.stat(uri);
        found.push({ texts: [], files: [uri] });
      }
      // The editor's own loading: its encoding, and unsaved text where the file is open.
      else found.push(await wholeDocument(await vscode.workspace.openTextDocument(uri)));
    } catch (error) {
      // Binary, gone, or larger than the editor takes: told together, by name, when all are read.
      unread.push({ path: nameOf(uri).title, reason: 'unreadable', detail: refusalText(error) });
    }
  }
  return { texts: found.flatMap(({ texts }) => texts), files: found.flatMap(({ files }) => files) };
}
