// The page of the report, as the host sees it: what it is sent, and what it says.
import * as vscode from 'vscode';
import { until } from './until';
import type { FromReport, ReportData, ToReport } from '../../../src/shared/reportData';

export interface ReportPage {
  readonly sent: ToReport[];
  readonly say: (message: FromReport) => void;
  /** The first report, once it is there. */
  readonly report: () => Promise<ReportData>;
}

/** Runs what opens the report. */
export async function withReportPage(action: (page: ReportPage) => Promise<void>): Promise<void> {
  const window = vscode.window as unknown as { createWebviewPanel: typeof vscode.window.createWebviewPanel };
  const before = window.createWebviewPanel;
  const sent: ToReport[] = [];
  let receive: (message: FromReport) => unknown = () => undefined;
  window.createWebviewPanel = (...args) => {
    const panel = before.apply(vscode.window, args);
    const { webview } = panel;
    const post = webview.postMessage.bind(webview);
    webview.postMessage = (message: ToReport) => {
      sent.push(message);
      return post(message);
    };
    const listen = webview.onDidReceiveMessage.bind(webview);
    (webview as { onDidReceiveMessage: typeof listen }).onDidReceiveMessage = (listener, ...more) => {
      receive = listener;
      return listen(listener, ...more);
    };
    return panel;
  };
  try {
    const report = async () => {
      await until('the report is there', () => sent.length > 0);
      const [message] = sent;
      if (message?.type !== 'report') throw new Error('the page was sent something else than a report');
      return message.data;
    };
    await action({ sent, say: (message) => receive(message), report });
  } finally {
    window.createWebviewPanel = before;
  }
}
