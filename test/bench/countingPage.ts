// A page of the view that only counts what it is told.
import type * as vscode from 'vscode';
import type { ToView } from '../../src/shared/viewMessages';

/** The page's side: how many rows it has, how many of them are stale, and when it was told last. */
export class CountingPage {
  readonly rows = new Map<string, boolean>();
  note = '';
  /** Rows that came, also again. */
  sent = 0;
  /** How often all rows were told anew. */
  resets = 0;
  lastMs = 0;

  take(message: ToView): void {
    if (message.type === 'documents') {
      if (message.reset) {
        this.rows.clear();
        this.resets++;
      }
      for (const { id, stale } of message.documents) this.rows.set(id, stale);
      this.sent += message.documents.length;
    } else if (message.type === 'removed') for (const id of message.ids) this.rows.delete(id);
    else if (message.type === 'state') this.note = (message.notes ?? []).map(({ text }) => text).join(' ');
    else return;
    this.lastMs = performance.now();
  }
}

export function viewOf(page: CountingPage): vscode.WebviewView {
  let receive: (value: unknown) => void = () => undefined;
  const webview = {
    cspSource: '',
    asWebviewUri: (uri: vscode.Uri) => uri,
    onDidReceiveMessage: (listener: (value: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
    postMessage: (message: ToView) => {
      // What the editor does with a message on its way to the page.
      page.take(JSON.parse(JSON.stringify(message)) as ToView);
      return Promise.resolve(true);
    },
    set html(_: string) {
      setImmediate(() => {
        receive({ type: 'ready', group: 'file', sort: 'default' });
      });
    },
  };
  const event = () => ({ dispose: () => undefined });
  return {
    webview,
    visible: true,
    show: () => undefined,
    onDidChangeVisibility: event,
    onDidDispose: event,
  } as unknown as vscode.WebviewView;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
