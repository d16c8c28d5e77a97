// Documents in their groups, kept in order and filtered while documents come, change and go.
import { addToList } from '../addToList';
import { parseQuery } from '../query/parseQuery';
import { QueryTest } from '../query/queryTest';
import type { DocumentTable, TableChange } from './documentTable';
import type { Group, GroupedBy } from './groups';
import { GroupTree, mergeSlots, rankIn, scoreIn, sortSlots } from './groups';
import { withParts } from './parts';
import type { SortBy, TreeLabel } from './treeTypes';

export interface GroupingOptions {
  readonly by: GroupedBy;
  readonly sort: SortBy;
  readonly labels: readonly TreeLabel[];
  /** Names of parents (dot notation) whose children exclude each other. */
  readonly exclusive: ReadonlySet<string>;
  /** What stands in the filter box. */
  readonly filter: string;
}

export class Grouping {
  private readonly tree: GroupTree;
  private test: QueryTest | null;
  /** For each slot, the last count that met it: one array instead of a set a count. */
  private seen = new Uint32Array(0);
  private lastMark = 0;

  constructor(
    private readonly table: DocumentTable,
    private readonly options: GroupingOptions,
  ) {
    this.tree = new GroupTree(options.by, options.labels, options.exclusive);
    this.test = this.testOf(options.filter);
    this.apply([...table.allSlots()].map((slot) => ({ slot, before: undefined, after: table.get(slot) })));
  }

  get root(): Group {
    return this.tree.root;
  }

  /** Moves changed documents to where they now belong. Costs a pass over the groups they were or are in. */
  apply(changes: readonly TableChange[]): void {
    const gone = new Set<Group>();
    const added = new Map<Group, number[]>();
    const touched = new Set<number>();
    for (const { slot, before, after } of changes) {
      touched.add(slot);
      if (before !== undefined) for (const group of this.tree.groupsOf(before)) gone.add(group);
      if (after === undefined) continue;
      for (const group of this.tree.groupsOf(after)) {
        addToList(added, group, slot);
      }
    }
    for (const group of new Set([...gone, ...added.keys()])) {
      const kept = gone.has(group) ? group.all.filter((slot) => !touched.has(slot)) : group.all;
      const rank = rankIn(group, this.options.by, this.options.sort);
      const sorted = sortSlots(added.get(group) ?? [], rank, this.table);
      group.all = mergeSlots(kept, sorted, rank, this.table);
      this.filterGroup(group);
    }
    this.count(this.root);
  }

  setFilter(filter: string): void {
    this.test = this.testOf(filter);
    const visit = (group: Group): void => {
      this.filterGroup(group);
      group.children.forEach(visit);
    };
    visit(this.root);
    this.count(this.root);
  }

  /** The groups in which a document stands, whether the filter shows it there or not. */
  groupsOf(slot: number): Group[] {
    return this.tree.groupsOf(this.table.get(slot));
  }

  /** Number of documents that the filter lets through, each once. */
  get shownDocuments(): number {
    return this.root.documents;
  }

  private testOf(filter: string): QueryTest | null {
    const names = this.options.labels.map(({ name }) => name);
    const test = new QueryTest(parseQuery(filter, names));
    return test.isEmpty ? null : test;
  }

  private filterGroup(group: Group): void {
    const { test, table } = this;
    for (let above: Group | null = group; above !== null; above = above.parent) above.changed = true;
    if (test === null) {
      group.shown = group.all;
      return;
    }
    group.shown = group.all.filter((slot) => {
      const document = table.get(slot);
      const title = table.lowTitle(slot);
      const { label } = group;
      // Where only the document has scores, as nearly everywhere, nothing is made for the question.
      const all = document.parts === undefined ? null : withParts(document);
      if (label === -1) return all?.some((one) => test.matches(one, title)) ?? test.matches(document, title);
      if (all === null) return test.matchesUnder(document, title, label, scoreIn(group, document));
      return all.some((one) => test.matchesUnder(one, title, label, scoreIn(group, one)));
    });
  }

  /** Fills in what the rows of groups say, where something in or below the group changed. */
  private count(group: Group): void {
    if (!group.changed) return;
    group.changed = false;
    group.scoreSum = 0;
    group.scoreCount = 0;
    if (group.label !== -1) {
      for (const slot of group.shown) group.scoreSum += scoreIn(group, this.table.get(slot));
      group.scoreCount = group.shown.length;
    }
    for (const child of group.children) {
      this.count(child);
      group.scoreSum += child.scoreSum;
      group.scoreCount += child.scoreCount;
    }
    group.visible = group.children.filter((child) => child.documents > 0);
    group.documents =
      this.options.by === 'label' && group.visible.length > 0
        ? this.distinctBelow(group)
        : group.visible.reduce((sum, child) => sum + child.documents, group.shown.length);
  }

  /** A document stands once a tag among labels, but is counted once. */
  private distinctBelow(group: Group): number {
    if (this.seen.length < this.table.capacity) this.seen = new Uint32Array(this.table.capacity * 2);
    const mark = ++this.lastMark;
    let count = 0;
    const visit = (one: Group): void => {
      for (const slot of one.shown) {
        if (this.seen[slot] !== mark) count++;
        this.seen[slot] = mark;
      }
      one.visible.forEach(visit);
    };
    visit(group);
    return count;
  }
}
