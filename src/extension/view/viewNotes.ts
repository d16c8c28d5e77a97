// Lines that the view shows above the tree, each from whoever knows it: what is wrong or worth knowing, and the one thing to do.
import * as vscode from 'vscode';
import type { ViewNote } from '../../shared/viewMessages';

export interface Note {
  /** Unique among the notes of its source. */
  readonly id: string;
  readonly severity: ViewNote['severity'];
  readonly text: string;
  readonly action?: { readonly title: string; run(): unknown };
  /** Called when the user sends it away; whoever told it takes it back. Absent: that cannot be done. */
  readonly dismiss?: () => unknown;
}

/** Who tells; the order of the notes. */
const sources = ['mistakes', 'labels', 'model', 'run', 'learning', 'doubts', 'thresholds'] as const;
export type NoteSource = (typeof sources)[number];

export class ViewNotes implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly told = new Map<NoteSource, readonly Note[]>();

  readonly onDidChange = this.changed.event;

  /** For one source: what it tells replaces what it told before. */
  teller(source: NoteSource): (notes: readonly Note[]) => void {
    return (notes) => {
      const before = JSON.stringify(this.list);
      this.told.set(source, notes);
      if (JSON.stringify(this.list) !== before) this.changed.fire();
    };
  }

  get list(): ViewNote[] {
    return this.all().map(({ id, severity, text, action, dismiss }) => ({
      id,
      severity,
      text,
      action: action?.title ?? null,
      ...(dismiss ? { dismissible: true as const } : {}),
    }));
  }

  /** Does what the note's button says; nothing where the note is gone by now. */
  async run(id: string): Promise<void> {
    await this.all()
      .find((note) => note.id === id)
      ?.action?.run();
  }

  /** Sends the note away; nothing where it is gone by now. */
  async dismiss(id: string): Promise<void> {
    await this.all()
      .find((note) => note.id === id)
      ?.dismiss?.();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private all(): Note[] {
    return sources.flatMap((source) =>
      (this.told.get(source) ?? []).map((note) => ({ ...note, id: `${source}:${note.id}` })),
    );
  }
}
