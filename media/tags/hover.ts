// The hover of a row: everything whole that the row has to cut. Shown for the pointer, and for the keyboard after a pause.
import { digitsOf, scoreText } from '../../src/core/scoreText';
import type { Row, ScoreRow } from '../../src/core/tree/treeTypes';
import { counted, foldText, givenText, linesText, parentText, partLasts, partsText } from '../../src/core/tree/words';
import type { ViewState } from '../../src/shared/viewMessages';
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
        return element('div', 'hover-tag', element('span', 'score', scoreText(tag.score)), text);
      });
      const chunks = document.chunkCount > 1 ? [line(`Read in ${counted(document.chunkCount, 'chunk')}`)] : [];
      const changed = document.stale ? [line('Stale: the text, the labels or the model changed since')] : [];
      const stale = document.missing === true ? [line('The file is gone: moved, deleted or out of reach')] : changed;
      const skipped =
        document.skipped === undefined ? [] : [line('Skipped: ', foreign(document.skipped, '', wholeText))];
      const selections = document.parts === undefined ? [] : [line(partsText(document))];
      const lasts = row.kind === 'part' ? [line(`A selection, ${partLasts}`)] : [];
      return [title(document.title), ...skipped, ...tags, ...chunks, ...selections, ...lasts, ...stale];
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
    case 'none':
      return [line('No label reaches its threshold')];
    case 'loading':
      return [];
  }
}

function scoreHover({ score, document }: ScoreRow, state: ViewState): Node[] {
  const label = state.labels[score.label];
  const threshold = label?.threshold ?? 0;
  const digits = digitsOf(threshold);
  const verdict = score.tag ? 'tag' : score.score < threshold ? 'below the threshold' : 'not chosen';
  const evidence = score.evidence === '' ? [] : [element('blockquote', '', foreign(score.evidence, '', wholeText))];
  const place = element('div', 'muted', foreign(document.title, '', wholeText));
  if (score.startLine > 0) place.append(`, ${linesText(score.startLine, score.endLine)}`);
  const model = state.modelName === null ? [] : [line('Model ', foreign(state.modelName))];
  return [
    title(label?.name ?? ''),
    element(
      'div',
      'figures',
      `Score ${scoreText(score.score, digits)}, threshold ${scoreText(threshold, digits)}: ${verdict}`,
    ),
    ...evidence,
    place,
    ...model,
  ];
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
