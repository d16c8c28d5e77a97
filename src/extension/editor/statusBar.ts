// The one status bar item: the active label set and what the extension is at. A click opens a menu.
import * as vscode from 'vscode';
import type { Activity } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { CommandId, WorkState } from '../host/names';

interface Choice extends vscode.QuickPickItem {
  readonly command?: CommandId;
}

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly activity: Activity,
    private readonly labelSets: LabelSets,
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
    ];
    this.draw();
    this.item.show();
  }

  /** The menu behind the item: only what makes sense now. */
  async showMenu(): Promise<void> {
    const { state } = this.activity.state;
    const picked = await vscode.window.showQuickPick(choices(state), { title: 'GLiTag', placeHolder: this.tooltip() });
    if (picked?.command) await vscode.commands.executeCommand(picked.command);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private draw(): void {
    const { state, count, error } = this.activity.state;
    const { active, problem } = this.labelSets.read();
    const name = active?.name ?? vscode.l10n.t('no label set');
    const progress = count
      ? ` ${vscode.l10n.t('{0} of {1}', count.done.toLocaleString(), count.total.toLocaleString())}`
      : '';
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
    const done = count
      ? vscode.l10n.t('{0} of {1} documents', count.done.toLocaleString(), count.total.toLocaleString())
      : null;
    const doing = state === 'paused' ? vscode.l10n.t('paused') : title;
    return ['GLiTag', set, doing, done, state === 'idle' ? (error?.message ?? null) : null]
      .filter((part) => part !== null && part !== '')
      .join(' · ');
  }
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
