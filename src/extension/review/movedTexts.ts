// Files that were renamed by other programs: a text that a run finds under a new name has the decisions of the one that is gone.
import type * as vscode from 'vscode';
import { Breather } from '../../workspace/flow/breather';
import type { Reporter } from '../host/report';
import type { IndexHome } from '../results/indexHome';
import type { Decisions } from './decisions';

export class MovedTexts implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly decisions: Decisions,
    private readonly index: Pick<IndexHome, 'onDidChange' | 'decidedPlace'>,
    reporter: Reporter,
  ) {
    this.subscription = index.onDidChange(({ changed, wereRead }) => {
      // Without an open store there are no decisions to follow anything.
      if (!wereRead || !decisions.current) return;
      this.work = this.work
        .then(() => this.look(changed))
        .catch((error: unknown) => {
          reporter.silently(error);
        });
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async look(ids: readonly string[]): Promise<void> {
    const places = [];
    const breather = new Breather();
    for (const id of ids) {
      const place = await this.index.decidedPlace(id);
      if (place) places.push(place);
      if (breather.due) await breather.pause();
    }
    await this.decisions.adopt(places);
  }
}
