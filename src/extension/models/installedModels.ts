// The models that GLiTag installed on this machine: their names count as those of `glitag.models` do, and each is looked at before it is loaded.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ModelStore } from '../../models/modelStore';
import type { NamedModel } from '../../shared/namedModels';

export class InstalledModels implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly store: ModelStore;

  /** Fires when this window installed or removed one. Others' are found where they are asked for: the disk is read each time. */
  readonly onDidChange = this.changed.event;

  /** `storage`: folder that is the extension's own on this machine. */
  constructor(storage: string) {
    this.store = new ModelStore(path.join(storage, 'installed'));
  }

  names(): readonly string[] {
    return this.store.list().map(({ name }) => name);
  }

  find(name: string): NamedModel | null {
    const model = this.store.find(name);
    return model && { path: model.folder };
  }

  /** Before the model in this folder is loaded; nothing where it is none of these. Throws AppError model-missing, model-changed. */
  check(folder: string): void {
    // Asked before each start of a child: records are read for a model of the store alone.
    if (path.dirname(folder) !== this.store.folder) return;
    const model = this.store.list().find((one) => one.folder === folder);
    if (model) this.store.folderOf(model.name);
  }

  /** To be called after each change of the store. */
  tell(): void {
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
