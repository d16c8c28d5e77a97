// What the extension logs. Loaded before the extension is activated; tests and extension share one `vscode` object.
import * as vscode from 'vscode';

const lines: string[] = [];
const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

type Create = (name: string, options: { log: true }) => vscode.LogOutputChannel;
const window = vscode.window as unknown as { createOutputChannel: Create };
const create = window.createOutputChannel;
window.createOutputChannel = (name, options) => {
  const channel = create.call(vscode.window, name, options);
  const recorded = levels.map((level) => {
    const write = (message: string | Error, ...rest: unknown[]) => {
      lines.push([message instanceof Error ? message.stack : message, ...rest].join(' '));
      channel[level](message as string, ...rest);
    };
    return [level, { value: write }] as const;
  });
  return Object.create(channel, Object.fromEntries(recorded)) as vscode.LogOutputChannel;
};

/** All lines since the extension was activated, of every level. */
export function logLines(): readonly string[] {
  return lines;
}
