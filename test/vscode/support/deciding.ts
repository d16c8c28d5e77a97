// What suites of deciding share: rows as the view sends them, and answers to the questions of commands.
import * as vscode from 'vscode';
import type { RowTarget } from '../../../src/shared/viewMessages';
import { rowOf } from './extension';

export const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`glitag.${command}`, ...args);

/** Labels in the order of the set `work`. */
export const [hiring, security, billing, grateful] = [0, 1, 2, 3];

export function row(uri: vscode.Uri, label: number | null = null): RowTarget {
  const webviewSection = label === null ? 'document' : 'score';
  return { webviewSection, documentId: uri.toString(), label, folder: null, tagged: true };
}

/** `topic.hiring accepted` for each tag, then `not …` for each that was rejected. */
export async function decided(uri: vscode.Uri): Promise<string[]> {
  const { tags = [], rejected = [] } = (await rowOf(uri)) ?? {};
  return [
    ...tags.map(({ label, state }) => (state === undefined ? label : `${label} ${state}`)),
    ...rejected.map(({ label }) => `not ${label}`),
  ];
}

type Ask = (...args: unknown[]) => Promise<unknown>;

/** Runs the action while a question or dialog of `vscode.window` gets this answer; returns what was asked. */
export async function whileAsked(
  method: 'showErrorMessage' | 'showWarningMessage' | 'showInputBox' | 'showSaveDialog' | 'showOpenDialog',
  answer: unknown,
  action: () => PromiseLike<unknown>,
): Promise<unknown[]> {
  const window = vscode.window as unknown as Record<typeof method, Ask>;
  const before = window[method];
  const asked: unknown[] = [];
  window[method] = (question) => {
    asked.push(question);
    return Promise.resolve(answer);
  };
  try {
    await action();
  } finally {
    window[method] = before;
  }
  return asked;
}
