// `glitag.decisions.file`: the decisions as JSON Lines in the workspace, read when they change there and written after each step.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../shared/errors';
import { leadsOut } from '../../workspace/decisions/decisionsFile';
import { SharedFile } from '../../workspace/decisions/sharedFile';
import type { Reporter } from '../host/report';
import type { Config } from '../settings/config';
import type { Decisions } from './decisions';

/** Steps that come one after another are written together. */
const gatherMs = 200;

export class DecisionsMirror implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private watcher: vscode.Disposable | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private work: Promise<void> = Promise.resolve();
  /** Something was decided here, or is to be read for the first time. */
  private wanted = false;
  private readonly shared: SharedFile;
  private toldProblem: string | null = null;

  constructor(
    private readonly decisions: Decisions,
    private readonly config: Config,
    private readonly reporter: Reporter,
  ) {
    this.shared = new SharedFile(decisions);
    this.subscriptions = vscode.Disposable.from(
      decisions.onDidOpen(() => {
        this.watch();
        this.soon();
      }),
      decisions.onDidStep(() => {
        this.soon();
      }),
      config.onDidChange((names) => {
        if (!names.includes('decisions.file') || !decisions.isWanted) return;
        this.toldProblem = null;
        this.watch();
        this.soon();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher?.dispose();
    this.subscriptions.dispose();
  }

  private watch(): void {
    this.watcher?.dispose();
    this.watcher = null;
    const place = this.place();
    if (!place) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(place.folder, place.name));
    // Also after each writing of our own.
    const look = () => {
      this.gather();
    };
    this.watcher = vscode.Disposable.from(watcher, watcher.onDidChange(look), watcher.onDidCreate(look));
  }

  private soon(): void {
    this.wanted = true;
    this.gather();
  }

  private gather(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.work = this.work
        .then(() => this.synchronise())
        .catch((error: unknown) => {
          this.tell(error);
        });
    }, gatherMs);
  }

  /** A file with a mistake is left as it is. */
  private async synchronise(): Promise<void> {
    const place = this.place();
    if (!place) return;
    const { wanted } = this;
    this.wanted = false;
    const file = await contained(place.folder, place.name);
    if (!wanted && (await this.shared.isAsLeft(file))) return;
    const { cameBack } = await this.shared.synchronise(file);
    if (cameBack === 0) return;
    this.reporter.done(
      `${place.name}: ${cameBack} lines vanished at once. That is another branch or a cut file, not decisions taken back: they are in it again.`,
    );
  }

  private place(): { readonly folder: vscode.WorkspaceFolder; readonly name: string } | null {
    const name = this.config.decisionsFile();
    const folder = vscode.workspace.workspaceFolders?.[0];
    return name === null || folder?.uri.scheme !== 'file' ? null : { folder, name };
  }

  /** Once for each problem: the file is looked at again with every step. */
  private tell(error: unknown): void {
    // What was decided here is to be in the file all the same, when it is looked at next.
    this.wanted = true;
    const { message } = this.reporter.silently(error);
    if (message === this.toldProblem) return;
    this.toldProblem = message;
    this.reporter.error(error);
  }
}

/** The file; throws AppError where links lead out of the workspace folder. */
async function contained(folder: vscode.WorkspaceFolder, name: string): Promise<string> {
  if (!(await leadsOut(folder.uri.fsPath, name))) return path.join(await fs.promises.realpath(folder.uri.fsPath), name);
  throw new AppError(
    'setting-invalid',
    vscode.l10n.t(
      '“glitag.decisions.file” ({0}) leads out of the workspace folder through a link. Name a file in it.',
      name,
    ),
  );
}
