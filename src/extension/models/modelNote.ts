// Lines in the view about the model in use: what the set says and it does not take, and that its server is waited for.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import type { LabelSets } from '../labels/labelSets';
import type { Note } from '../view/viewNotes';
import { untaken } from './modelLimits';
import type { Models } from './models';

export class ModelNote implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly labelSets: Pick<LabelSets, 'written' | 'onDidChange'>,
    private readonly models: Pick<Models, 'descriptionOf' | 'titleOf' | 'waitingFor' | 'onDidChange' | 'onDidWait'>,
    private readonly tell: (notes: readonly Note[]) => void,
  ) {
    const update = () => {
      this.update();
    };
    this.subscription = vscode.Disposable.from(
      labelSets.onDidChange(update),
      models.onDidChange(update),
      models.onDidWait(update),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private update(): void {
    const set = this.labelSets.written;
    this.tell(set ? [...this.waiting(set), ...this.untaken(set)] : []);
  }

  private waiting({ model }: LabelSet): Note[] {
    const why = this.models.waitingFor(model);
    if (why === null) return [];
    const action = { title: vscode.l10n.t('Stop'), run: () => vscode.commands.executeCommand('glitag.stopRun') };
    return [{ id: 'waiting', severity: 'warning', text: vscode.l10n.t('{0} Trying again.', why), action }];
  }

  private untaken(set: LabelSet): Note[] {
    // Nothing is started for it: what the model is becomes known with the first text that it is asked about.
    const model = this.models.descriptionOf(set.model);
    const text = model && untaken(model, set, this.models.titleOf(set.model));
    const action = {
      title: vscode.l10n.t('Choose Model'),
      run: () => vscode.commands.executeCommand('glitag.chooseModel'),
    };
    return text === null ? [] : [{ id: 'untaken', severity: 'warning', text, action }];
  }
}
