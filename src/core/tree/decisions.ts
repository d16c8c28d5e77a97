// What people have decided of the tags of a document, as rows show it, and what can be decided of a row.
import type { ReviewRow, Row, ScoreRow, TreeDecision, TreeDocument, TreeScore } from './treeTypes';

/** What keys and buttons of rows decide; see core/review. `takeBack`: the tag is proposed again. */
export const decideActs = ['accept', 'reject', 'move', 'noneFits', 'takeBack'] as const;
export type DecideAct = (typeof decideActs)[number];

export interface LabelDecision extends Omit<TreeDecision, 'state'> {
  readonly decided?: 'accepted' | 'added' | 'rejected';
}

/** Of a tag that stands. */
export function tagDecision(tag: TreeDecision): LabelDecision {
  return labelDecision(tag.state, tag);
}

export function scoreDecision(row: ScoreRow): LabelDecision {
  return labelDecision(row.score.decided, row);
}

export function reviewDecision({ tag, rejected }: ReviewRow): LabelDecision {
  return labelDecision(rejected ? 'rejected' : tag.state, tag);
}

function labelDecision(
  decided: LabelDecision['decided'],
  { conflict, olderText }: Omit<TreeDecision, 'state'>,
): LabelDecision {
  return { ...(decided && { decided }), ...(conflict && { conflict }), ...(olderText && { olderText }) };
}

/** Whether somebody has to look at a tag that stands: nobody has decided, or people differ. */
export function isUndecidedTag({ state, conflict }: TreeDecision): boolean {
  return state === undefined || conflict === true;
}

/** What was decided of a label; null where it is neither a tag of the document nor was rejected. */
export function decisionOf({ tags, rejected = [] }: TreeDocument, label: number): LabelDecision | null {
  const tag = tags.find((one) => one.label === label);
  if (tag) return tagDecision(tag);
  const other = rejected.find((one) => one.label === label);
  return other ? labelDecision('rejected', other) : null;
}

/** A score as it is after the decisions that the document knows: it comes at once, its scores only when they are asked for. */
export function decidedScore(document: TreeDocument, score: TreeScore): TreeScore {
  const { decided: before, ...rest } = score;
  const known = decisionOf(document, score.label);
  if (known === null) return { ...rest, tag: score.tag && before === undefined };
  const { decided } = known;
  return { ...rest, tag: decided !== 'rejected', ...(decided && { decided }) };
}

/** Whether `act` would change anything about what a row stands for. */
export function canDecide(row: Row, act: DecideAct): boolean {
  switch (row.kind) {
    case 'review':
      return act !== 'takeBack' || row.tag.conflict === true;
    case 'score':
      return row.document.skipped === undefined && canDecideScore(row, act);
    case 'document':
      if (row.tag !== null) return canDecideTag(row.tag, act);
      return canDecideDocument(row.document, act);
    case 'part':
      return canDecideDocument(row.document, act);
    case 'none':
      return act === 'noneFits' && row.document.noneFits !== true;
    case 'folder':
      return (act === 'accept' || act === 'reject') && row.documents > 0;
    default:
      return false;
  }
}

function canDecideScore(row: Row & { readonly kind: 'score' }, act: DecideAct): boolean {
  const { tag, decided } = row.score;
  const settled = row.conflict !== true;
  switch (act) {
    case 'accept':
      return !settled || !(decided === 'accepted' || decided === 'added');
    case 'reject':
      return tag || (decided === 'rejected' && !settled);
    case 'move':
      return tag || decided === 'rejected';
    case 'noneFits':
      return row.document.noneFits !== true;
    case 'takeBack':
      return decided !== undefined;
  }
}

function canDecideTag(tag: TreeDecision, act: DecideAct): boolean {
  if (act === 'accept') return isUndecidedTag(tag);
  return act !== 'takeBack' || tag.state !== undefined;
}

function canDecideDocument(
  { tags, rejected = [], skipped, partsOnly, noneFits }: TreeDocument,
  act: DecideAct,
): boolean {
  if (skipped !== undefined || partsOnly === true) return false;
  switch (act) {
    // About all its tags at once that nobody has decided on: what somebody has is not changed by the way.
    case 'accept':
    case 'reject':
      return tags.some(isUndecidedTag);
    case 'move':
      return false;
    case 'noneFits':
      return noneFits !== true;
    case 'takeBack':
      return noneFits === true || rejected.length > 0 || tags.some(({ state }) => state !== undefined);
  }
}
