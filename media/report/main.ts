// Entry of the report page: in a file the data lies beside the script, in the editor the host sends it.
import { parseReportData, parseToReport } from '../../src/shared/parseReportData';
import type { FromReport, ReportData } from '../../src/shared/reportData';
import { element } from '../tags/dom';
import { scoresOf } from './decodeScores';
import { ReportPage } from './reportPage';
import type { ReportHost } from './reportPage';

declare function acquireVsCodeApi(): { postMessage(message: FromReport): void };

/** Where a report file holds its data, as JSON. */
const dataId = 'report-data';

/** The page that is shown; null where the data cannot be read. */
function show(data: ReportData | null, host: ReportHost | null): ReportPage | null {
  const scores = data && scoresOf(data);
  if (!data || !scores) {
    const what = 'The data of this report cannot be read. Make the report again with this version of GLiTag.';
    document.body.replaceChildren(element('main', 'report', element('h1', '', 'Evaluation'), element('p', '', what)));
    return null;
  }
  const page = new ReportPage(data, scores, host);
  document.body.replaceChildren(page.element);
  return page;
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
  let page: ReportPage | null = null;
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseToReport(event.data);
    if (message === null) console.warn('GLiTag: a message that the report does not understand was left out.');
    else if (message.type === 'trainedInUse') page?.sayTrainedInUse(message.inUse);
    else {
      page = show(message.data, {
        open: (id, label, toSide) => {
          host.postMessage({ type: 'open', id, label, toSide });
        },
        useThresholds: (thresholds) => {
          host.postMessage({ type: 'useThresholds', thresholds });
        },
        useTrained: (use) => {
          host.postMessage({ type: 'useTrained', use });
        },
      });
    }
  });
  host.postMessage({ type: 'ready' });
}

start();
