// Entry of the table page.
import type { ViewHost } from '../tags/savedState';
import { TablePage } from './tablePage';

declare function acquireVsCodeApi(): ViewHost;

new TablePage(document.body, acquireVsCodeApi());
