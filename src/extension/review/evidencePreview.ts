// In the queue of review the editor follows the tree: the active row's evidence is shown and marked, and the keyboard stays in the tree.
import type * as vscode from 'vscode';
import type { RowTarget } from '../../shared/viewMessages';
import { openPlace } from '../editor/openPlace';
import type { PassageMarks } from '../editor/passageMarks';
import type { Reporter } from '../host/report';
import type { Results } from '../results/results';

/** Keys that are held down go through rows faster than editors open. */
const pauseMs = 120;

export interface EvidencePreviewParts {
  readonly results: Results;
  readonly passages: PassageMarks;
  readonly reporter: Reporter;
  readonly onDidActivate: vscode.Event<RowTarget | null>;
  /** The view is grouped by `review`, and the keyboard is in it. */
  readonly isReviewing: () => boolean;
}

export class EvidencePreview implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: EvidencePreviewParts) {
    this.subscription = parts.onDidActivate((row) => {
      clearTimeout(this.timer);
      if (!row || !parts.isReviewing()) return;
      this.timer = setTimeout(() => {
        this.show(row).catch((error: unknown) => {
          parts.reporter.silently(error);
        });
      }, pauseMs);
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private async show({ documentId, label }: RowTarget): Promise<void> {
    const { results, passages, isReviewing } = this.parts;
    const { timer } = this;
    if (documentId === null || label === null) return;
    const place = await results.place(documentId, label);
    // Another row is the active one by now, or the user is elsewhere.
    if (!place || timer !== this.timer || !isReviewing()) return;
    await openPlace(place, false, true);
    passages.show(documentId, label);
  }
}
