// Explorer badges: the top tag of a file in two letters. Opt-in (`glitag.badges`).
import * as vscode from 'vscode';
import { scoreWords } from '../../core/scoreText';
import type { Config } from '../settings/config';
import { badgeColorId } from '../host/names';
import { badgeLetters } from './badgeLetters';
import type { Results } from '../results/results';

export class Badges implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri[] | undefined>();
  private readonly subscriptions: vscode.Disposable[];
  private registration: vscode.Disposable | null = null;

  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(
    private readonly config: Config,
    private readonly results: Results,
  ) {
    this.subscriptions = [
      config.onDidChange((names) => {
        if (names.includes('badges')) this.update();
      }),
      results.onDidChange(({ reset, changed, removed }) => {
        if (!this.registration) return;
        this.changed.fire(reset ? undefined : [...changed, ...removed].map((id) => vscode.Uri.parse(id)));
      }),
    ];
    this.update();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const top = this.results.tagsOf(uri)?.[0];
    if (!top) return undefined;
    const tooltip = vscode.l10n.t('{0}, score {1}', top.label, scoreWords(top.score));
    return new vscode.FileDecoration(badgeLetters(top.label), tooltip, new vscode.ThemeColor(badgeColorId));
  }

  dispose(): void {
    this.registration?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private update(): void {
    const wanted = this.config.isOn('badges');
    if (wanted && !this.registration) this.registration = vscode.window.registerFileDecorationProvider(this);
    else if (!wanted) {
      this.registration?.dispose();
      this.registration = null;
    }
  }
}
