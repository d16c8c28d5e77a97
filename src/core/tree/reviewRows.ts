// Rows of the queue of review, and their names.
import type { QueueItem, ReviewQueue } from './reviewQueue';
import { keySeparator } from './groups';
import type { RowName } from './tagTree';
import type { ReviewRow, TreeLabel, TreeScore } from './treeTypes';

/** Stands for the group in names of rows. */
const queueName = `${keySeparator}review`;

/** `scores`: of the document, where they are known. */
export function reviewRow(
  queue: ReviewQueue,
  index: number,
  { tag, document, rejected }: QueueItem,
  labels: readonly TreeLabel[],
  scores: readonly TreeScore[] | undefined,
): ReviewRow {
  const { name = '', path = [] } = labels[tag.label] ?? {};
  const { evidence = '', startLine = 0, endLine = 0 } = scores?.find(({ label }) => label === tag.label) ?? {};
  return {
    kind: 'review',
    key: [queueName, document.id, name].join(keySeparator),
    level: 1,
    position: index + 1,
    siblings: queue.length,
    open: null,
    document,
    tag,
    rejected,
    name: path.at(-1) ?? '',
    evidence,
    startLine,
    endLine,
  };
}

export function reviewName({ document, tag }: QueueItem, labels: readonly TreeLabel[]): RowName {
  return { group: queueName, document: document.id, inner: labels[tag.label]?.name ?? '' };
}

/** Row of a name, or of what came after it; -1 where it is no name of the queue, or neither is there. */
export function findReview(queue: ReviewQueue, name: RowName, labels: readonly TreeLabel[]): number {
  if (name.group !== queueName || name.document === null) return -1;
  const label = labels.findIndex((one) => one.name === name.inner);
  return queue.find(name.document, label);
}
