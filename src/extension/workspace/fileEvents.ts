// Keeps the index right while files of the workspace are saved, edited, renamed or deleted in the editor.
import * as vscode from 'vscode';
import type { DocumentPlace } from '../../workspace/types';
import type { Config } from '../settings/config';
import type { Reporter } from '../host/report';
import type { IndexHome } from '../results/indexHome';
import type { Decisions } from '../review/decisions';
import type { IndexFile } from './indexFile';
import type { Runs } from './runs';

/** Typing pauses longer than this let a document's hash be compared. */
const editPauseMs = 400;

export class FileEvents implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly index: IndexHome,
    private readonly file: IndexFile,
    private readonly runs: Runs,
    private readonly decisions: Decisions,
    private readonly config: Config,
    private readonly reporter: Reporter,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.guard(() => this.saved(document));
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.index.has(document.uri.toString())) this.edited(document);
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        this.guard(() => this.renamed(files));
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        this.guard(() => {
          this.deleted(files);
        });
      }),
    ];
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const uri = document.uri.toString();
    if (!this.index.has(uri) && !this.index.isTagged(uri)) return;
    // Parts of a file are compared when the watcher tells of it.
    if (this.index.has(uri)) this.index.markSaved(document);
    if (this.config.isOn('tagOnSave')) await this.runs.tagSaved(document.uri);
  }

  private edited(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    clearTimeout(this.timers.get(uri));
    this.timers.set(
      uri,
      setTimeout(() => {
        this.timers.delete(uri);
        this.guard(() => {
          this.index.markEdited(document);
        });
      }, editPauseMs),
    );
  }

  private async renamed(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): Promise<void> {
    try {
      await this.decisions.moved(files);
    } catch (error) {
      // The user's own work: said, and what is kept of the files follows all the same.
      this.reporter.error(error);
    }
    const store = this.file.current?.store;
    if (!store) return;
    for (const { oldUri, newUri } of files) store.moveDocuments(placeOf(oldUri), placeOf(newUri));
    await this.index.reload();
  }

  private deleted(files: readonly vscode.Uri[]): void {
    const store = this.file.current?.store;
    if (!store) return;
    this.index.remove(files.flatMap((uri) => store.removeDocuments(uri.toString())));
  }

  /** Nobody asked for this work, so that a failure goes to the log, and is not put before the user. */
  private guard(work: () => unknown): void {
    void (async () => {
      try {
        await work();
      } catch (error) {
        this.reporter.silently(error);
      }
    })();
  }
}

/** Where a file is, as the index has it: relative to its workspace folder. */
function placeOf(uri: vscode.Uri): DocumentPlace {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.name ?? '';
  return { uri: uri.toString(), root, path: vscode.workspace.asRelativePath(uri, false) };
}
