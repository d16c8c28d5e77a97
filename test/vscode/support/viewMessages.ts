// What the extension posts to its view. Loaded before the extension is activated; tests and extension share one `vscode` object.
import * as vscode from 'vscode';
import type { FromView, ToView, ViewNote, ViewState } from '../../../src/shared/viewMessages';

const posted: ToView[] = [];
let receive: (message: unknown) => unknown = () => undefined;

const window = vscode.window as unknown as {
  registerWebviewViewProvider: (id: string, provider: vscode.WebviewViewProvider) => vscode.Disposable;
};
const register = window.registerWebviewViewProvider;
window.registerWebviewViewProvider = (id, provider) =>
  register.call(vscode.window, id, {
    resolveWebviewView: (view, context, token) => {
      const { webview } = view;
      const post = webview.postMessage.bind(webview);
      webview.postMessage = (message: unknown) => {
        posted.push(message as ToView);
        return post(message);
      };
      const listen = webview.onDidReceiveMessage.bind(webview);
      (webview as { onDidReceiveMessage: typeof listen }).onDidReceiveMessage = (listener, ...more) => {
        receive = listener;
        return listen(listener, ...more);
      };
      return provider.resolveWebviewView(view, context, token);
    },
  });

/** The state that the page was told last. */
export function lastState(): ViewState | undefined {
  return posted.findLast((message) => message.type === 'state');
}

/** The notes of a source (`run`, `mistakes`) that stand above the tree. */
export function notesOf(source: string): ViewNote[] {
  return (lastState()?.notes ?? []).filter(({ id }) => id.startsWith(`${source}:`));
}

/** As if the page sent it: its button was pressed. */
export function fromPage(message: FromView): void {
  receive(message);
}

/** All messages of a type since the window was opened. */
export function messagesOfType<T extends ToView['type']>(type: T): Extract<ToView, { type: T }>[] {
  return posted.filter((message): message is Extract<ToView, { type: T }> => message.type === type);
}
