// All documents of the tree by slot, a small number that stays the same as long as the document is there.
import type { TreeDocument } from './treeTypes';

/** What changed: the documents as they were and as they are, by slot. */
export interface TableChange {
  readonly slot: number;
  readonly before: TreeDocument | undefined;
  readonly after: TreeDocument | undefined;
}

export class DocumentTable {
  private readonly documents: (TreeDocument | undefined)[] = [];
  private readonly lowTitles: string[] = [];
  private readonly sortKeys: string[] = [];
  private readonly slots = new Map<string, number>();
  private readonly free: number[] = [];

  /** Number of documents. */
  get size(): number {
    return this.slots.size;
  }

  /** One more than the highest slot. */
  get capacity(): number {
    return this.documents.length;
  }

  /** Adds or replaces documents by id; the last one of an id wins. */
  upsert(documents: readonly TreeDocument[]): TableChange[] {
    const changes = new Map<number, TableChange>();
    for (const after of documents) {
      let slot = this.slots.get(after.id);
      if (slot === undefined) {
        slot = this.free.pop() ?? this.documents.length;
        this.slots.set(after.id, slot);
      }
      const earlier = changes.get(slot);
      changes.set(slot, { slot, before: earlier ? earlier.before : this.documents[slot], after });
      this.documents[slot] = after;
      this.lowTitles[slot] = after.title.toLowerCase();
      this.sortKeys[slot] = sortKey(after.title);
    }
    return [...changes.values()];
  }

  /** Takes documents out; unknown ids are ignored. */
  remove(ids: readonly string[]): TableChange[] {
    const changes: TableChange[] = [];
    for (const id of ids) {
      const slot = this.slots.get(id);
      if (slot === undefined) continue;
      changes.push({ slot, before: this.documents[slot], after: undefined });
      this.slots.delete(id);
      this.documents[slot] = undefined;
      this.free.push(slot);
    }
    return changes;
  }

  clear(): void {
    this.documents.length = 0;
    this.lowTitles.length = 0;
    this.sortKeys.length = 0;
    this.free.length = 0;
    this.slots.clear();
  }

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** The document in a slot that is in use. */
  get(slot: number): TreeDocument {
    const document = this.documents[slot];
    if (document === undefined) throw new RangeError(`No document in slot ${slot}.`);
    return document;
  }

  /** Title in lower case. */
  lowTitle(slot: number): string {
    return this.lowTitles[slot] ?? '';
  }

  compareTitles(a: number, b: number): number {
    const left = this.sortKeys[a] ?? '';
    const right = this.sortKeys[b] ?? '';
    return left < right ? -1 : left > right ? 1 : a - b;
  }

  /** Slots in use, in no particular order. */
  *allSlots(): Iterable<number> {
    yield* this.slots.values();
  }
}

/**
 * A key whose plain order is the order people expect: case does not matter, 2 stands before 10, and the files of a
 * folder stand together. Made once a document, because 100,000 collator comparisons would be felt.
 */
export function sortKey(title: string): string {
  return title
    .toLowerCase()
    .replace(/\d+/gu, (digits) => digits.padStart(10, '0'))
    .replaceAll('/', '\u0001');
}
