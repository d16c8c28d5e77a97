// Entry of the report page: in a file the data lies beside the script, in the editor the host sends it.
import { parseReportData, parseToReport } from '../../src/shared/parseReportData';
import type { FromReport, ReportData } from '../../src/shared/reportData';
import { element } from '../tags/dom';
import { decodeScores } from './decodeScores';
import { ReportPage } from './reportPage';
import type { ReportHost } from './reportPage';

declare function acquireVsCodeApi(): { postMessage(message: FromReport): void };

/** Where a report file holds its data, as JSON. */
const dataId = 'report-data';

function show(data: ReportData | null, host: ReportHost | null): void {
  const scores = data && decodeScores(data.scores, data.rows.length * data.labels.length);
  if (!data || !scores) {
    const what = 'The data of this report cannot be read. Make the report again with this version of GLiTag.';
    document.body.replaceChildren(element('main', 'report', element('h1', '', 'Evaluation'), element('p', '', what)));
    return;
  }
  const { labels, rows } = data;
  document.body.replaceChildren(new ReportPage(data, { labels, rows, scores }, host).element);
}

function start(): void {
  if (typeof acquireVsCodeApi === 'undefined') {
    const json = document.getElementById(dataId)?.textContent ?? '';
    let data: unknown = null;
    try {
      data = JSON.parse(json);
    } catch {
      // A file cut short: said on the page.
    }
    show(parseReportData(data), null);
    return;
  }
  const host = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseToReport(event.data);
    if (message === null) console.warn('GLiTag: a message that the report does not understand was left out.');
    else {
      show(message.data, {
        open: (id, label, toSide) => {
          host.postMessage({ type: 'open', id, label, toSide });
        },
        useThresholds: (thresholds) => {
          host.postMessage({ type: 'useThresholds', thresholds });
        },
      });
    }
  });
  host.postMessage({ type: 'ready' });
}

start();
