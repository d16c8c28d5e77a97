// Documents by labels as rows and columns: filtered, and in the order of a column.
import { parseQuery } from '../query/parseQuery';
import { QueryTest } from '../query/queryTest';
import { DocumentTable } from './documentTable';
import { withParts } from './parts';
import type { TreeDocument, TreeLabel } from './treeTypes';

/** `name`, `newest`, or the number of a label: its best score first. */
export type TableOrder = 'name' | 'newest' | number;

export class ScoreTable {
  labels: readonly TreeLabel[] = [];
  private readonly table = new DocumentTable();
  /** What stands in the table of each document: itself, its selections. */
  private readonly rowsOf = new Map<string, readonly string[]>();
  private filter = '';
  private sorting: TableOrder = 'newest';
  private slots: number[] | null = null;

  /** Rows that the filter lets through. */
  get length(): number {
    return this.ordered().length;
  }

  /** All rows. */
  get size(): number {
    return this.table.size;
  }

  get order(): TableOrder {
    return this.sorting;
  }

  setLabels(labels: readonly TreeLabel[]): void {
    if (typeof this.sorting === 'number') {
      const name = this.labels[this.sorting]?.name;
      const now = labels.findIndex((label) => label.name === name);
      this.sorting = now === -1 ? 'newest' : now;
    }
    this.labels = labels;
    this.slots = null;
  }

  /** `filter`: a search (core/query), as it stands in the filter box. */
  setFilter(filter: string): void {
    this.filter = filter;
    this.slots = null;
  }

  setOrder(order: TableOrder): void {
    this.sorting = order;
    this.slots = null;
  }

  putDocuments(documents: readonly TreeDocument[], reset: boolean): void {
    if (reset) {
      this.table.clear();
      this.rowsOf.clear();
    }
    for (const document of documents) {
      const rows = withParts(document);
      const ids = rows.map(({ id }) => id);
      this.table.remove((this.rowsOf.get(document.id) ?? []).filter((id) => !ids.includes(id)));
      this.table.upsert(rows);
      this.rowsOf.set(document.id, ids);
    }
    this.slots = null;
  }

  removeDocuments(ids: readonly string[]): void {
    for (const id of ids) {
      this.table.remove(this.rowsOf.get(id) ?? []);
      this.rowsOf.delete(id);
    }
    this.slots = null;
  }

  /** The document of a row. Throws RangeError outside the rows. */
  row(index: number): TreeDocument {
    return this.table.get(this.ordered()[index] ?? -1);
  }

  /** Ids in the order of the rows. */
  ids(): string[] {
    return this.ordered().map((slot) => this.table.get(slot).id);
  }

  private ordered(): readonly number[] {
    this.slots ??= this.arrange();
    return this.slots;
  }

  private arrange(): number[] {
    const { table, filter, sorting } = this;
    const names = this.labels.map(({ name }) => name);
    const test = new QueryTest(parseQuery(filter, names));
    const slots = [...table.allSlots()].filter(
      (slot) => test.isEmpty || test.matches(table.get(slot), table.lowTitle(slot)),
    );
    if (sorting === 'name') return slots.sort((a, b) => table.compareTitles(a, b));
    const ranks = new Map(slots.map((slot) => [slot, rankOf(table.get(slot), sorting)]));
    return slots.sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0) || table.compareTitles(a, b));
  }
}

function rankOf(document: TreeDocument, order: number | 'newest'): number {
  if (order === 'newest') return document.taggedMs ?? 0;
  return document.tags.find(({ label }) => label === order)?.score ?? -1;
}
