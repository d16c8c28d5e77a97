// The label sets of the suites, and settings that are put back.
import * as vscode from 'vscode';

const section = () => vscode.workspace.getConfiguration('glitag');

/** Sets user settings while the action runs. */
export async function withSettings<T>(
  settings: Readonly<Record<string, unknown>>,
  action: () => PromiseLike<T>,
): Promise<T> {
  const before = Object.keys(settings).map((name) => [name, section().inspect(name)?.globalValue] as const);
  try {
    for (const [name, value] of Object.entries(settings)) await write(name, value);
    return await action();
  } finally {
    for (const [name, value] of before) await write(name, value);
  }
}

async function write(name: string, value: unknown): Promise<void> {
  await section().update(name, value, vscode.ConfigurationTarget.Global);
}
