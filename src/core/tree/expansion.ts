// Which rows are open: kept by name, so that it survives patches, regrouping and a reload of the page.

/** What is written to the page's saved state. */
export interface SavedExpansion {
  /** Groups and inner rows whose state is not their default. */
  readonly toggled: readonly string[];
  /** Open documents: [group key, document id]. */
  readonly documents: readonly (readonly [string, string])[];
}

export class Expansion {
  private readonly toggled = new Set<string>();
  private readonly documents = new Map<string, Set<string>>();

  /** Whether the row `key` is open, given what it is by default. */
  isOpen(key: string, byDefault: boolean): boolean {
    return this.toggled.has(key) !== byDefault;
  }

  set(key: string, byDefault: boolean, open: boolean): void {
    if (open === byDefault) this.toggled.delete(key);
    else this.toggled.add(key);
  }

  /** Ids of the open documents of a group, or undefined where there are none. */
  openDocuments(group: string): ReadonlySet<string> | undefined {
    return this.documents.get(group);
  }

  setDocument(group: string, id: string, open: boolean): void {
    const ids = this.documents.get(group);
    if (open) {
      if (ids === undefined) this.documents.set(group, new Set([id]));
      else ids.add(id);
    } else if (ids?.delete(id) === true && ids.size === 0) {
      this.documents.delete(group);
    }
  }

  clear(): void {
    this.toggled.clear();
    this.documents.clear();
  }

  /** At most `limit` entries of each kind: a saved state of many megabytes would slow every change down. */
  save(limit: number): SavedExpansion {
    const documents: [string, string][] = [];
    for (const [group, ids] of this.documents) {
      for (const id of ids) {
        if (documents.length >= limit) break;
        documents.push([group, id]);
      }
    }
    return { toggled: [...this.toggled].slice(0, limit), documents };
  }

  restore(saved: SavedExpansion): void {
    this.clear();
    for (const key of saved.toggled) this.toggled.add(key);
    for (const [group, id] of saved.documents) this.setDocument(group, id, true);
  }
}
