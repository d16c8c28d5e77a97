// Texts of open documents with unsaved changes: they win over what is on disk.
import * as vscode from 'vscode';

/** Looks the documents up by URI once, and again after any of them changed: a run asks for every one of its files. */
export class DirtyTexts implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private known: Map<string, vscode.TextDocument> | null = null;

  constructor() {
    const forget = () => {
      this.known = null;
    };
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(forget),
      vscode.workspace.onDidSaveTextDocument(forget),
      vscode.workspace.onDidOpenTextDocument(forget),
      vscode.workspace.onDidCloseTextDocument(forget),
    ];
  }

  textOf(uri: string): string | undefined {
    this.known ??= new Map(
      vscode.workspace.textDocuments
        .filter(({ isDirty }) => isDirty)
        .map((document) => [document.uri.toString(), document]),
    );
    return this.known.get(uri)?.getText();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
