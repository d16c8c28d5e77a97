// A trained model beside the one that it was trained from, on the same rows, and the question which of them the label set is to use.
import type { Comparison } from '../../src/core/evaluation/comparison';
import { scoreText } from '../../src/core/scoreText';
import { counted } from '../../src/core/countText';
import { button, element, foreign } from '../tags/dom';
import { dataTable, figureText, text } from './dataTable';
import { overallFigures } from './overview';
import type { OverviewFigures } from './overview';

/** Below it, a difference is hardly chance. */
const rarelyByChance = 0.05;

export interface ComparedModels {
  /** Name of the trained model. */
  readonly trained: string;
  /** Name of the model from before. */
  readonly earlier: string;
  /** Null where rows bring their own labels. */
  readonly labelSetName: string | null;
}

export class ComparisonSection {
  readonly element: HTMLElement;
  private readonly verdict = element('p');
  private readonly table = element('div');
  private readonly question = element('div', 'question');

  /** `use`: what the answer does; null where it can do nothing. */
  constructor(
    private readonly models: ComparedModels,
    private readonly use: ((use: boolean) => void) | null,
  ) {
    this.question.setAttribute('role', 'status');
    this.element = element(
      'section',
      'comparison',
      element('h2', '', 'Before and after training'),
      this.verdict,
      this.table,
      this.question,
    );
  }

  show(comparison: Comparison, before: OverviewFigures, after: OverviewFigures): void {
    this.verdict.replaceChildren(...verdictOf(comparison));
    const earlier = overallFigures(before);
    const rows = overallFigures(after).map(({ name, value, isError }, at) => {
      const was = earlier[at]?.value ?? null;
      return [
        text(isError ? `${name} (less is better)` : name),
        ...[figureText(was), figureText(value), differenceText(was, value)].map(figureCell),
      ];
    });
    const table = dataTable('Before and after training', { columns: ['Figure', 'Before', 'After', 'Change'], rows });
    // Made anew with each move of the slider: the focus stays where it is.
    const hadFocus = this.table.contains(document.activeElement);
    this.table.replaceChildren(table);
    if (hadFocus) table.focus({ preventScroll: true });
  }

  /** `trainedInUse`: null while nobody has answered. */
  ask(trainedInUse: boolean | null): void {
    const { labelSetName, earlier, trained } = this.models;
    if (labelSetName === null || !this.use) return;
    const set = foreign(`“${labelSetName}”`);
    const hadFocus = this.question.contains(document.activeElement);
    this.question.replaceChildren(
      ...(trainedInUse === null
        ? [
            element('h3', '', 'Use the new model for the label set ', set, '?'),
            element(
              'p',
              'choice',
              this.answer('Use the New Model', true),
              this.answer('Keep the Model in Use', false, 'secondary'),
            ),
            element('p', 'muted', 'Writes it into your settings. You can go back here or there at any time.'),
          ]
        : trainedInUse
          ? [
              element('p', '', 'The label set ', set, ' uses ', foreign(trained), ` from now on. ${newTags}`),
              element('p', 'choice', this.answer(`Go Back to ${earlier}`, false)),
            ]
          : [
              element('p', '', 'The label set ', set, ' uses ', foreign(earlier), '. The new model is kept.'),
              element('p', 'choice', this.answer('Use the New Model', true)),
            ]),
    );
    if (hadFocus) this.question.querySelector('button')?.focus();
  }

  private answer(title: string, use: boolean, className = 'primary'): HTMLElement {
    return button(title, className, () => this.use?.(use));
  }
}

const newTags =
  'Tags of the model from before are stale until you run “Tag Workspace”. Your decisions stay as they are.';

function verdictOf({ pairs, documents, mended, broken, chance }: Comparison): (Node | string)[] {
  const basis = `Both models were asked about ${counted(pairs, 'decided label')} in ${counted(documents, 'document')} that were kept back from training.`;
  if (mended + broken === 0) return [element('strong', '', 'They give the same answers.'), ` ${basis}`];
  const changes = `${mended} that ${mended === 1 ? 'was' : 'were'} wrong ${mended === 1 ? 'is' : 'are'} right now, ${broken} that ${broken === 1 ? 'was' : 'were'} right ${broken === 1 ? 'is' : 'are'} wrong now.`;
  const better = mended > broken ? 'better' : 'worse';
  const probability = chance < 0.005 ? 'below .01' : scoreText(chance);
  const isClear = chance < rarelyByChance;
  const strong = isClear
    ? `The new model is ${better} on these texts.`
    : 'These are too few changes to tell the models apart.';
  const why = isClear
    ? `So much by chance has a probability of ${probability}.`
    : `A difference like this comes by chance with a probability of ${probability}. More decisions make it clearer.`;
  return [element('strong', '', strong), ` ${basis} ${changes} ${why}`];
}

/** `+.031`; the sign says the direction. */
function differenceText(before: number | null, after: number | null): string {
  if (before === null || after === null) return figureText(null);
  const difference = after - before;
  const sign = Math.abs(difference) < 0.0005 ? '±' : difference > 0 ? '+' : '−';
  return `${sign}${figureText(Math.abs(difference))}`;
}

function figureCell(shown: string) {
  return { kind: 'figure' as const, text: shown };
}
