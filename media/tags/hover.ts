// The hover of a row: everything whole that the row has to cut. Shown for the pointer, and for the keyboard after a pause.
import { digitsOf, scoreText } from '../../src/core/scoreText';
import { reviewDecision, scoreDecision, tagDecision } from '../../src/core/tree/decisions';
import type { ReviewRow, Row, ScoreRow } from '../../src/core/tree/treeTypes';
import { counted } from '../../src/core/countText';
import {
  decisionText,
  foldText,
  givenText,
  linesText,
  movedText,
  parentText,
  partLasts,
  partsText,
  rejectedText,
} from '../../src/core/tree/words';
import type { MovedScore, ViewState } from '../../src/shared/viewMessages';
import { element, foreign, show } from './dom';

const pointerDelayMs = 500;
/** Longer: whoever moves through rows by keyboard must not be covered by hovers. */
const keyboardDelayMs = 900;
const wholeText = 2000;

export class Hover {
  readonly element = element('div', 'hover');
  private timer: ReturnType<typeof setTimeout> | undefined;
  private owner: HTMLElement | null = null;

  constructor() {
    this.element.id = 'hover';
    this.element.setAttribute('role', 'tooltip');
    this.element.hidden = true;
    this.element.addEventListener('pointerleave', () => {
      this.hide();
    });
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  /** Shows the hover of `owner` after a pause; `content` is asked for then. */
  plan(owner: HTMLElement, by: 'pointer' | 'keyboard', content: () => Node[]): void {
    if (owner === this.owner) return;
    this.hide();
    this.owner = owner;
    const delay = by === 'pointer' ? pointerDelayMs : keyboardDelayMs;
    this.timer = setTimeout(() => {
      if (owner.isConnected) this.present(owner, content());
    }, delay);
  }

  /** Says more of the row that it is shown for; false where it is shown for another one by now. */
  add(owner: HTMLElement, line: Node): boolean {
    if (owner !== this.owner || !this.isShown) return false;
    this.element.append(line);
    this.placeAt(owner);
    return true;
  }

  hide(): void {
    clearTimeout(this.timer);
    this.owner?.removeAttribute('aria-describedby');
    this.owner = null;
    show(this.element, false);
  }

  private present(owner: HTMLElement, content: Node[]): void {
    if (content.length === 0) return;
    this.element.replaceChildren(...content);
    show(this.element, true);
    owner.setAttribute('aria-describedby', this.element.id);
    this.placeAt(owner);
  }

  private placeAt(owner: HTMLElement): void {
    const row = owner.getBoundingClientRect();
    const { height } = this.element.getBoundingClientRect();
    const below = row.bottom + 2;
    const top = below + height <= window.innerHeight ? below : Math.max(2, row.top - height - 2);
    this.element.style.setProperty('top', `${Math.round(top)}px`);
  }
}

/** What the hover of a row says; nothing where the row already says it all. */
export function hoverContent(row: Row, state: ViewState): Node[] {
  switch (row.kind) {
    case 'score':
      return scoreHover(row, state);
    case 'document':
    case 'part': {
      const { document } = row;
      const tags = document.tags.slice(0, 12).map((tag) => {
        const text = foreign(state.labels[tag.label]?.name ?? '', '', wholeText);
        const decided = decisionText(tagDecision(tag));
        if (decided !== '') text.append(` (${decided})`);
        return element('div', 'hover-tag', element('span', 'score', scoreText(tag.score)), text);
      });
      const rejected = (document.rejected ?? []).slice(0, 12).map((tag) => {
        const text = foreign(state.labels[tag.label]?.name ?? '', 'struck', wholeText);
        return element('div', 'hover-tag', element('span', 'score', scoreText(tag.score)), text, 'rejected');
      });
      const none = document.noneFits === true ? [line('Somebody decided that no label fits')] : [];
      const chunks = document.chunkCount > 1 ? [line(`Read in ${counted(document.chunkCount, 'chunk')}`)] : [];
      const changed = document.stale ? [line('Stale: the text, the labels or the model changed since')] : [];
      const stale = document.missing === true ? [line('The file is gone: moved, deleted or out of reach')] : changed;
      const skipped =
        document.skipped === undefined ? [] : [line('Skipped: ', foreign(document.skipped, '', wholeText))];
      const selections = document.parts === undefined ? [] : [line(partsText(document))];
      const lasts = row.kind === 'part' ? [line(`A selection, ${partLasts}`)] : [];
      return [
        title(document.title),
        ...skipped,
        ...tags,
        ...rejected,
        ...none,
        ...chunks,
        ...selections,
        ...lasts,
        ...stale,
      ];
    }
    case 'parent':
      return [title(row.name), line(parentText(row)), ...(row.exclusive ? [exclusiveLine()] : [])];
    case 'label': {
      const average = row.average === null ? '' : `, average score ${scoreText(row.average)}`;
      const documents = line(`${counted(row.documents, 'document')}${average}`);
      return [title(row.fullName), documents, ...(row.exclusive ? [exclusiveLine()] : [])];
    }
    case 'folder':
      return [title(row.name), line(counted(row.documents, 'document'))];
    case 'skipped':
      return [element('div', '', foreign(row.document.skipped ?? '', '', wholeText))];
    case 'given':
      return [
        line('Tags that stand in the document'),
        element('div', '', foreign(givenText(row.document), '', wholeText)),
      ];
    case 'fold':
      return row.below === null ? [line(`${foldText(row)}: below their thresholds, or another label won`)] : [];
    case 'rest':
      return [line(row.rest === 'none' ? 'No label reaches its threshold' : 'Not tagged, with the reason')];
    case 'rejectedFold':
      return [line(`${rejectedText(row.count)} by people: open to see which`)];
    case 'review':
      return reviewHover(row, state);
    case 'none':
      return [
        line(row.document.noneFits === true ? 'Somebody decided that no label fits' : 'No label is left as a tag'),
      ];
    case 'loading':
      return [];
  }
}

function scoreHover(row: ScoreRow, state: ViewState): Node[] {
  const { score, document } = row;
  const threshold = state.labels[score.label]?.threshold ?? 0;
  const verdict = score.tag ? 'tag' : score.score < threshold ? 'below the threshold' : 'not chosen';
  const words = decisionText(scoreDecision(row));
  return tagHover({ ...score, document, verdict: score.decided === 'rejected' ? '' : verdict, words }, state);
}

function reviewHover(row: ReviewRow, state: ViewState): Node[] {
  const { tag, document, evidence, startLine, endLine } = row;
  const decided = decisionText(reviewDecision(row));
  const words = decided === '' ? 'to be decided' : decided;
  return tagHover({ ...tag, document, evidence, startLine, endLine, verdict: '', words }, state);
}

interface HoveredTag {
  readonly label: number;
  readonly score: number;
  readonly document: ScoreRow['document'];
  readonly evidence: string;
  readonly startLine: number;
  readonly endLine: number;
  /** What the score alone says. */
  readonly verdict: string;
  /** What people decided. */
  readonly words: string;
}

function tagHover({ label, score, document, startLine, endLine, ...tag }: HoveredTag, state: ViewState): Node[] {
  const threshold = state.labels[label]?.threshold ?? 0;
  const digits = digitsOf(threshold);
  const verdict = [tag.verdict, tag.words].filter((part) => part !== '').join(', ');
  const evidence = tag.evidence === '' ? [] : [element('blockquote', '', foreign(tag.evidence, '', wholeText))];
  const place = element('div', 'muted', foreign(document.title, '', wholeText));
  if (startLine > 0) place.append(`, ${linesText(startLine, endLine)}`);
  const model = state.modelName === null ? [] : [line('Model ', foreign(state.modelName))];
  const figures = `Score ${scoreText(score, digits)}, threshold ${scoreText(threshold, digits)}: ${verdict}`;
  return [title(state.labels[label]?.name ?? ''), element('div', 'figures', figures), ...evidence, place, ...model];
}

/** What decisions did to the score that the hover is about. */
export function movedLine(moved: MovedScore): HTMLElement {
  return line(foreign(movedText(moved), '', wholeText));
}

function title(text: string): HTMLElement {
  return element('div', 'hover-title', foreign(text, '', wholeText));
}

function line(...children: (Node | string)[]): HTMLElement {
  return element('div', 'muted', ...children);
}

function exclusiveLine(): HTMLElement {
  return line('Only the best of these may be a tag');
}
