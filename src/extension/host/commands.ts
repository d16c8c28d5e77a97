// Registers the commands. A command without a handler does not compile, and no handler can leak a rejection.
import * as vscode from 'vscode';
import { parseRowTarget } from '../../shared/parseViewMessages';
import type { RowTarget } from '../../shared/viewMessages';
import { commandIds, type CommandId } from './names';
import type { Reporter } from './report';

/**
 * The explorer passes the item under the cursor and all that are selected, the editor's menu only the first; a row of the view
 * passes itself, or the rows that are selected. A native tree passes its own elements: they are in `args`, as all that was passed.
 */
export type Handler = (
  uri?: vscode.Uri,
  uris?: readonly vscode.Uri[],
  row?: RowTarget,
  rows?: readonly RowTarget[],
  args?: readonly unknown[],
) => unknown;

export type CommandHandlers = Readonly<Record<CommandId, Handler>>;

export function registerCommands(handlers: CommandHandlers, reporter: Reporter): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (first: unknown, second: unknown) => {
        try {
          const uri = first instanceof vscode.Uri ? first : undefined;
          const rows = uri ? [] : (Array.isArray(first) ? first : [first]).flatMap((row) => parseRowTarget(row) ?? []);
          await handlers[id](uri, urisOf(second), rows[0], rows, [first, second]);
        } catch (error) {
          reporter.error(error, () => vscode.commands.executeCommand(id, first, second));
        }
      }),
    ),
  );
}

/** Whoever calls a command may pass anything; a menu passes other things after the URIs too. */
function urisOf(value: unknown): vscode.Uri[] | undefined {
  return Array.isArray(value) ? value.filter((item) => item instanceof vscode.Uri) : undefined;
}
