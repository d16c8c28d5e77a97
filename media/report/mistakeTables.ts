// The worst mistakes, with the way to their places.
import type { Mistake, Mistakes } from '../../src/core/evaluation/mistakes';
import type { MatrixRow } from '../../src/core/evaluation/scoreMatrix';
import { scoreText } from '../../src/core/scoreText';
import { counted } from '../../src/core/countText';
import { safeText } from '../../src/core/tree/safeText';
import { button, element, foreign } from '../tags/dom';
import { dataTable, noLabel, text } from './dataTable';
import type { Cell } from './dataTable';

export interface MistakeContext {
  readonly rows: readonly MatrixRow[];
  readonly labels: readonly string[];
}

export class MistakeTables {
  readonly element = element('div', 'mistakes');

  /** `open`: null where nothing can be opened, as in a file. */
  constructor(private readonly open: ((id: string, label: string, toSide: boolean) => void) | null) {}

  show(mistakes: Mistakes, context: MistakeContext): void {
    this.element.replaceChildren(
      element('h3', '', heading(mistakes.wrong.length, mistakes.counts.wrong, 'wrong', 'highest')),
      this.table('Wrong, with the highest scores', mistakes.wrong, context),
      element('h3', '', heading(mistakes.missed.length, mistakes.counts.missed, 'missed', 'lowest')),
      this.table('Missed, with the lowest scores', mistakes.missed, context),
    );
  }

  private table(name: string, mistakes: readonly Mistake[], { rows, labels }: MistakeContext): HTMLElement {
    const shown = mistakes.flatMap(({ row, label, score }): Cell[][] => {
      const of = rows[row];
      if (!of) return [];
      const excerpt = foreign(of.excerpt, 'excerpt');
      return [
        [
          text(labels[label] ?? ''),
          { kind: 'figure', text: score === null ? '–' : scoreText(score) },
          this.place(of, labels[label] ?? ''),
          { kind: 'element', element: excerpt },
          text(of.truth.length === 0 ? noLabel : of.truth.map((one) => labels[one] ?? '').join(', ')),
        ],
      ];
    });
    return dataTable(name, { columns: ['Label', 'Score', 'Place', 'Text', 'True labels'], rows: shown });
  }

  private place({ id, place }: MatrixRow, label: string): Cell {
    const { open } = this;
    if (!open) return text(place);
    const link = button(safeText(place, 300), 'link', () => undefined);
    link.addEventListener('click', (event) => {
      open(id, label, event.ctrlKey || event.metaKey || event.altKey);
    });
    return { kind: 'element', element: link };
  }
}

function heading(shown: number, all: number, kind: string, order: string): string {
  const some = shown < all ? `${shown} of ` : '';
  return `${some}${counted(all, `${kind} label`)}, ${order} scores first`;
}
