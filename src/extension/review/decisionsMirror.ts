// `glitag.decisions.file`: the decisions as JSON Lines in the workspace, read when they change there and written after each step.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Decision } from '../../core/review/decision';
import { parseLines, toLines } from '../../core/review/decisionLines';
import { AppError } from '../../shared/errors';
import { readWholeDecisionsFile, writeDecisionsFile } from '../../workspace/decisions/decisionsFile';
import { sha256 } from '../classify/tagger';
import type { Reporter } from '../host/report';
import type { Config } from '../settings/config';
import type { Decisions } from './decisions';

/** Steps that come one after another are written together. */
const gatherMs = 200;
const memoryKey = 'decisionsFile';

/** The file as this window left it, so that a line that is there since is told from one that was taken back here. */
interface Left {
  readonly file: string;
  readonly hash: string;
}

export class DecisionsMirror implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable;
  private watcher: vscode.Disposable | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private work: Promise<void> = Promise.resolve();
  private lines: ReadonlySet<string> = new Set();
  private toldProblem: string | null = null;

  constructor(
    private readonly decisions: Decisions,
    private readonly config: Config,
    private readonly memory: vscode.Memento,
    private readonly reporter: Reporter,
  ) {
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
    const look = () => {
      this.soon();
    };
    this.watcher = vscode.Disposable.from(watcher, watcher.onDidChange(look), watcher.onDidCreate(look));
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.work = this.work
        .then(() => this.synchronise())
        .catch((error: unknown) => {
          this.tell(error);
        });
    }, gatherMs);
  }

  /** Takes what is new in the file, then writes it where it lacks something. A file with a mistake is left as it is. */
  private async synchronise(): Promise<void> {
    const place = this.place();
    if (!place) return;
    const file = await contained(place.folder, place.name);
    const before = await contentOf(file);
    await this.takeNew(file, before);
    const all = await this.decisions.all();
    if (all.length === 0 && before === null) return;
    const content = toLines(all);
    if (content !== before) await writeDecisionsFile(file, all);
    await this.remember(file, content);
    this.toldProblem = null;
  }

  private async takeNew(file: string, content: string | null): Promise<void> {
    const left = this.memory.get<Left>(memoryKey);
    if (content === null || (left?.file === file && left.hash === sha256(content))) return;
    const all = await readWholeDecisionsFile(file);
    const fresh = all.filter((decision) => !this.lines.has(lineOf(decision)));
    if (fresh.length > 0) await this.decisions.merge(fresh);
  }

  private async remember(file: string, content: string): Promise<void> {
    this.lines = new Set(parseLines(content).decisions.map(lineOf));
    const left: Left = { file, hash: sha256(content) };
    await this.memory.update(memoryKey, left);
  }

  private place(): { readonly folder: vscode.WorkspaceFolder; readonly name: string } | null {
    const name = this.config.decisionsFile();
    const folder = vscode.workspace.workspaceFolders?.[0];
    return name === null || folder?.uri.scheme !== 'file' ? null : { folder, name };
  }

  /** Once for each problem: the file is looked at again with every step. */
  private tell(error: unknown): void {
    const { message } = this.reporter.silently(error);
    if (message === this.toldProblem) return;
    this.toldProblem = message;
    this.reporter.error(error);
  }
}

function lineOf(decision: Decision): string {
  return toLines([decision]);
}

async function contentOf(file: string): Promise<string | null> {
  try {
    return await fs.promises.readFile(file, 'utf8');
  } catch {
    // Reading it for its decisions says why, where it is there.
    return null;
  }
}

/** The file, whose folder is made; throws AppError where links lead out of the workspace folder. */
async function contained(folder: vscode.WorkspaceFolder, name: string): Promise<string> {
  const root = await fs.promises.realpath(folder.uri.fsPath);
  const file = path.join(root, name);
  await fs.promises.mkdir(path.dirname(file), { recursive: true });
  const real = await fs.promises.realpath(file).catch(() => null);
  const within = path.relative(root, real ?? (await fs.promises.realpath(path.dirname(file))));
  if (!within.startsWith('..') && !path.isAbsolute(within)) return file;
  throw new AppError(
    'setting-invalid',
    vscode.l10n.t(
      '“glitag.decisions.file” ({0}) leads out of the workspace folder through a link. Name a file in it.',
      name,
    ),
  );
}
