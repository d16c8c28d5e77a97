// Documents that have another name by now: a text that a run finds under a new one has the decisions of the one that is gone, and what
// was decided on parts of files follows the texts of the parts.
import type * as vscode from 'vscode';
import { fileOf, isPart } from '../../workspace/split/parts';
import { Breather } from '../../workspace/flow/breather';
import type { Reporter } from '../host/report';
import type { IndexHome } from '../results/indexHome';
import type { Decisions } from './decisions';

/** A file's parts are told in batches: they are looked at when no more come. */
const gatherMs = 300;

export class MovedTexts implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private work: Promise<void> = Promise.resolve();
  private readonly files = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly decisions: Decisions,
    private readonly index: Pick<IndexHome, 'onDidChange' | 'decidedPlace' | 'partTexts'>,
    private readonly reporter: Reporter,
  ) {
    this.subscription = index.onDidChange(({ changed, removed, wereRead = false }) => {
      // Without an open store there are no decisions to follow anything.
      if (!decisions.current) return;
      const found = wereRead ? changed : [];
      const whole = found.filter((id) => !isPart(id));
      if (whole.length > 0) this.then(() => this.look(whole));
      for (const id of [...found, ...removed]) if (isPart(id)) this.files.add(fileOf(id));
      if (this.files.size > 0) this.lookAtParts();
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
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

  private lookAtParts(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = [...this.files];
      this.files.clear();
      this.then(() => this.decisions.followParts(files, (file) => this.index.partTexts(file)));
    }, gatherMs);
  }

  private then(work: () => Promise<void>): void {
    this.work = this.work.then(work).catch((error: unknown) => {
      this.reporter.silently(error);
    });
  }
}
