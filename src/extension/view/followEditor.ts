// The tree follows the active editor: the row of its document is marked (`glitag.followEditor`).
import * as vscode from 'vscode';
import type { Config } from '../settings/config';
import type { ViewFeed } from './viewFeed';

export class FollowEditor implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly feed: ViewFeed,
    private readonly config: Config,
  ) {
    this.subscription = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.follow();
      }),
      config.onDidChange((names) => {
        if (names.includes('followEditor')) this.follow();
      }),
    );
    this.follow();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Without an editor, in the settings or in the output, the tree stays where it is. */
  private follow(): void {
    const editor = vscode.window.activeTextEditor;
    if (!this.config.isOn('followEditor')) this.feed.follow(null);
    else if (editor) this.feed.follow(editor.document.uri.toString());
  }
}
