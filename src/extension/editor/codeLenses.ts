// CodeLens: the tags of each section of a document that was read in several chunks. Opt-in (`glitag.codeLens`).
import * as vscode from 'vscode';
import { scoreWords } from '../../core/scoreText';
import type { Config } from '../settings/config';
import type { CommandId } from '../host/names';
import type { Results } from '../results/results';

/** A line of lenses is read at a glance. */
const maxTagsShown = 3;

export class CodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private registration: vscode.Disposable | null = null;

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly config: Config,
    private readonly results: Results,
  ) {
    this.subscriptions = [
      config.onDidChange((names) => {
        if (names.includes('codeLens')) this.update();
      }),
      results.onDidChange(({ reset, changed, removed }) => {
        if (!this.registration) return;
        // A run tells of documents by the dozen; the sections of those in sight are asked for again.
        const ids = new Set([...changed, ...removed]);
        const seen = vscode.window.visibleTextEditors.some(({ document }) => ids.has(document.uri.toString()));
        if (reset || seen) this.changed.fire();
      }),
    ];
    this.update();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const id = document.uri.toString();
    const sections = await this.results.sections(id);
    if (sections.length < 2) return [];
    return sections.flatMap(({ start, tags }) => {
      if (tags.length === 0) return [];
      const shown = tags.slice(0, maxTagsShown).map(({ label, score }) => `${label} ${scoreWords(score)}`);
      const position = document.positionAt(start);
      return new vscode.CodeLens(new vscode.Range(position, position), {
        title: shown.join(' · '),
        tooltip: vscode.l10n.t('Show in the Tags view'),
        command: 'glitag.showInView' satisfies CommandId,
        arguments: [document.uri],
      });
    });
  }

  dispose(): void {
    this.registration?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private update(): void {
    const wanted = this.config.isOn('codeLens');
    if (wanted && !this.registration)
      this.registration = vscode.languages.registerCodeLensProvider([{ scheme: '*' }], this);
    else if (!wanted) {
      this.registration?.dispose();
      this.registration = null;
    }
  }
}
