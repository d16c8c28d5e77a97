// Asks the host for the scores of opened documents: of those that are drawn, once each.
import type { TagTree } from '../../src/core/tree/tagTree';
import type { Row } from '../../src/core/tree/treeTypes';

export class ScoreRequests {
  private readonly asked = new Set<string>();
  /** Documents whose scores on the page are older than the document. */
  private readonly outdated = new Set<string>();

  constructor(
    private readonly tree: TagTree,
    private readonly ask: (id: string) => void,
  ) {}

  /** Rows were drawn: asks for what they lack. */
  drawn(rows: readonly Row[]): void {
    for (const row of rows) {
      if (!('document' in row)) continue;
      const closed = (row.kind === 'document' || row.kind === 'part') && row.open !== true;
      const { id, skipped, partsOnly } = row.document;
      if (closed || partsOnly === true || skipped !== undefined || this.asked.has(id)) continue;
      if (this.tree.hasDetails(id) && !this.outdated.has(id)) continue;
      this.asked.add(id);
      this.ask(id);
    }
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
