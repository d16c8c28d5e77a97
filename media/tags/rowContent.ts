// What stands inside a row: twistie, bar, score, name, evidence, counts.
import { reviewDecision, scoreDecision, tagDecision } from '../../src/core/tree/decisions';
import type {
  DocumentRow,
  FolderRow,
  LabelGroupRow,
  ParentRow,
  PartRow,
  RestGroupRow,
  ReviewRow,
  Row,
  ScoreRow,
  TreeLabel,
} from '../../src/core/tree/treeTypes';
import { counted, wholeNumber } from '../../src/core/countText';
import {
  foldText,
  givenText,
  nameParts,
  noneText,
  noTagsText,
  parentText,
  partLasts,
  partLines,
  partsText,
  rejectedText,
  restTitles,
  stateText,
} from '../../src/core/tree/words';
import { scoreText } from '../../src/core/scoreText';
import { cutInMiddle, element, foreign, icon } from './dom';
import { rowButtons } from './rowButtons';
import { markElements } from './stateMarks';
import { tagList } from './tagList';

/** The children of a row's element. `labels` are those of the state. */
export function rowContent(row: Row, labels: readonly TreeLabel[]): Node[] {
  const indent = element('span', 'indent');
  indent.style.setProperty('--indent', String(row.level - 1));
  const content = element('span', 'content', ...contentOf(row, labels));
  // A flat list has nothing to open, and no room to keep for it.
  if (row.kind === 'review') return [indent, content, ...rowButtons(row)];
  return [indent, twistie(row.open), content, ...rowButtons(row)];
}

function contentOf(row: Row, labels: readonly TreeLabel[]): Node[] {
  switch (row.kind) {
    case 'folder':
      return folderContent(row);
    case 'label':
      return labelGroupContent(row);
    case 'rest':
      return restContent(row);
    case 'document':
      return documentContent(row, labels);
    case 'part':
      return partContent(row, labels);
    case 'parent':
      return parentContent(row);
    case 'score':
      return scoreContent(row, labels);
    case 'fold':
      return [element('span', 'name muted', foldText(row))];
    case 'rejectedFold':
      return [icon('close'), element('span', 'name muted', rejectedText(row.count))];
    case 'review':
      return reviewContent(row, labels);
    case 'none': {
      const sign = row.document.noneFits === true ? 'pass' : 'circle-slash';
      return [icon(sign), element('span', 'name muted', noneText(row.document))];
    }
    case 'skipped':
      return [icon('debug-step-over'), foreign(row.document.skipped ?? '', 'name muted ellipsis')];
    case 'given':
      return [
        icon('bookmark'),
        element('span', 'name muted', 'Given:'),
        foreign(givenText(row.document), 'name ellipsis'),
      ];
    case 'loading':
      return [element('span', 'name muted', 'Loading scores…')];
  }
}

function twistie(open: boolean | null): HTMLElement {
  if (open === null) return element('span', 'twistie');
  const made = icon(open ? 'chevron-down' : 'chevron-right');
  made.classList.add('twistie');
  return made;
}

function folderContent(row: FolderRow): Node[] {
  return [
    icon(row.file ? 'file' : row.open === true ? 'folder-opened' : 'folder'),
    cutInMiddle(row.name, 'name'),
    element('span', 'room'),
    element('span', 'badge', wholeNumber(row.documents)),
  ];
}

function labelGroupContent(row: LabelGroupRow): Node[] {
  return [
    icon(row.exclusive ? 'list-selection' : 'tag'),
    cutInMiddle(row.name, 'name'),
    ...(row.exclusive ? [element('span', 'remark muted', '(one of)')] : []),
    element('span', 'room'),
    ...(row.average === null ? [] : [element('span', 'average muted', `avg ${scoreText(row.average)}`)]),
    element('span', 'badge', wholeNumber(row.documents)),
  ];
}

function restContent(row: RestGroupRow): Node[] {
  return [
    icon(row.rest === 'none' ? 'circle-slash' : 'debug-step-over'),
    element('span', 'name muted', restTitles[row.rest]),
    element('span', 'room'),
    element('span', 'badge', wholeNumber(row.documents)),
  ];
}

function documentContent({ document, tag, short, open }: DocumentRow, labels: readonly TreeLabel[]): Node[] {
  const { folder, name } = nameParts(document);
  return [
    ...(tag === null ? [] : scoreColumns(tag.score, labels[tag.label]?.threshold ?? 0, true)),
    // As the editor's own lists do: the name first, then where it is, if there is room for it.
    fileName(cutInMiddle(name, 'name', 6)),
    ...(tag === null ? [] : markElements(tagDecision(tag))),
    whereRoom(fileName(foreign(short ? '' : folder, 'folder muted ellipsis'))),
    ...documentStatus(document, labels, { open: open === true, under: tag?.label ?? null }),
  ];
}

function partContent({ document, name, open }: PartRow, labels: readonly TreeLabel[]): Node[] {
  const lasts = element('span', 'remark muted wide ellipsis', partLasts);
  return [
    icon('selection'),
    element('span', 'name', partLines(name)),
    ...documentStatus(document, labels, { open: open === true, under: null }),
    lasts,
  ];
}

/** Paths are read from left to right whatever their script, as in the editor. */
function fileName(text: HTMLElement): HTMLElement {
  text.dir = 'ltr';
  text.style.setProperty('--length', String(text.textContent.length));
  return text;
}

/** Takes what the row has left over, and shows nothing where that is not worth it. */
function whereRoom(text: HTMLElement): HTMLElement {
  return element('span', 'where-room', element('span', 'strut'), text);
}

/** A closed row names its tags; `under`: but for the label that it stands under. An open one has them below it, and counts. */
function documentStatus(
  document: DocumentRow['document'],
  labels: readonly TreeLabel[],
  { open, under }: { readonly open: boolean; readonly under: number | null },
): Node[] {
  const state = stateText(document);
  const sign = document.missing === true ? 'error' : 'history';
  const stale = state === '' ? [] : [element('span', 'status', icon(sign), element('span', 'wide', state))];
  if (document.skipped !== undefined) {
    const reason = foreign(document.skipped, 'wide ellipsis');
    return [element('span', 'status', icon('debug-step-over'), reason), ...stale];
  }
  const { tags, rejected = [], chunkCount, parts, partsOnly } = document;
  const selections = parts === undefined ? [] : [element('span', 'counts muted', partsText(document))];
  if (partsOnly === true) return selections;
  if (tags.length === 0) {
    const decided = document.noneFits === true ? [icon('pass')] : rejected.length > 0 ? [icon('close')] : [];
    const words =
      document.noneFits === true ? ['none fits', element('span', 'mark-word', ' (decided)')] : [noTagsText(document)];
    const none = element('span', 'counts muted', ...decided, ...words);
    return [none, ...selections, ...stale];
  }
  if (!open) {
    const others = tags.filter(({ label }) => label !== under);
    return [...(others.length === 0 ? [] : tagList(others, labels)), ...selections, ...stale];
  }
  const numbers = element('span', 'counts muted', counted(tags.length, 'tag'));
  if (rejected.length > 0) numbers.append(element('span', 'wide', ` · ${rejectedText(rejected.length)}`));
  if (chunkCount > 1) numbers.append(element('span', 'wide', ` · ${counted(chunkCount, 'chunk')}`));
  return [numbers, ...selections, ...stale];
}

function parentContent(row: ParentRow): Node[] {
  return [
    cutInMiddle(row.name, 'name'),
    ...(row.exclusive ? [element('span', 'remark muted', '(one of)')] : []),
    ...(row.tags === 0 ? [element('span', 'room'), element('span', 'counts muted', parentText(row))] : []),
  ];
}

function scoreContent(row: ScoreRow, labels: readonly TreeLabel[]): Node[] {
  const { name, score } = row;
  return [
    ...scoreColumns(score.score, labels[score.label]?.threshold ?? 0, score.tag),
    cutInMiddle(name, labelClass(score.tag, score.decided === 'rejected')),
    ...markElements(scoreDecision(row)),
    ...evidenceRoom(score.evidence),
  ];
}

function labelClass(isTag: boolean, isRejected: boolean): string {
  return ['name label', isTag ? '' : 'muted', isRejected ? 'struck' : ''].filter((part) => part !== '').join(' ');
}

function evidenceRoom(evidence: string): Node[] {
  return evidence === '' ? [] : [whereRoom(foreign(`“${evidence}”`, 'evidence muted ellipsis'))];
}

function reviewContent(row: ReviewRow, labels: readonly TreeLabel[]): Node[] {
  const { name, tag, rejected, document, evidence } = row;
  const file = document.title.slice(document.title.lastIndexOf('/') + 1);
  return [
    ...scoreColumns(tag.score, labels[tag.label]?.threshold ?? 0, !rejected),
    cutInMiddle(name, labelClass(true, rejected)),
    ...markElements(reviewDecision(row)),
    fileName(cutInMiddle(file, 'in-document muted', 6)),
    ...evidenceRoom(evidence),
  ];
}

/** The bar with a notch at the threshold, and the score in figures. */
function scoreColumns(score: number, threshold: number, isTag: boolean): Node[] {
  const bar = element('span', isTag ? 'bar' : 'bar below', element('span', 'bar-fill'));
  bar.setAttribute('aria-hidden', 'true');
  bar.style.setProperty('--score', score.toFixed(3));
  bar.style.setProperty('--threshold', threshold.toFixed(3));
  return [bar, element('span', 'score', scoreText(score))];
}
