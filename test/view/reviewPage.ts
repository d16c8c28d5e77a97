// Pages with tags to decide on, for the tests of review.
import type { DocumentSummary, FromView } from '../../src/shared/viewMessages';
import { doc } from '../unit/tree/treeFixtures';
import { PageHarness } from './pageHarness';

export const a = doc('a.md', [
  [0, 0.9],
  [1, 0.52],
]);
export const b = doc('b.md', [
  [5, 0.71],
  [4, 0.6],
]);
export const skipped = doc('core.bin', [], { skipped: 'binary file', taggedMs: 0 });

export function inQueue(documents: readonly DocumentSummary[] = [a, b]): PageHarness {
  const page = new PageHarness();
  page.fill(documents);
  page.send({ type: 'group', by: 'review' });
  page.list.focus();
  return page;
}

/** What was decided, in short. */
export function decisions(page: PageHarness): (readonly [string, ...string[]])[] {
  const nameOf = ({ documentId, label }: Extract<FromView, { type: 'decide' }>['rows'][number]) =>
    `${(documentId ?? '').replace('file:///', '')}${label === null ? '' : ` ${label}`}`;
  return page.taken('decide').map(({ act, rows }) => [act, ...rows.map(nameOf)] as const);
}

export const activeName = (page: PageHarness) => page.active.getAttribute('aria-label');
