// A training as a task of VS Code: it stands among the tasks, and "Terminate Task" ends it.
import * as vscode from 'vscode';
import { trainTaskType } from '../host/names';
import type { TrainTerminal } from './trainTerminal';

/** Resolves when the terminal is open. Throws what VS Code throws where it does not run tasks. */
export async function openTask(labelSet: string, terminal: TrainTerminal): Promise<void> {
  const scope = vscode.workspace.workspaceFolders ? vscode.TaskScope.Workspace : vscode.TaskScope.Global;
  const task = new vscode.Task(
    { type: trainTaskType, labelSet },
    scope,
    vscode.l10n.t('Train a model for “{0}”', labelSet),
    'GLiTag',
    new vscode.CustomExecution(() => Promise.resolve(terminal)),
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    focus: false,
    clear: true,
    showReuseMessage: false,
  };
  const execution = await vscode.tasks.executeTask(task);
  // A task that is terminated before its terminal is there closes none.
  const ended = vscode.tasks.onDidEndTask((event) => {
    if (event.execution === execution) terminal.close();
  });
  terminal.signal.addEventListener('abort', () => void ended.dispose(), { once: true });
  await terminal.isOpen;
}
