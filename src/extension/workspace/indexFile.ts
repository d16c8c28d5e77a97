// The index of this workspace on disk: opened at first need, and under which key results are read from it.
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import { TagStore } from '../../workspace/store/tagStore';
import type { TaggedOtherwise } from '../../shared/viewMessages';
import type { TaskIdentity } from '../../workspace/types';
import type { Config } from '../settings/config';
import type { TaughtModel } from '../learn/taughtModel';
import type { Reporter } from '../host/report';

const fileName = 'tags.sqlite';

/** Under what the results of a label set are kept. */
export interface IndexKey {
  readonly set: LabelSet;
  readonly store: TagStore;
  readonly task: TaskIdentity;
  /** `glitag.chunkTokens`, which is part of the task. */
  readonly chunkTokens: number | null;
  /** Hash of the model with what decisions teach it; null until it was loaded: nothing is started to show what is kept, results of any model count then. */
  readonly model: string | null;
}

/** Whether results of the set are kept under the key. */
export function isKeyOf({ task, chunkTokens, set: { model } }: IndexKey, set: LabelSet): boolean {
  return model === set.model && task.hash === taskIdentity(set, chunkTokens).hash;
}

export class IndexFile implements vscode.Disposable {
  private readonly keyChanged = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private opening: Promise<TagStore> | null = null;
  private store: TagStore | null = null;
  private lastKey: IndexKey | null = null;

  /** Fires when results have to be read under another key although the label set is the same. */
  readonly onDidChangeKey = this.keyChanged.event;

  /** `folder`: `storageUri` of the workspace, or the global one where there is no workspace. */
  constructor(
    private readonly folder: vscode.Uri,
    private readonly taught: Pick<TaughtModel, 'recall' | 'hashOf' | 'onDidChange'>,
    private readonly config: Config,
    private readonly reporter: Reporter,
  ) {
    this.subscriptions = [
      config.onDidChange((names) => {
        if (names.includes('chunkTokens')) this.keyChanged.fire();
      }),
      taught.onDidChange(() => {
        const key = this.lastKey;
        if (key && taught.hashOf(key.set) !== key.model) this.keyChanged.fire();
      }),
    ];
  }

  /** Where the index is, or would be. */
  get path(): string {
    return vscode.Uri.joinPath(this.folder, fileName).fsPath;
  }

  /** The key that `key` returned last. */
  get current(): IndexKey | null {
    return this.lastKey;
  }

  /** Documents that have tags of other label sets, and none of the active one; null where there are none. */
  get taggedOtherwise(): TaggedOtherwise | null {
    const key = this.lastKey;
    const documents = key?.store.taggedOtherwise(key.task) ?? 0;
    if (!key || documents === 0) return null;
    return { documents, textsKept: key.store.keepsVectors(key.task, key.model) };
  }

  /** Opens the index, creating it where there is none. Throws AppError `index-*`. */
  async open(): Promise<TagStore> {
    this.opening ??= TagStore.open(this.path, { ownFolder: true }).then(
      ({ store, notice }) => {
        this.store = store;
        if (notice) this.reporter.notice(notice.message);
        return store;
      },
      (error: unknown) => {
        this.opening = null;
        throw error;
      },
    );
    return this.opening;
  }

  /** As `keyOf`, which is the current one from then on. */
  async key(set: LabelSet): Promise<IndexKey | null> {
    this.lastKey = null;
    this.lastKey = await this.keyOf(set);
    return this.lastKey;
  }

  /** A key that `keyOf` returned is the current one from now on. */
  use(key: IndexKey): void {
    this.lastKey = key;
  }

  /** Where results of the set are; null where there is no index yet, which is not made for this. */
  async keyOf(set: LabelSet): Promise<IndexKey | null> {
    if (this.store === null && !fs.existsSync(this.path)) return null;
    const store = await this.open();
    const chunkTokens = this.config.get('chunkTokens');
    const task = taskIdentity(set, chunkTokens);
    return { set, store, task, chunkTokens, model: this.taught.recall(set) };
  }

  /** Whether results of the set are under the key of now, because only thresholds and the like differ. */
  isCurrent(set: LabelSet): boolean {
    return this.lastKey !== null && isKeyOf(this.lastKey, set);
  }

  /** Closes the index and deletes it with all that it holds, and damaged ones that were set aside. */
  async forget(): Promise<void> {
    // One that is just being opened would come to life after its file is gone.
    await this.opening?.catch(() => undefined);
    this.close();
    const names = fs.existsSync(this.folder.fsPath) ? await fs.promises.readdir(this.folder.fsPath) : [];
    for (const name of names) {
      // The lock may be another window's.
      if (name.startsWith(fileName) && name !== `${fileName}.lock`)
        await fs.promises.rm(vscode.Uri.joinPath(this.folder, name).fsPath, { force: true });
    }
    this.keyChanged.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.keyChanged.dispose();
    this.close();
  }

  private close(): void {
    this.store?.close();
    this.store = null;
    this.opening = null;
    this.lastKey = null;
  }
}
