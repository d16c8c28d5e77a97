// Keeps what is shown true to the disk: compares all once when the index is read, then what a file watcher tells of.
import * as vscode from 'vscode';
import { checkDisk } from '../../workspace/disk/checkDisk';
import type { RunScope } from '../../workspace/store/runWriter';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import { isWithin } from '../../workspace/find/isWithin';
import type { FileTree } from '../../workspace/types';
import type { SettingName } from '../host/names';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { IndexHome } from '../results/indexHome';
import type { Config } from '../settings/config';
import { DirtyTexts } from './dirtyTexts';
import type { IndexFile, IndexKey } from './indexFile';
import { PathGatherer } from './pathGatherer';
import { readOptions, runOptions } from './runOptions';
import { folderRoots, workspaceRoots } from './runRoots';
import type { Runs } from './runs';
import type { WorkspaceNote } from './workspaceNote';

const ignoreFile = /\/\.(?:git|glitag)ignore$/;

export interface DiskWatchParts {
  readonly tree: FileTree;
  readonly config: Config;
  readonly labelSets: LabelSets;
  readonly file: IndexFile;
  readonly index: IndexHome;
  readonly runs: Runs;
  readonly note: WorkspaceNote;
  readonly reporter: Reporter;
}

/** Settings that say which files a run takes, and how it reads them. */
const finding: readonly SettingName[] = [
  'include',
  'exclude',
  'maxFileSizeKb',
  'split',
  'frontMatter.key',
  'frontMatter.read',
];

export class DiskWatch implements vscode.Disposable {
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private readonly gatherer = new PathGatherer((paths) => {
    // An ignore file decides over files that nothing happened to.
    if (paths === null || [...paths].some((path) => ignoreFile.test(path))) this.all = true;
    else for (const path of paths) this.waiting.add(path);
    this.checkSoon();
  });
  private readonly dirty = new DirtyTexts();
  private watchers: vscode.Disposable[] = [];
  /** What is to be looked at: everything, or these documents and folders. */
  private all = false;
  private waiting = new Set<string>();
  private checking = false;
  /** The task under which everything was looked at, as the set is written: decisions say nothing of the disk. */
  private known: string | null = null;
  /** Files without tags that a run would tag. */
  private added = new Set<string>();
  /** The folders of the last run, where it did not come to its end. */
  private unfinished: readonly RunScope[] | null = null;

  constructor(private readonly parts: DiskWatchParts) {
    const { index, runs, config } = parts;
    this.subscriptions = [
      this.dirty,
      index.onDidRead(() => {
        this.indexRead();
      }),
      index.onDidChange(({ changed }) => {
        this.dealtWith(changed);
      }),
      runs.onDidEnd(({ finished }) => {
        if (finished) this.setLeft(this.added, null);
        else this.all = true;
        this.checkSoon();
      }),
      config.onDidChange((names) => {
        if (!finding.some((name) => names.includes(name)) || this.known === null) return;
        this.all = true;
        this.checkSoon();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // Tags of unsaved text that was thrown away are not those of the file.
        const id = uri.toString();
        if (index.has(id) || index.isTagged(id)) this.gatherer.add(id);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.watch();
      }),
    ];
  }

  dispose(): void {
    this.gatherer.dispose();
    for (const disposable of [...this.subscriptions, ...this.watchers]) disposable.dispose();
  }

  /** Nothing is watched and nothing compared before there is an index to keep true. */
  private indexRead(): void {
    const key = this.parts.file.current;
    if (!key) return;
    if (this.watchers.length === 0) this.watch();
    if (this.writtenTask(key) !== this.known) {
      this.all = true;
      this.setLeft(new Set(), null);
    }
    this.checkSoon();
  }

  private writtenTask({ chunkTokens }: IndexKey): string {
    const { written } = this.parts.labelSets;
    return written ? taskIdentity(written, chunkTokens).hash : '';
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
      const note = (uri: vscode.Uri) => {
        if (!uri.path.includes('/.git/')) this.gatherer.add(uri.toString());
      };
      return vscode.Disposable.from(
        watcher,
        watcher.onDidCreate(note),
        watcher.onDidChange(note),
        watcher.onDidDelete(note),
      );
    });
  }

  /** One check at a time, and none during a run, which looks at everything itself; what is left waits for its end. */
  private checkSoon(): void {
    if (this.checking || this.parts.runs.isRunning || (!this.all && this.waiting.size === 0)) return;
    this.checking = true;
    void this.check()
      .catch((error: unknown) => {
        // Nobody asked for it; the next run says what is wrong.
        this.parts.reporter.silently(error);
        return true;
      })
      .then((again) => {
        this.checking = false;
        if (again) this.checkSoon();
      });
  }

  /** Whether to look if more is waiting by now; where the index is just being read anew, that will be told. */
  private async check(): Promise<boolean> {
    const { tree, config, labelSets, file, index, runs } = this.parts;
    const keyNow = () => file.current;
    const key = keyNow();
    const set = labelSets.read().active;
    if (!key || !set || !file.isCurrent(set)) return false;
    const { all } = this;
    const uris = [...this.waiting].map((uri) => vscode.Uri.parse(uri, true));
    this.all = false;
    this.waiting = new Set();
    const records = key.store.diskRecords(key.task);
    const { find } = runOptions(config, set, all ? workspaceRoots() : folderRoots(uris).roots);
    const read = readOptions(config, this.dirty);
    const added = new Set(
      all ? [] : [...this.added].filter((uri) => !uris.some((place) => isWithin(uri, place.toString()))),
    );
    for await (const found of checkDisk(tree, records, { find, read, covered: records.covered() })) {
      if (keyNow() !== key || runs.isRunning) {
        this.all = true;
        return keyNow() !== null;
      }
      index.compared(found.touched, found.gone);
      for (const uri of found.added) added.add(uri);
    }
    if (all) this.known = this.writtenTask(key);
    this.setLeft(added, records.unfinished());
    return true;
  }

  private dealtWith(uris: readonly string[]): void {
    const before = this.added.size;
    if (before === 0) return;
    for (const uri of uris) if (this.parts.index.has(uri)) this.added.delete(uri);
    if (this.added.size < before) this.setLeft(this.added, this.unfinished);
  }

  private setLeft(added: Set<string>, unfinished: readonly RunScope[] | null): void {
    this.added = added;
    this.unfinished = unfinished;
    this.parts.note.setLeft(added.size, unfinished);
  }
}
