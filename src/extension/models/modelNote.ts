// One line in the view where the set in use says what its model does not take.
import * as vscode from 'vscode';
import type { LabelSets } from '../labels/labelSets';
import type { Note } from '../view/viewNotes';
import { untaken } from './modelLimits';
import type { Models } from './models';

export class ModelNote implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly labelSets: Pick<LabelSets, 'written' | 'onDidChange'>,
    private readonly models: Pick<Models, 'descriptionOf' | 'titleOf' | 'onDidChange'>,
    private readonly tell: (notes: readonly Note[]) => void,
  ) {
    const update = () => {
      this.update();
    };
    this.subscription = vscode.Disposable.from(labelSets.onDidChange(update), models.onDidChange(update));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private update(): void {
    const set = this.labelSets.written;
    // Nothing is started for it: what the model is becomes known with the first text that it is asked about.
    const model = set && this.models.descriptionOf(set.model);
    const text = model && untaken(model, set, this.models.titleOf(set.model));
    const action = {
      title: vscode.l10n.t('Choose Model'),
      run: () => vscode.commands.executeCommand('glitag.chooseModel'),
    };
    this.tell(text === null ? [] : [{ id: 'untaken', severity: 'warning', text, action }]);
  }
}
