// What rows say, and the sentence a screen reader speaks for a row.
import { counted, wholeNumber } from '../countText';
import { digitsOf, scoreText, scoreWords } from '../scoreText';
import { reviewDecision, scoreDecision, tagDecision, type LabelDecision } from './decisions';
import type {
  DocumentRow,
  FoldRow,
  GroupRow,
  MovedScore,
  ParentRow,
  ReviewRow,
  Row,
  ScoreRow,
  TreeDocument,
  TreeLabel,
} from './treeTypes';

/** `412 of 1,204 documents, about 2 min left` */
export function progressText(progress: {
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  readonly state: 'running' | 'paused';
}): string {
  const { done, total, secondsLeft, state } = progress;
  const amount = `${wholeNumber(done)} of ${counted(total, 'document')}`;
  if (state === 'paused') return `${amount}, paused`;
  if (secondsLeft === null || done >= total) return amount;
  return `${amount}, ${timeLeft(secondsLeft)} left`;
}

/** Coarse on purpose: an estimate that pretends to know seconds is wrong all the time. */
export function timeLeft(seconds: number): string {
  if (seconds < 10) return 'a few seconds';
  if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} s`;
  if (seconds < 3570) return `about ${Math.max(1, Math.round(seconds / 60))} min`;
  const tens = Math.round(seconds / 600) * 10;
  const hours = Math.floor(tens / 60);
  const minutes = tens % 60;
  return minutes === 0 ? `about ${hours} h` : `about ${hours} h ${minutes} min`;
}

/** `6 more below .50` */
export function foldText({ count, below }: Pick<FoldRow, 'count' | 'below'>): string {
  return `${wholeNumber(count)} more ${missedText(count, below)}`;
}

/** Why labels are no tags: `below .50`, `below their thresholds`, or, where others of their group are better, `not chosen`. */
function missedText(count: number, below: FoldRow['below']): string {
  if (below === null) return 'not chosen';
  if (below !== 'own') return `below ${scoreText(below, digitsOf(below))}`;
  return count === 1 ? 'below its threshold' : 'below their thresholds';
}

/** `2 tags`, `1 rejected, 6 below .50` */
export function parentText({
  tags,
  rejected,
  others,
  below,
}: Pick<ParentRow, 'tags' | 'rejected' | 'others' | 'below'>): string {
  if (tags > 0) return list([counted(tags, 'tag'), rejectedText(rejected)]);
  return list([rejectedText(rejected), others > 0 ? `${wholeNumber(others)} ${missedText(others, below)}` : '']);
}

/** `2 rejected`; nothing where there are none. */
export function rejectedText(count: number): string {
  return count === 0 ? '' : `${wholeNumber(count)} rejected`;
}

/** A mark of a row: what its icon means, in a word or two, and in a sentence for those who hear or hover. */
export interface StateMark {
  readonly icon: string;
  readonly word: string;
  readonly sentence: string;
}

const verdictMarks = {
  accepted: { icon: 'check', word: 'accepted', sentence: 'accepted' },
  added: { icon: 'add', word: 'added', sentence: 'added by people, not by the model' },
  rejected: { icon: 'close', word: 'rejected', sentence: 'rejected' },
} as const;

const conflictMark = { icon: 'warning', word: 'conflict', sentence: 'conflict: people decided differently' };
const olderMark = { icon: 'history', word: 'older text', sentence: 'decided on an older text' };

/** What was decided of a tag, most important first; empty where nobody has. */
export function stateMarks({ decided, conflict, olderText }: LabelDecision): StateMark[] {
  return [
    ...(conflict === true ? [conflictMark] : []),
    ...(decided ? [verdictMarks[decided]] : []),
    ...(olderText === true ? [olderMark] : []),
  ];
}

/** `accepted, decided on an older text`; nothing where nobody has decided. */
export function decisionText(decision: LabelDecision): string {
  return list(stateMarks(decision).map(({ sentence }) => sentence));
}

/** `Moved from .42 by your decisions: “notes/a.md” (accepted) +.21` */
export function movedText({ before, by }: MovedScore): string {
  const each = by.map(({ title, carries, change }) => {
    const verdict = carries === null ? '' : carries ? ' (accepted)' : ' (rejected)';
    return `“${title}”${verdict} ${change < 0 ? '−' : '+'}${scoreText(Math.abs(change))}`;
  });
  const most = each.length > 0 ? each : ['no single one did much'];
  return `Moved from ${scoreText(before)} by your decisions: ${list(most)}`;
}

/** `None fits` as the model says it, or as people decided. */
export function noneText({ noneFits }: Pick<TreeDocument, 'noneFits'>): string {
  return noneFits === true ? 'None fits (decided)' : 'None fits';
}

/** `lines 4–9`, `line 4` */
export function linesText(startLine: number, endLine: number): string {
  return startLine === endLine
    ? `line ${wholeNumber(startLine)}`
    : `lines ${wholeNumber(startLine)}–${wholeNumber(endLine)}`;
}

/** `lines 13–14`, `line 13` */
export function partLines(name: string): string {
  const [first, last] = name.split('-');
  return last === undefined ? `line ${first ?? ''}` : `lines ${first ?? ''}–${last}`;
}

/** `2 selections`; nothing where the document has none. */
export function partsText({ parts }: Pick<TreeDocument, 'parts'>): string {
  return parts === undefined ? '' : counted(parts.length, 'selection');
}

/** The document's own name, which may hold slashes where it is a heading, and what it stands in. */
export function nameParts({ title, folders }: Pick<TreeDocument, 'title' | 'folders'>): {
  folder: string;
  name: string;
} {
  const folder = folders.join('/');
  return folder !== '' && title.startsWith(`${folder}/`)
    ? { folder, name: title.slice(folder.length + 1) }
    : { folder: '', name: title };
}

/** Tags that the author wrote into the document: `todo, urgent`. */
export function givenText({ given = [] }: Pick<TreeDocument, 'given'>): string {
  return given.join(', ');
}

/** Whether a document's tags still hold: `stale`, `file is gone`; nothing where they do. */
export function stateText({ stale, missing }: Pick<TreeDocument, 'stale' | 'missing'>): string {
  if (missing === true) return 'file is gone';
  return stale ? 'stale' : '';
}

/** Selections have no place in the index: nothing but a document's lines would find them again. */
export const partLasts = 'kept until this window closes';

export const restTitles = { none: 'None fits', skipped: 'Skipped' } as const;

/** The row's name for a screen reader. */
export function spokenRow(row: Row, labels: readonly TreeLabel[]): string {
  switch (row.kind) {
    case 'folder':
    case 'label':
    case 'rest':
      return spokenGroup(row);
    case 'document':
      return spokenDocument(row, labels);
    case 'part':
      return list([`Selection, ${partLines(row.name)}`, spokenTags(row.document, labels), partLasts]);
    case 'parent':
      return list([row.name, row.exclusive ? 'one of' : '', parentText(row)]);
    case 'score':
      return spokenScore(row, labels);
    case 'fold':
      return foldText(row);
    case 'rejectedFold':
      return rejectedText(row.count);
    case 'review':
      return spokenReview(row, labels);
    case 'none':
      return row.document.noneFits === true ? noneText(row.document) : spokenNone(row.document);
    case 'skipped':
      return `Skipped: ${row.document.skipped ?? ''}`;
    case 'given':
      return `Given by the author: ${givenText(row.document)}`;
    case 'loading':
      return 'Loading scores';
  }
}

function spokenGroup(row: GroupRow): string {
  const documents = counted(row.documents, 'document');
  if (row.kind === 'folder') return list([row.name, row.file ? 'file' : 'folder', documents]);
  if (row.kind === 'rest') return list([restTitles[row.rest], documents]);
  const average = row.average === null ? '' : `average score ${scoreWords(row.average)}`;
  return list([row.name, row.exclusive ? 'one of' : '', documents, average]);
}

function spokenDocument({ document, tag }: DocumentRow, labels: readonly TreeLabel[]): string {
  const score = tag === null || document.skipped !== undefined ? '' : `score ${scoreWords(tag.score)}`;
  const decided = tag === null ? '' : decisionText(tagDecision(tag));
  const own = document.partsOnly === true ? '' : spokenTags(document, labels);
  return list([document.title, score, decided, own, partsText(document)]);
}

function spokenTags(document: TreeDocument, labels: readonly TreeLabel[]): string {
  const stale = stateText(document);
  if (document.skipped !== undefined) return list([`skipped: ${document.skipped}`, stale]);
  const names = document.tags.slice(0, 3).map((one) => {
    const state = decisionText(tagDecision(one));
    const name = `${labels[one.label]?.path.at(-1) ?? ''} ${scoreWords(one.score)}`;
    return state === '' ? name : `${name} (${state})`;
  });
  const more = document.tags.length > 3 ? `and ${document.tags.length - 3} more` : '';
  const tags =
    document.tags.length === 0
      ? noTagsText(document)
      : `${counted(document.tags.length, 'tag')}: ${list([...names, more])}`;
  const rejected = document.tags.length === 0 ? '' : rejectedText(document.rejected?.length ?? 0);
  const chunks = document.chunkCount > 1 ? counted(document.chunkCount, 'chunk') : '';
  return list([tags, rejected, chunks, stale]);
}

/** Why a document has no tags: `none fits`, `none fits (decided)`, `2 rejected`. */
export function noTagsText({ noneFits, rejected = [] }: TreeDocument): string {
  if (noneFits === true) return 'none fits (decided)';
  return rejected.length > 0 ? rejectedText(rejected.length) : 'none fits';
}

function spokenNone({ rejected = [] }: TreeDocument): string {
  return rejected.length > 0 ? 'None fits: every tag was rejected' : 'None fits: no label reaches its threshold';
}

function spokenReview(row: ReviewRow, labels: readonly TreeLabel[]): string {
  const { name, tag, document, evidence } = row;
  const digits = digitsOf(labels[tag.label]?.threshold ?? 0);
  const decided = decisionText(reviewDecision(row));
  const passage = evidence === '' ? '' : `evidence: ${evidence}`;
  const score = `score ${scoreWords(tag.score, digits)}`;
  return list([name, score, decided === '' ? 'to be decided' : decided, document.title, passage]);
}

function spokenScore(row: ScoreRow, labels: readonly TreeLabel[]): string {
  const { name, score } = row;
  const threshold = labels[score.label]?.threshold ?? 0;
  const digits = digitsOf(threshold);
  const missed = score.score < threshold ? `below the threshold ${scoreWords(threshold, digits)}` : 'not chosen';
  const evidence = score.evidence === '' ? '' : `evidence: ${score.evidence}`;
  const state = decisionText(scoreDecision(row));
  const what = score.tag ? 'tag' : score.decided === 'rejected' ? '' : missed;
  return list([name, `score ${scoreWords(score.score, digits)}`, what, state, evidence]);
}

function list(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
