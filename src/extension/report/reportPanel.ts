// The report in an editor tab: sends the data once the page is there, and opens what it asks for.
import * as vscode from 'vscode';
import { parseFromReport } from '../../shared/parseReportMessages';
import type { ChosenThresholds, FromReport, ReportData, ToReport } from '../../shared/reportData';
import type { Reporter } from '../host/report';
import { viewHtml } from '../view/viewHtml';
import type { EvaluationSource } from './evaluationSource';

export interface ReportActs {
  readonly open: EvaluationSource['open'];
  readonly useThresholds: (thresholds: ChosenThresholds) => Promise<void>;
  /** Of a report on a trained model: whether the label set is to use it. Resolves to whether it does. */
  readonly useTrained?: (use: boolean) => Promise<boolean>;
}

export class ReportPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | null = null;
  private shown: { readonly data: ReportData; readonly acts: ReportActs } | null = null;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly reporter: Reporter,
  ) {}

  /** One tab: a second evaluation takes the place of the first. */
  show(data: ReportData, acts: ReportActs): void {
    this.shown = { data, acts };
    if (this.panel) {
      this.panel.reveal();
      this.send();
    } else this.panel = this.make();
    this.panel.title = vscode.l10n.t('Evaluation of {0}', data.title);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private make(): vscode.WebviewPanel {
    const media = vscode.Uri.joinPath(this.extensionUri, 'dist', 'media');
    const panel = vscode.window.createWebviewPanel('glitag.report', '', vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [media],
      // A mistake opens its place over the report: who comes back finds threshold, label and scrolling as they were.
      retainContextWhenHidden: true,
      enableFindWidget: true,
    });
    const { webview } = panel;
    panel.onDidDispose(() => {
      this.panel = null;
      this.shown = null;
    });
    webview.onDidReceiveMessage((value: unknown) => {
      const message = parseFromReport(value);
      if (message) this.handle(message);
    });
    webview.html = viewHtml({
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(vscode.Uri.joinPath(media, 'report.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(media, 'report-style.css')).toString(),
      title: 'Evaluation',
    });
    return panel;
  }

  private handle(message: FromReport): void {
    switch (message.type) {
      case 'ready':
        this.send();
        break;
      case 'open':
        this.guard(this.shown?.acts.open(message.id, message.label, message.toSide));
        break;
      case 'useThresholds':
        this.guard(this.shown?.acts.useThresholds(message.thresholds));
        break;
      case 'useTrained':
        this.guard(this.useTrained(message.use));
        break;
    }
  }

  private async useTrained(use: boolean): Promise<void> {
    const { shown } = this;
    if (!shown?.data.earlier || !shown.acts.useTrained) return;
    const inUse = await shown.acts.useTrained(use);
    if (this.shown !== shown) return;
    // A page that is made anew later says the same.
    const earlier = { ...shown.data.earlier, trainedInUse: inUse };
    this.shown = { ...shown, data: { ...shown.data, earlier } };
    this.post({ type: 'trainedInUse', inUse });
  }

  private guard(work: Promise<void> | undefined): void {
    work?.catch((error: unknown) => {
      this.reporter.error(error);
    });
  }

  private send(): void {
    if (this.shown) this.post({ type: 'report', data: this.shown.data });
  }

  private post(message: ToReport): void {
    this.panel?.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.reporter.silently(error);
    });
  }
}
