// What the extension posts to its view. Loaded before the extension is activated; tests and extension share one `vscode` object.
import * as vscode from 'vscode';
import type { ToView, ViewState } from '../../../src/shared/viewMessages';

const posted: ToView[] = [];

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
      return provider.resolveWebviewView(view, context, token);
    },
  });

/** The state that the page was told last. */
export function lastState(): ViewState | undefined {
  return posted.findLast((message) => message.type === 'state');
}

/** All messages of a type since the window was opened. */
export function messagesOfType<T extends ToView['type']>(type: T): Extract<ToView, { type: T }>[] {
  return posted.filter((message): message is Extract<ToView, { type: T }> => message.type === type);
}
