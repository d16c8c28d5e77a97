// The groups of a grouping: where a document belongs, and in which order documents stand in a group.
import type { DocumentTable } from './documentTable';
import { sortKey } from './documentTable';
import { allTags } from './parts';
import type { GroupBy, SortBy, TreeDocument, TreeLabel } from './treeTypes';

/** Separates the parts of a key; cannot come from a path or a setting by accident. */
export const keySeparator = '\u001f';

/** The groupings that have groups. */
export type GroupedBy = Exclude<GroupBy, 'review'>;

export interface Group {
  readonly kind: 'root' | 'folder' | 'label' | 'rest';
  readonly key: string;
  readonly name: string;
  /** Full name in dot notation of a label or parent; path of a folder. */
  readonly fullName: string;
  readonly parent: Group | null;
  /** 0 for the root. */
  readonly level: number;
  readonly exclusive: boolean;
  /** A file that is read in parts: it stands among the folders. */
  readonly file: boolean;
  /** The label whose documents stand here; -1 where there is none. A name may be a label and a parent. */
  label: number;
  readonly rest: 'none' | 'skipped' | null;
  readonly children: Group[];
  /** Slots of all its own documents in order, and of those that the filter lets through. */
  all: number[];
  shown: number[];
  /** Children that have something to show. */
  visible: Group[];
  /** Documents shown in it and below it, each once. */
  documents: number;
  /** Sum and number of the scores of the tags shown in it and below it. */
  scoreSum: number;
  scoreCount: number;
  /** Something in it or below it changed since it was counted. */
  changed: boolean;
  /** Row of the group in the last layout; -1 where it has none. */
  row: number;
}

type GroupParts = Pick<Group, 'kind' | 'name' | 'fullName'> & Partial<Pick<Group, 'exclusive' | 'file' | 'rest'>>;

export function makeGroup(parent: Group | null, parts: GroupParts): Group {
  return {
    exclusive: false,
    file: false,
    label: -1,
    rest: null,
    ...parts,
    parent,
    key: parent === null ? '' : `${parent.key}${keySeparator}${parts.kind[0] ?? ''}${parts.name}`,
    level: parent === null ? 0 : parent.level + 1,
    children: [],
    all: [],
    shown: [],
    visible: [],
    documents: 0,
    scoreSum: 0,
    scoreCount: 0,
    changed: true,
    row: -1,
  };
}

/** Parents of labels and the first level of folders are open until the user closes them. */
export function opensByDefault(group: Group): boolean {
  switch (group.kind) {
    case 'root':
      return true;
    case 'folder':
      return group.level === 1;
    case 'label':
      return group.children.length > 0;
    case 'rest':
      return false;
  }
}

/** The groups of one grouping; folders are made when a document asks for them. */
export class GroupTree {
  readonly root = makeGroup(null, { kind: 'root', name: '', fullName: '' });
  private readonly folders = new Map<string, Group>();
  private readonly labelGroups: Group[] = [];
  private readonly rest: { none: Group; skipped: Group } | null = null;

  constructor(
    private readonly by: GroupedBy,
    labels: readonly TreeLabel[],
    exclusive: ReadonlySet<string>,
  ) {
    if (by !== 'label') return;
    const byPath = new Map<string, Group>();
    labels.forEach((label, index) => {
      let group = this.root;
      label.path.forEach((name, depth) => {
        const path = label.path.slice(0, depth + 1);
        const key = path.join(keySeparator);
        let next = byPath.get(key);
        if (next === undefined) {
          const fullName = path.join('.');
          next = makeGroup(group, { kind: 'label', name, fullName, exclusive: exclusive.has(fullName) });
          byPath.set(key, next);
          group.children.push(next);
        }
        group = next;
      });
      group.label = index;
      this.labelGroups[index] = group;
    });
    this.rest = {
      none: makeGroup(this.root, { kind: 'rest', name: 'none', fullName: '', rest: 'none' }),
      skipped: makeGroup(this.root, { kind: 'rest', name: 'skip', fullName: '', rest: 'skipped' }),
    };
    this.root.children.push(this.rest.none, this.rest.skipped);
  }

  /** The groups in which a document stands. */
  groupsOf(document: TreeDocument): Group[] {
    switch (this.by) {
      case 'file':
        return [this.root];
      case 'folder':
        return [this.folder(document)];
      case 'label': {
        const groups = allTags(document).flatMap((tag) => this.labelGroups[tag.label] ?? []);
        if (groups.length > 0 || this.rest === null) return groups;
        return [document.skipped === undefined ? this.rest.none : this.rest.skipped];
      }
    }
  }

  private folder({ folders, inFile }: TreeDocument): Group {
    let group = this.root;
    let key = '';
    for (const [depth, name] of folders.entries()) {
      key += keySeparator + name;
      let next = this.folders.get(key);
      if (next === undefined) {
        next = makeGroup(group, {
          kind: 'folder',
          name,
          file: inFile === true && depth === folders.length - 1,
          fullName: group.fullName === '' ? name : `${group.fullName}/${name}`,
        });
        this.folders.set(key, next);
        insertByName(group.children, next);
      }
      group = next;
    }
    return group;
  }
}

/** The group with this key, `from` or below it, where it has something to show. */
export function findGroup(from: Group, key: string): Group | null {
  if (from.key === key) return from;
  if (from.key !== '' && !key.startsWith(from.key)) return null;
  for (const child of from.visible) {
    const found = findGroup(child, key);
    if (found !== null) return found;
  }
  return null;
}

function insertByName(groups: Group[], group: Group): void {
  const key = sortKey(group.name);
  let low = 0;
  let high = groups.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sortKey(groups[middle]?.name ?? '') <= key) low = middle + 1;
    else high = middle;
  }
  groups.splice(low, 0, group);
}

/** Score by which a document is ordered and averaged in a group: of the group's label, else of its best tag; -1 without. */
export function scoreIn(group: Group, document: TreeDocument): number {
  const { label } = group;
  const tags = allTags(document);
  if (label === -1) return tags[0]?.score ?? -1;
  for (const tag of tags) if (tag.label === label) return tag.score;
  return -1;
}

/** A number of each document of a group by which the larger stands first; null where only titles count. */
export type Rank = ((document: TreeDocument) => number) | null;

export function rankIn(group: Group, by: GroupedBy, sort: SortBy): Rank {
  const byDefault = by === 'label' ? (group.label === -1 ? 'name' : 'score') : by === 'file' ? 'newest' : 'name';
  switch (sort === 'default' ? byDefault : sort) {
    case 'name':
      return null;
    case 'score':
      return (document) => scoreIn(group, document);
    case 'newest':
      return newestIn;
  }
}

/** What was left out stands below all that was read. */
export function newestIn({ skipped, taggedMs = skipped === undefined ? 0 : -1, parts = [] }: TreeDocument): number {
  return parts.reduce((newest, part) => Math.max(newest, part.taggedMs ?? 0), taggedMs);
}

/** Sorts slots for a group. Ties fall back to the title, then the slot, so the order is total. */
export function sortSlots(slots: number[], rank: Rank, table: DocumentTable): number[] {
  if (rank === null) return slots.sort((a, b) => table.compareTitles(a, b));
  const ranks = new Map(slots.map((slot) => [slot, rank(table.get(slot))]));
  return slots.sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0) || table.compareTitles(a, b));
}

/** Merges two lists that are in order by the same rule into one. */
export function mergeSlots(
  kept: readonly number[],
  added: readonly number[],
  rank: Rank,
  table: DocumentTable,
): number[] {
  if (added.length === 0) return [...kept];
  const before = (a: number, b: number): boolean => {
    const difference = rank === null ? 0 : rank(table.get(b)) - rank(table.get(a));
    return (difference || table.compareTitles(a, b)) <= 0;
  };
  const merged: number[] = [];
  let from = 0;
  for (const slot of added) {
    let low = from;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(kept[middle] ?? -1, slot)) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from++) merged.push(kept[from] ?? -1);
    merged.push(slot);
  }
  for (; from < kept.length; from++) merged.push(kept[from] ?? -1);
  return merged;
}
