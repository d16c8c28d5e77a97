// CodeLens: the tags of each section of a document that was read in several chunks. Opt-in (`glitag.codeLens`).
import * as vscode from 'vscode';
import { isUndecided } from '../../core/review/reviewOrder';
import { scoreWords } from '../../core/scoreText';
import type { Config } from '../settings/config';
import type { CommandId } from '../host/names';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';
import { labelRow } from '../review/targets';

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
    private readonly labelSets: LabelSets,
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
    const { labels } = this.labelSets.active();
    const effective = this.results.effective(id);
    const rejected = new Set(effective?.rejected.map(({ label }) => label));
    const open = new Set(effective?.tags.filter(isUndecided).map(({ label }) => label));
    return sections.flatMap(({ start, tags }) => {
      const left = tags.filter(({ label }) => !rejected.has(label)).slice(0, maxTagsShown);
      if (left.length === 0) return [];
      const position = document.positionAt(start);
      const lens = (title: string, tooltip: string, command: CommandId, ...args: readonly unknown[]) =>
        new vscode.CodeLens(new vscode.Range(position, position), { title, tooltip, command, arguments: [...args] });
      const title = left.map(({ label, score }) => `${label} ${scoreWords(score)}`).join(' · ');
      const show = lens(title, vscode.l10n.t('Show in the Tags view'), 'glitag.showInView', document.uri);
      const undecided = left.filter(({ label }) => open.has(label)).map(({ label }) => label);
      if (undecided.length === 0) return [show];
      const rows = undecided.map((name) =>
        labelRow(
          id,
          labels.findIndex((label) => label.name === name),
        ),
      );
      const names = undecided.join(', ');
      return [
        show,
        lens(vscode.l10n.t('Accept'), vscode.l10n.t('Accept {0}', names), 'glitag.acceptTag', rows),
        lens(vscode.l10n.t('Reject'), vscode.l10n.t('Reject {0}', names), 'glitag.rejectTag', rows),
      ];
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
