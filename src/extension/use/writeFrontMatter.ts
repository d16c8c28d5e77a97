// "Write Tags into Front Matter": shows the change in a diff, asks, and writes it as an edit that can be undone.
import * as vscode from 'vscode';
import { nameOf } from '../results/documentNames';
import { frontMatterChange } from './frontMatterChange';
import { writeManyFrontMatter, type ManyParts } from './writeManyFrontMatter';

const previewScheme = 'glitag-preview';

/** Serves the right-hand side of the diff. One preview at a time. */
export class FrontMatterWriter implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;
  private preview = '';

  constructor(private readonly parts: ManyParts) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, this);
  }

  provideTextDocumentContent(): string {
    return this.preview;
  }

  /** The explorer passes the item under the cursor and all that are selected. Throws AppError. */
  async write(uri?: vscode.Uri, uris: readonly vscode.Uri[] = []): Promise<void> {
    const places = uri && uris.length === 0 ? [uri] : uris;
    const [first] = places;
    if (places.length > 1 || (first && !(await isFile(first)))) await writeManyFrontMatter(this.parts, places);
    else await this.writeOne(first);
  }

  /** All tagged Markdown documents. Throws AppError. */
  async writeAll(): Promise<void> {
    await writeManyFrontMatter(this.parts, null);
  }

  /** Of all Markdown documents the tags that people accepted and added. Throws AppError. */
  async writeAccepted(): Promise<void> {
    await writeManyFrontMatter(this.parts, null, 'accepted');
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async writeOne(uri: vscode.Uri | undefined): Promise<void> {
    const { results, labelSets, config, reporter } = this.parts;
    const target = uri ?? vscode.window.activeTextEditor?.document.uri;
    if (!target) {
      reporter.notice(vscode.l10n.t('Open the Markdown document that the tags are to be written into.'));
      return;
    }
    const document = await vscode.workspace.openTextDocument(target);
    const tags = results.tagsOf(target);
    const { title } = nameOf(target);
    if (!tags && results.fileParts(target.toString()).length > 0) {
      const message = vscode.l10n.t('“{0}” is read in parts (glitag.split), so it has no tags of its own.', title);
      reporter.notice(message);
      return;
    }
    if (!tags) {
      const classify = { title: vscode.l10n.t('Classify File'), id: 'glitag.classifyFile' as const };
      reporter.notice(vscode.l10n.t('“{0}” has not been tagged with this label set yet.', title), classify);
      return;
    }
    const text = document.getText();
    const { tags: names, edit: change } = frontMatterChange(text, tags, labelSets.active(), config);
    if (!change) {
      const message =
        names.length === 0
          ? vscode.l10n.t('No label fits “{0}”, so there are no tags to write.', title)
          : vscode.l10n.t('The front matter of “{0}” holds these tags already.', title);
      reporter.notice(message);
      return;
    }
    const { version } = document;
    this.preview = text.slice(0, change.start) + change.newText + text.slice(change.end);
    if (!(await this.confirmed(target, title, names.length))) return;
    if (document.version !== version) {
      reporter.notice(vscode.l10n.t('“{0}” was edited meanwhile; nothing was written. Run the command again.', title));
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
    edit.replace(target, range, change.newText);
    if (!(await vscode.workspace.applyEdit(edit)))
      reporter.notice(vscode.l10n.t('“{0}” could not be changed; it may be read-only. Nothing was written.', title));
  }

  /** The diff stays readable while the question is open: a modal dialog would lock it. */
  private async confirmed(target: vscode.Uri, title: string, count: number): Promise<boolean> {
    const preview = vscode.Uri.from({ scheme: previewScheme, path: target.path, query: String(Date.now()) });
    const name = vscode.l10n.t('{0}: tags in front matter (preview)', title);
    await vscode.commands.executeCommand('vscode.diff', target, preview, name, { preview: true });
    const yes = count === 1 ? vscode.l10n.t('Write 1 tag') : vscode.l10n.t('Write {0} tags', count);
    const picked = await vscode.window.showQuickPick(
      [
        { label: yes, iconPath: new vscode.ThemeIcon('check'), write: true },
        { label: vscode.l10n.t('Leave the document as it is'), iconPath: new vscode.ThemeIcon('close'), write: false },
      ],
      { title: name, ignoreFocusOut: true },
    );
    await closePreview(preview);
    return picked?.write === true;
  }
}

/** Untitled documents are none that can be looked at, and no folders. */
async function isFile(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return true;
  const { type } = await vscode.workspace.fs.stat(uri);
  return (type & vscode.FileType.Directory) === 0;
}

async function closePreview(preview: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === preview.toString(),
    );
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}
