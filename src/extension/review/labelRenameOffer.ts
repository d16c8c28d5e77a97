// When a decided label is gone from its set and a near one is new, offers once to let the decisions follow.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { proposeRenames } from '../../core/review/labelRenames';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions } from './decisions';

const memoryKey = 'offeredLabelRenames';

export class LabelRenameOffer implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly decisions: Decisions,
    private readonly labelSets: LabelSets,
    private readonly memory: vscode.Memento,
    private readonly reporter: Reporter,
  ) {
    const look = () => {
      this.look().catch((error: unknown) => {
        reporter.silently(error);
      });
    };
    this.subscription = vscode.Disposable.from(labelSets.onDidChange(look), decisions.onDidOpen(look));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async look(): Promise<void> {
    const { active } = this.labelSets.read();
    if (!active) return;
    const names = active.labels.map(({ name }) => name);
    for (const { from, to, decisions } of proposeRenames(this.decisions.labelsOf(active.name), names)) {
      const offered = this.memory.get<readonly string[]>(memoryKey, []);
      const key = JSON.stringify([active.name, from, to]);
      if (offered.includes(key)) continue;
      await this.memory.update(memoryKey, [...offered, key]);
      const message = vscode.l10n.t(
        'The label “{0}” is not in the label set “{1}” any more, but there are decisions about it ({2}). Is it “{3}” now?',
        ...[from, active.name, wholeNumber(decisions), to],
      );
      const yes = await this.reporter.offer(message, vscode.l10n.t('Move Decisions to “{0}”', to));
      if (yes) await this.decisions.renameLabel(active.name, from, to);
    }
  }
}
