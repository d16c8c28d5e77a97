// Entry of the "Tags" page.
import { TagsPage } from './page';
import type { ViewHost } from './savedState';

declare function acquireVsCodeApi(): ViewHost;

new TagsPage(document.body, acquireVsCodeApi());
