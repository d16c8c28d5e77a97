// Tells the view in one line what has happened to the workspace since it was tagged, with the command that helps.
import * as vscode from 'vscode';
import type { CommandId } from '../host/names';
import type { IndexHome } from '../results/indexHome';
import type { Note } from '../view/viewNotes';
import { changesText } from './noteWords';

/** Changes that come one after another are counted together. */
const gatherMs = 200;

export class WorkspaceNote implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private added = 0;

  constructor(
    private readonly index: Pick<IndexHome, 'changedDocuments' | 'onDidChange' | 'size'>,
    private readonly tell: (notes: readonly Note[]) => void,
  ) {
    this.subscription = index.onDidChange(() => {
      this.timer ??= setTimeout(() => {
        this.update();
      }, gatherMs);
    });
  }

  /** So many files of the workspace have no tags yet. */
  setAdded(files: number): void {
    this.added = files;
    this.update();
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private update(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.tell(this.notes());
  }

  private notes(): Note[] {
    const { added, index } = this;
    // An empty view says by itself what to do.
    const text = index.size === 0 ? null : changesText({ added, changed: index.changedDocuments });
    if (text === null) return [];
    return [
      {
        id: 'changes',
        severity: 'info',
        text: `${text}:`,
        action: command(vscode.l10n.t('Tag Workspace'), 'glitag.tagWorkspace'),
      },
    ];
  }
}

function command(title: string, id: CommandId): NonNullable<Note['action']> {
  return { title, run: () => vscode.commands.executeCommand(id) };
}
