// The rows under an opened document: its tagged selections, then the label hierarchy with its scores, folds for what is no tag, "None fits".
import type {
  FoldRow,
  InnerRow,
  NoteRow,
  ParentRow,
  PartRow,
  RejectedFoldRow,
  ScoreRow,
  TreeDocument,
  TreeLabel,
  TreeScore,
} from './treeTypes';
import { decidedScore, decisionOf } from './decisions';
import { keySeparator } from './groups';
import { partKey, partName } from './parts';

/** What the hierarchy is made of; the same for all documents. */
export interface InnerContext {
  readonly labels: readonly TreeLabel[];
  /** Names of parents (dot notation) of which only the best child may be a tag. */
  readonly exclusive: ReadonlySet<string>;
  /** Whether the inner row `key` is open, given what it is by default. */
  isOpen(key: string, byDefault: boolean): boolean;
  /** Scores of a part; undefined while they are on their way. */
  scoresOf(part: string): readonly TreeScore[] | undefined;
}

/** An inner row with its place under its document: `key` and `level` are relative to the document's row. */
export interface PlacedRow {
  readonly row: InnerRow;
  /** Index of the parent row in the same list; -1 where that is the document. */
  readonly parent: number;
  /** What `open` is until the user changes it. */
  readonly openByDefault: boolean;
}

interface Branch {
  readonly name: string;
  readonly path: readonly string[];
  readonly scores: TreeScore[];
  readonly children: Map<string, Branch>;
}

type RowParts<T extends InnerRow> = Omit<T, 'level' | 'position' | 'siblings' | 'document'>;
/** A row that is still to get its place, with what stands below it. */
interface Draft {
  readonly parts:
    | RowParts<PartRow>
    | RowParts<ParentRow>
    | RowParts<ScoreRow>
    | RowParts<FoldRow>
    | RowParts<RejectedFoldRow>
    | RowParts<NoteRow>;
  /** The part that the row, and what stands below it, is about. */
  readonly part?: TreeDocument;
  readonly openByDefault: boolean;
  readonly below: () => Draft[];
}

/**
 * Rows under an opened document, in the order they are shown. `scores` is undefined while they are on their way.
 * Tags stand first, best first; parents keep the label set's order; of each parent the rejected tags fold into one row, and the rest
 * into another.
 */
export function innerRows(
  document: TreeDocument,
  scores: readonly TreeScore[] | undefined,
  context: InnerContext,
): PlacedRow[] {
  const rows: PlacedRow[] = [];
  const place = (drafts: readonly Draft[], about: TreeDocument, level: number, parent: number): void => {
    drafts.forEach((draft, index) => {
      const part = draft.part ?? about;
      const row: InnerRow = { ...draft.parts, document: part, level, position: index + 1, siblings: drafts.length };
      rows.push({ row, parent, openByDefault: draft.openByDefault });
      if (row.open === true) place(draft.below(), part, level + 1, rows.length - 1);
    });
  };
  const parts = (document.parts ?? []).map((part) => partDraft(document, part, context));
  const own = document.partsOnly === true ? [] : draftsOf(document, scores, context);
  place([...parts, ...own], document, 1, -1);
  return rows;
}

/** The keys below a part are its own: the same labels stand under each part and under the document. */
function partDraft(document: TreeDocument, part: TreeDocument, context: InnerContext): Draft {
  const key = partKey(part.id);
  const inside: InnerContext = {
    ...context,
    isOpen: (inner, byDefault) => context.isOpen(`${key}${keySeparator}${inner}`, byDefault),
  };
  return {
    parts: { kind: 'part', key, open: context.isOpen(key, false), name: partName(document, part) },
    openByDefault: false,
    part,
    below: () => draftsOf(part, context.scoresOf(part.id), inside).map((draft) => prefixed(draft, key)),
  };
}

function prefixed(draft: Draft, key: string): Draft {
  return {
    ...draft,
    parts: { ...draft.parts, key: `${key}${keySeparator}${draft.parts.key}` },
    below: () => draft.below().map((one) => prefixed(one, key)),
  };
}

function draftsOf(
  document: TreeDocument,
  scores: readonly TreeScore[] | undefined,
  context: InnerContext,
): readonly Draft[] {
  const given = document.given === undefined ? [] : [note('given')];
  if (document.skipped !== undefined) return [...given, note('skipped')];
  if (scores === undefined) return [...given, note('loading')];
  const decided = scores.map((score) => decidedScore(document, score));
  const drafts = below(branchesOf(decided, context.labels), document, context, false);
  return [...given, ...(decided.some((score) => score.tag) ? [] : [note('none')]), ...drafts];
}

function note(kind: NoteRow['kind']): Draft {
  return { parts: { kind, key: kind, open: null }, openByDefault: false, below: () => [] };
}

/** Scores by parent, in the label set's order. Scores of labels that are no longer in the set are left out. */
function branchesOf(scores: readonly TreeScore[], labels: readonly TreeLabel[]): Branch {
  const root: Branch = { name: '', path: [], scores: [], children: new Map() };
  for (const score of [...scores].sort((a, b) => a.label - b.label)) {
    const label = labels[score.label];
    if (label === undefined) continue;
    let branch = root;
    for (const name of label.path.slice(0, -1)) {
      let next = branch.children.get(name);
      if (next === undefined) {
        next = { name, path: [...branch.path, name], scores: [], children: new Map() };
        branch.children.set(name, next);
      }
      branch = next;
    }
    branch.scores.push(score);
  }
  return root;
}

function below(branch: Branch, document: TreeDocument, context: InnerContext, unfolded: boolean): Draft[] {
  const ordered = [...branch.scores].sort((a, b) => b.score - a.score);
  const shown = unfolded ? ordered : ordered.filter((score) => score.tag);
  const rejected = unfolded ? [] : ordered.filter(isRejected);
  const folded = unfolded ? [] : ordered.filter((score) => !score.tag && !isRejected(score));
  const draft = (score: TreeScore): Draft => scoreDraft(score, document, context);
  const drafts = shown.map(draft);
  for (const child of branch.children.values()) drafts.push(parentDraft(child, document, context));
  if (rejected.length > 0) drafts.push(rejectedDraft(branch, rejected.length, () => rejected.map(draft), context));
  if (folded.length > 0) drafts.push(foldDraft(branch, folded, () => folded.map(draft), context));
  return drafts;
}

function isRejected({ decided }: TreeScore): boolean {
  return decided === 'rejected';
}

function scoreDraft(score: TreeScore, document: TreeDocument, { labels }: InnerContext): Draft {
  const label = labels[score.label];
  const { conflict, olderText } = decisionOf(document, score.label) ?? {};
  const parts: RowParts<ScoreRow> = {
    kind: 'score',
    key: `s${label?.name ?? ''}`,
    open: null,
    name: label?.path.at(-1) ?? '',
    score,
    ...(conflict && { conflict }),
    ...(olderText && { olderText }),
  };
  return { parts, openByDefault: false, below: () => [] };
}

function parentDraft(branch: Branch, document: TreeDocument, context: InnerContext): Draft {
  const all = allScores(branch);
  const tags = all.filter((score) => score.tag).length;
  const others = all.filter((score) => !score.tag && !isRejected(score));
  const key = `p${branch.path.join(keySeparator)}`;
  const openByDefault = tags > 0;
  const parts: RowParts<ParentRow> = {
    kind: 'parent',
    key,
    open: context.isOpen(key, openByDefault),
    name: branch.name,
    exclusive: context.exclusive.has(branch.path.join('.')),
    tags,
    rejected: all.length - tags - others.length,
    others: others.length,
    below: missedThreshold(others, context.labels),
  };
  // A parent without a tag is closed and is itself the fold: a second one inside it would only cost a click.
  return { parts, openByDefault, below: () => below(branch, document, context, tags === 0) };
}

function rejectedDraft(branch: Branch, count: number, drafts: Draft['below'], context: InnerContext): Draft {
  const key = `r${branch.path.join(keySeparator)}`;
  const open = context.isOpen(key, false);
  const parts: RowParts<RejectedFoldRow> = { kind: 'rejectedFold', key, open, count };
  return { parts, openByDefault: false, below: drafts };
}

function foldDraft(branch: Branch, folded: readonly TreeScore[], drafts: Draft['below'], context: InnerContext): Draft {
  const key = `f${branch.path.join(keySeparator)}`;
  const parts: RowParts<FoldRow> = {
    kind: 'fold',
    key,
    open: context.isOpen(key, false),
    count: folded.length,
    below: missedThreshold(folded, context.labels),
  };
  return { parts, openByDefault: false, below: drafts };
}

function allScores(branch: Branch): TreeScore[] {
  return [...branch.scores, ...[...branch.children.values()].flatMap(allScores)];
}

/** The threshold that all the scores miss; `own` where it is not one for all, null where some reach theirs. */
function missedThreshold(scores: readonly TreeScore[], labels: readonly TreeLabel[]): FoldRow['below'] {
  const thresholds = new Set<number>();
  for (const { label, score } of scores) {
    const threshold = labels[label]?.threshold;
    if (threshold === undefined || score >= threshold) return null;
    thresholds.add(threshold);
  }
  const [first, ...more] = thresholds;
  return first === undefined ? null : more.length === 0 ? first : 'own';
}
