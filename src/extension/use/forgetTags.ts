// "Delete Stored Tags": empties the index of this workspace and the view.
import * as vscode from 'vscode';
import type { Reporter } from '../host/report';
import type { MemoryHome } from '../results/memoryHome';
import type { IndexFile } from '../workspace/indexFile';

export async function forgetTags(file: IndexFile, memory: MemoryHome, reporter: Reporter): Promise<void> {
  const yes = await reporter.confirm(
    vscode.l10n.t('Delete the stored tags of this workspace?'),
    vscode.l10n.t(
      'Your documents stay as they are, and so do your decisions on tags. The next run classifies all documents again.',
    ),
    vscode.l10n.t('Delete'),
  );
  if (!yes) return;
  memory.clear();
  await file.forget();
}
