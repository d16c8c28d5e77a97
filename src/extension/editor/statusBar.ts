// The one status bar item: the tags of the active document, or the label set in use, and what the extension is at. A click opens a
// menu.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { scoreText } from '../../core/scoreText';
import type { DocumentSummary } from '../../shared/viewMessages';
import { documentsText } from '../host/countWords';
import type { Activity } from '../host/activity';
import type { Learning } from '../learn/learning';
import type { LabelSets } from '../labels/labelSets';
import type { CommandId, WorkState } from '../host/names';
import { limitsOf } from '../models/modelLimits';
import type { Models } from '../models/models';
import type { Results } from '../results/results';

/** The status bar is everybody's. */
const maxTagsShown = 2;
const maxNameLength = 24;

interface Choice extends vscode.QuickPickItem {
  readonly command?: CommandId;
  /** In place of a command. */
  readonly act?: () => Promise<void>;
}

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly activity: Activity,
    private readonly labelSets: LabelSets,
    private readonly results: Results,
    private readonly learning: Pick<Learning, 'isOn' | 'line' | 'unable' | 'toggle'>,
    private readonly models: Pick<Models, 'descriptionOf' | 'onDidWait' | 'serverOf' | 'titleOf' | 'waitingFor'>,
  ) {
    this.item = vscode.window.createStatusBarItem('glitag.status', vscode.StatusBarAlignment.Right, 90);
    this.item.name = 'GLiTag';
    this.item.command = 'glitag.showMenu' satisfies CommandId;
    this.subscriptions = [
      activity.onDidChange(() => {
        this.draw();
      }),
      labelSets.onDidChange(() => {
        this.draw();
      }),
      models.onDidWait(() => {
        this.draw();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.draw();
      }),
      results.onDidChange(({ reset, changed, removed }) => {
        const id = activeId();
        if (reset || (id !== undefined && (changed.includes(id) || removed.includes(id)))) this.draw();
      }),
    ];
    this.draw();
    this.item.show();
  }

  /** The menu behind the item: only what makes sense now. */
  async showMenu(): Promise<void> {
    const { state } = this.activity.state;
    const items = [...choices(state), this.modelChoice(), this.learningChoice()];
    const picked = await vscode.window.showQuickPick(items, { title: 'GLiTag', placeHolder: this.tooltip() });
    await picked?.act?.();
    if (picked?.command) await vscode.commands.executeCommand(picked.command);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  /** With what the model cannot do: known once it was asked. */
  private modelChoice(): Choice {
    const model = this.labelSets.read().active?.model;
    const description = this.models.descriptionOf(model);
    const limits = description ? limitsOf(description) : [];
    return {
      label: vscode.l10n.t('Model: {0}', this.models.titleOf(model)),
      ...(limits.length > 0 ? { detail: limits.join(' · ') } : {}),
      iconPath: new vscode.ThemeIcon('symbol-misc'),
      command: 'glitag.chooseModel',
    };
  }

  private learningChoice(): Choice {
    const { isOn, line, unable } = this.learning;
    const description = isOn ? vscode.l10n.t('switch off') : vscode.l10n.t('switch on');
    return {
      label: line,
      description,
      ...(unable === '' ? {} : { detail: unable }),
      iconPath: new vscode.ThemeIcon('mortar-board'),
      act: () => this.learning.toggle(),
    };
  }

  private draw(): void {
    const { state, count, error } = this.activity.state;
    const { active, problem } = this.labelSets.read();
    const name = this.tags() ?? (active ? shortened(active.name) : vscode.l10n.t('no label set'));
    const progress = count ? ` ${vscode.l10n.t('{0} of {1}', wholeNumber(count.done), wholeNumber(count.total))}` : '';
    const failed = state === 'idle' && (error !== null || problem !== null);
    this.item.text = `${icon(state, failed)} ${name}${progress}`;
    this.item.tooltip = this.tooltip();
    this.item.accessibilityInformation = { label: this.tooltip() };
    this.item.backgroundColor = failed ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  }

  private tooltip(): string {
    const { state, title, count, error } = this.activity.state;
    const { active, problem } = this.labelSets.read();
    const set = active && problem === null ? vscode.l10n.t('Label set “{0}”', active.name) : (problem ?? '');
    const done = count ? vscode.l10n.t('{0} of {1}', wholeNumber(count.done), documentsText(count.total)) : null;
    const doing = state === 'paused' ? vscode.l10n.t('paused') : title;
    return [
      'GLiTag',
      set,
      this.serverInWords(),
      this.tagsInWords(),
      doing,
      done,
      this.models.waitingFor(active?.model),
      state === 'idle' ? (error?.message ?? null) : null,
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ');
  }

  /** Where texts go, if they leave this machine. */
  private serverInWords(): string | null {
    const server = this.models.serverOf(this.labelSets.read().active?.model);
    return server === null ? null : vscode.l10n.t('texts are sent to {0}', server);
  }

  /** `privacy .92 · legal .91 +1` while nothing else is at work; null where nothing is known of the active document. */
  private tags(): string | null {
    const summary = this.summary();
    if (this.activity.state.state !== 'idle' || !summary) return null;
    const { tags, stale } = summary;
    const shown = tags
      .slice(0, maxTagsShown)
      .map((tag) => `${shortened(this.pathOf(tag.label).at(-1))} ${scoreText(tag.score)}`);
    const more = tags.length > maxTagsShown ? ` +${tags.length - maxTagsShown}` : '';
    const text = tags.length === 0 ? vscode.l10n.t('none fits') : shown.join(' · ') + more;
    return stale ? `${text} $(history)` : text;
  }

  private tagsInWords(): string | null {
    const summary = this.summary();
    if (!summary) return null;
    const { title, tags, stale } = summary;
    const all = tags.map(({ label, score }) => `${this.pathOf(label).join('.')} ${scoreText(score)}`).join(', ');
    const words = `${title}: ${all === '' ? vscode.l10n.t('none fits') : all}`;
    return stale ? vscode.l10n.t('{0} (stale)', words) : words;
  }

  /** What is known of the active document as a whole. */
  private summary(): DocumentSummary | undefined {
    const id = activeId();
    const summary = id === undefined ? undefined : this.results.summary(id);
    return summary?.skipped === undefined && summary?.partsOnly !== true ? summary : undefined;
  }

  private pathOf(label: number): readonly string[] {
    return this.labelSets.read().active?.labels[label]?.path ?? [];
  }
}

function activeId(): string | undefined {
  return vscode.window.activeTextEditor?.document.uri.toString();
}

/** Icons of the status bar are written `$(name)`: a name of a label or a set that looks like one stays text. */
function shortened(name = ''): string {
  const plain = name.replaceAll('$(', '$ (');
  return plain.length > maxNameLength ? `${plain.slice(0, maxNameLength - 1)}…` : plain;
}

function icon(state: WorkState, failed: boolean): string {
  switch (state) {
    case 'working':
    case 'running':
      return '$(sync~spin)';
    case 'paused':
      return '$(debug-pause)';
    case 'idle':
      return failed ? '$(warning)' : '$(tag)';
  }
}

function choices(state: WorkState): Choice[] {
  const choice = (label: string, icon: string, command: CommandId): Choice => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    command,
  });
  const run: Choice[] = [];
  if (state === 'running') run.push(choice(vscode.l10n.t('Pause'), 'debug-pause', 'glitag.pauseRun'));
  if (state === 'paused') run.push(choice(vscode.l10n.t('Resume'), 'debug-continue', 'glitag.resumeRun'));
  if (state !== 'idle') run.push(choice(vscode.l10n.t('Stop'), 'debug-stop', 'glitag.stopRun'));
  const start: Choice[] = [];
  if (vscode.window.activeTextEditor)
    start.push(choice(vscode.l10n.t('Classify Selection'), 'tag', 'glitag.classifySelection'));
  if (state !== 'running' && state !== 'paused' && (vscode.workspace.workspaceFolders?.length ?? 0) > 0)
    start.push(choice(vscode.l10n.t('Tag Workspace'), 'run-all', 'glitag.tagWorkspace'));
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [
    ...run,
    ...(run.length > 0 ? [separator] : []),
    choice(vscode.l10n.t('Choose Label Set'), 'symbol-enum', 'glitag.chooseLabelSet'),
    ...start,
    separator,
    choice(vscode.l10n.t('Open Settings'), 'settings-gear', 'glitag.openSettings'),
    choice(vscode.l10n.t('Show Log'), 'output', 'glitag.showLog'),
  ];
}
