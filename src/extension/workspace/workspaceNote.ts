// Tells the view in one line what has happened to the workspace since it was tagged, what a run left, or what it did.
import * as vscode from 'vscode';
import type { RunScope } from '../../workspace/store/runWriter';
import { isWithin } from '../../workspace/find/isWithin';
import { startOf } from '../../workspace/find/startOf';
import type { FileTree } from '../../workspace/types';
import type { CommandId } from '../host/names';
import type { LabelSets } from '../labels/labelSets';
import type { TaughtModel } from '../learn/taughtModel';
import type { IndexHome } from '../results/indexHome';
import type { Note } from '../view/viewNotes';
import { changesText, doneText, leftText } from './noteWords';
import type { FinishedRun, Runs } from './runs';

/** Changes that come one after another are counted together. */
const gatherMs = 200;

export interface WorkspaceNoteParts {
  readonly tree: Pick<FileTree, 'child'>;
  readonly index: Pick<IndexHome, 'kept' | 'onDidChange'>;
  readonly runs: Pick<Runs, 'isRunning' | 'onDidBegin' | 'onDidEnd'>;
  readonly labelSets: Pick<LabelSets, 'onDidChange' | 'read'>;
  readonly taught: Pick<TaughtModel, 'isTaught'>;
  readonly tell: (notes: readonly Note[]) => void;
}

export class WorkspaceNote implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private added = 0;
  private unfinished: readonly RunScope[] | null = null;
  /** The run that ended last, until something else is to be said; and its line, as soon as that is known. */
  private finished: FinishedRun | null = null;
  private done: string | null = null;

  constructor(private readonly parts: WorkspaceNoteParts) {
    const { index, runs, labelSets } = parts;
    this.subscription = vscode.Disposable.from(
      index.onDidChange(() => {
        this.timer ??= setTimeout(() => {
          this.update();
        }, gatherMs);
      }),
      runs.onDidBegin(() => {
        this.forgetRun();
        this.update();
      }),
      runs.onDidEnd(({ finished }) => {
        this.update();
        if (finished) void this.sum(finished);
      }),
      labelSets.onDidChange(() => {
        this.forgetRun();
        this.update();
      }),
    );
  }

  /** So many files of the workspace have no tags yet; `unfinished`: the folders of a run that did not come to its end. */
  setLeft(files: number, unfinished: readonly RunScope[] | null): void {
    this.added = files;
    this.unfinished = unfinished;
    this.update();
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private forgetRun(): void {
    this.finished = null;
    this.done = null;
  }

  private async sum(run: FinishedRun): Promise<void> {
    const set = this.parts.labelSets.read().active;
    if (!set) return;
    this.finished = run;
    const places = run.roots.map((root) => startOf(this.parts.tree, root));
    const noneFits = await this.parts.index.kept.noneFits(set, (uri) => places.some((place) => isWithin(uri, place)));
    if (this.finished !== run) return;
    this.done = doneText(run.stats, { noneFits, tookMs: run.tookMs });
    this.update();
  }

  private update(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.parts.tell(this.notes());
  }

  private notes(): Note[] {
    const { index, runs } = this.parts;
    // A run shows its own progress, and an empty view says by itself what to do.
    if (runs.isRunning || index.kept.size === 0) return [];
    const text = this.left() ?? this.changes();
    if (text) return [text];
    return this.done === null ? [] : [{ id: 'done', severity: 'info', text: this.done }];
  }

  private left(): Note | null {
    const { added, unfinished } = this;
    if (!unfinished) return null;
    const { size, stale } = this.parts.index.kept;
    const text = leftText({ added, all: size + added, stale });
    if (text === null) return null;
    const uris = unfinished.map((scope) => vscode.Uri.parse(startOf(this.parts.tree, { ...scope, name: '' }), true));
    const action = isWorkspace(uris)
      ? command(vscode.l10n.t('Continue'), 'glitag.tagWorkspace')
      : command(vscode.l10n.t('Continue'), 'glitag.tagFolder', uris[0], uris);
    return { id: 'left', severity: 'info', text: `${text}:`, action };
  }

  private changes(): Note | null {
    const { index, labelSets, taught } = this.parts;
    const { changed, stale } = index.kept;
    const { active } = labelSets.read();
    const isTaught = active !== null && taught.isTaught(active);
    const text = changesText({ added: this.added, changed, outdated: stale - changed, isTaught });
    if (text === null) return null;
    const action = command(vscode.l10n.t('Tag Workspace'), 'glitag.tagWorkspace');
    return { id: 'changes', severity: 'info', text: `${text}:`, action };
  }
}

/** All folders of the workspace, in whatever order. */
function isWorkspace(uris: readonly vscode.Uri[]): boolean {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString());
  return folders.every((folder) => uris.some((uri) => uri.toString() === folder));
}

function command(title: string, id: CommandId, ...args: readonly unknown[]): NonNullable<Note['action']> {
  return { title, run: () => vscode.commands.executeCommand(id, ...args) };
}
