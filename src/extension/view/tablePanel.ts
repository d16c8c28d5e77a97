// The table of documents by labels: a second look at what the tree shows, in an editor tab, fed by the same stream.
import * as vscode from 'vscode';
import { parseFromView } from '../../shared/parseViewMessages';
import type { FromView } from '../../shared/viewMessages';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';
import type { ViewFeed } from './viewFeed';
import { viewHtml } from './viewHtml';
import { ViewOutbox } from './viewOutbox';

export interface TablePanelParts {
  readonly extensionUri: vscode.Uri;
  readonly feed: ViewFeed;
  readonly results: Results;
  readonly labelSets: LabelSets;
  readonly reporter: Reporter;
  /** Copies these rows, in this order. */
  readonly copy: (ids: readonly string[]) => Promise<void>;
}

export class TablePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | null = null;

  constructor(private readonly parts: TablePanelParts) {}

  show(): void {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const media = vscode.Uri.joinPath(this.parts.extensionUri, 'dist', 'media');
    const panel = vscode.window.createWebviewPanel(
      'glitag.table',
      vscode.l10n.t('Tags Table'),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [media],
        // A cell opens its document over the table: who comes back finds order, filter and place as they were.
        retainContextWhenHidden: true,
      },
    );
    this.panel = panel;
    const { webview } = panel;
    const outbox = new ViewOutbox(
      (message) => webview.postMessage(message),
      (error) => {
        this.parts.reporter.silently(error);
      },
    );
    const feeding = this.parts.feed.attach(outbox);
    panel.onDidDispose(() => {
      feeding.dispose();
      outbox.gone();
      this.panel = null;
    });
    webview.onDidReceiveMessage((value: unknown) => {
      const parsed = parseFromView(value);
      if ('message' in parsed) this.guard(() => this.handle(parsed.message, outbox));
    });
    webview.html = viewHtml({
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(vscode.Uri.joinPath(media, 'table.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(media, 'table-style.css')).toString(),
    });
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private async handle(message: FromView, outbox: ViewOutbox): Promise<void> {
    switch (message.type) {
      case 'ready':
        outbox.ready(message);
        break;
      case 'expand':
        await this.sendScores(message.id, outbox);
        break;
      case 'open':
        this.parts.feed.open(message.id, message.label, message.toSide);
        break;
      case 'copyTable':
        await this.parts.copy(message.ids);
        break;
      default:
        // The rest is the tree's.
        break;
    }
  }

  /** All scores of a row, without their passages: no text is read for them. */
  private async sendScores(id: string, outbox: ViewOutbox): Promise<void> {
    const labels = this.parts.labelSets.read();
    const document = await this.parts.results.exported(id);
    if (!document?.scores || this.parts.labelSets.read() !== labels) return;
    const tags = new Set(document.tags.map(({ label }) => label));
    const scores = document.scores.map(({ label, score }, at) => {
      return { label: at, score, tag: tags.has(label), evidence: '', startLine: 0, endLine: 0 };
    });
    outbox.setDetails(id, scores);
  }

  private guard(act: () => Promise<void>): void {
    act().catch((error: unknown) => {
      this.parts.reporter.error(error);
    });
  }
}
