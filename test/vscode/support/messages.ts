// Records what the extension tells the user, instead of showing it. Tests and extension share one `vscode` object.
import * as vscode from 'vscode';

type Show = (message: string, ...rest: unknown[]) => Thenable<unknown>;
const kinds = ['showErrorMessage', 'showWarningMessage', 'showInformationMessage'] as const;

/** Runs the action; returns the messages it led to. Each is answered as if the user had closed it. */
export async function messagesOf(action: () => PromiseLike<unknown>): Promise<string[]> {
  const window = vscode.window as unknown as Record<(typeof kinds)[number], Show>;
  const before = kinds.map((kind) => [kind, window[kind]] as const);
  const messages: string[] = [];
  for (const kind of kinds)
    window[kind] = (message) => {
      messages.push(message);
      return Promise.resolve(undefined);
    };
  try {
    await action();
  } finally {
    for (const [kind, show] of before) window[kind] = show;
  }
  return messages;
}
