// Tokens of servers, in the editor's store of secrets: by address, and nowhere else.
import * as vscode from 'vscode';

const prefix = 'server.token:';

export class ServerTokens implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly subscription: vscode.Disposable;

  /** Fires with the address whose token is another one, in this window or elsewhere. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly secrets: vscode.SecretStorage) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) this.changed.fire(key.slice(prefix.length));
    });
  }

  /** @param url As `serverUrl` writes it. */
  async of(url: string): Promise<string | undefined> {
    return this.secrets.get(prefix + url);
  }

  /** An empty token is none. */
  async set(url: string, token: string): Promise<void> {
    if (token === '') await this.secrets.delete(prefix + url);
    else await this.secrets.store(prefix + url, token);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
