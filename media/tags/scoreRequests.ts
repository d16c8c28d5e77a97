// Asks the host for the scores of opened documents: of those that are drawn, once each.
import type { TagTree } from '../../src/core/tree/tagTree';
import type { Row, TreeDocument } from '../../src/core/tree/treeTypes';

/** Quiet time before scores are asked for whole pages of rows that nobody opened: whoever scrolls by needs none. */
const pauseMs = 150;

export class ScoreRequests {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly asked = new Set<string>();
  /** Documents whose scores on the page are older than the document. */
  private readonly outdated = new Set<string>();

  constructor(
    private readonly tree: TagTree,
    private readonly ask: (id: string) => void,
  ) {}

  /** Rows were drawn: asks for what they lack. */
  drawn(rows: readonly Row[]): void {
    clearTimeout(this.timer);
    const inQueue: TreeDocument[] = [];
    for (const row of rows) {
      if (!('document' in row)) continue;
      const closed = (row.kind === 'document' || row.kind === 'part') && row.open !== true;
      if (row.kind === 'review') inQueue.push(row.document);
      else if (!closed) this.askFor(row.document);
    }
    if (inQueue.length === 0) return;
    this.timer = setTimeout(() => {
      for (const document of inQueue) this.askFor(document);
    }, pauseMs);
  }

  private askFor({ id, skipped, partsOnly }: TreeDocument): void {
    if (partsOnly === true || skipped !== undefined || this.asked.has(id)) return;
    if (this.tree.hasDetails(id) && !this.outdated.has(id)) return;
    this.asked.add(id);
    this.ask(id);
  }

  /** A document changed. Its old scores stay in view until the new ones are there. */
  changed(id: string): void {
    this.asked.delete(id);
    if (this.tree.hasDetails(id)) this.outdated.add(id);
  }

  arrived(id: string): void {
    this.asked.delete(id);
    this.outdated.delete(id);
  }

  /** Nothing that was asked for counts any more: other labels, or all documents anew. */
  forget(): void {
    this.asked.clear();
    this.outdated.clear();
  }
}
