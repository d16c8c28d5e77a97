// The decisions of one label set in memory, by document: only documents that somebody decided on are here.
import type { Decision, DocumentKey } from '../../core/review/decision';

const none: readonly Decision[] = [];

export class DecidedDocuments {
  private readonly byDocument = new Map<string, readonly Decision[]>();

  of(key: DocumentKey): readonly Decision[] {
    return this.byDocument.get(nameOf(key)) ?? none;
  }

  /** Adds to what is here; each document comes in one piece. */
  add(decisions: readonly Decision[]): void {
    // A file that was imported is one document with all its texts: its list is copied once, not with each of them.
    const added = new Map<string, Decision[]>();
    for (const decision of decisions) {
      const name = nameOf(decision);
      const others = added.get(name);
      if (others) others.push(decision);
      else added.set(name, [...(this.byDocument.get(name) ?? []), decision]);
    }
    for (const [name, all] of added) this.byDocument.set(name, all);
  }

  replace(key: DocumentKey, decisions: readonly Decision[]): void {
    if (decisions.length === 0) this.byDocument.delete(nameOf(key));
    else this.byDocument.set(nameOf(key), decisions);
  }

  /** One decision of each document, which names it. */
  *documents(): Generator<DocumentKey, void> {
    for (const [first] of this.byDocument.values()) if (first) yield first;
  }
}

function nameOf({ root, path }: DocumentKey): string {
  return JSON.stringify([root, path]);
}
