// The texts that are kept in memory, by id and by the document that they are of. Free of `vscode` at run time.
import type * as vscode from 'vscode';
import { isWithin } from '../../workspace/find/isWithin';
import type { Entry } from './memoryEntry';

export class EntryTable {
  private readonly entries = new Map<string, Entry>();
  private readonly ofDocuments = new Map<string, Set<string>>();

  /** The entry comes last, also where it replaces one. */
  set(entry: Entry): void {
    this.delete(entry.id);
    this.entries.set(entry.id, entry);
    const key = documentOf(entry);
    const ids = this.ofDocuments.get(key);
    if (ids) ids.add(entry.id);
    else this.ofDocuments.set(key, new Set([entry.id]));
  }

  delete(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    const ids = this.ofDocuments.get(documentOf(entry));
    ids?.delete(id);
    if (ids?.size === 0) this.ofDocuments.delete(documentOf(entry));
  }

  clear(): void {
    this.entries.clear();
    this.ofDocuments.clear();
  }

  get(id: string): Entry | undefined {
    return this.entries.get(id);
  }

  all(): Entry[] {
    return [...this.entries.values()];
  }

  /** Ids of the documents. */
  documents(): string[] {
    return [...this.ofDocuments.keys()];
  }

  /** The document as a whole, where it is here, and its parts. */
  of(document: string): Entry[] {
    const ids = this.ofDocuments.get(document);
    return ids ? [...ids].flatMap((id) => this.entries.get(id) ?? []) : [];
  }

  /** All of a document, or of every document in a folder. */
  within(uri: vscode.Uri): Entry[] {
    const key = uri.toString();
    return this.documents()
      .filter((id) => isWithin(id, key))
      .flatMap((id) => this.of(id));
  }
}

/** Id of the document that a text is of. */
export function documentOf({ uri }: Pick<Entry, 'uri'>): string {
  return uri.toString();
}
