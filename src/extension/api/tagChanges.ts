// Tells other extensions which documents' tags changed: a run tells it batch by batch, they hear it ten times a second.
import * as vscode from 'vscode';
import type { Results } from '../results/results';
import type { ApiTagsChange } from './api';

const gatherMs = 100;

export class TagChanges implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ApiTagsChange>();
  private readonly subscription: vscode.Disposable;
  private readonly documents = new Set<string>();
  private all = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  readonly onDidChangeTags = this.changed.event;

  constructor(results: Pick<Results, 'onDidChange'>) {
    this.subscription = results.onDidChange(({ reset, changed, removed }) => {
      this.all ||= reset;
      // What is told as all of them needs no list.
      if (!this.all) for (const id of [...changed, ...removed]) this.documents.add(id);
      this.timer ??= setTimeout(() => {
        this.tell();
      }, gatherMs);
    });
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.subscription.dispose();
    this.changed.dispose();
  }

  private tell(): void {
    const change = { all: this.all, documents: this.all ? [] : [...this.documents] };
    this.timer = null;
    this.all = false;
    this.documents.clear();
    this.changed.fire(change);
  }
}
