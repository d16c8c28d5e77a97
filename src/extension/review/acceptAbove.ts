// "Accept All Above a Score": offers scores with what is known of the tags above them, and accepts these as one step.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { Missing } from '../../core/evaluation/calibrate/enough';
import type { AcceptAbove } from '../../core/evaluation/calibrate/proposal';
import { isOpen } from '../../core/review/reviewOrder';
import { acceptStep } from '../../core/review/steps';
import { scoreText } from '../../core/scoreText';
import type { RowTarget } from '../../shared/viewMessages';
import { documentsText, tagsText } from '../host/countWords';
import type { Reporter } from '../host/report';
import { expectedText, missingText } from '../report/proposalWords';
import type { Deciding } from './deciding';
import { tagTarget, type Target, type Targets } from './targets';

const proposedScore = '0.80';

/** How often tags from a score on were right so far, or how many decisions that would need; null where it is not known. */
export type AcceptedSoFar = readonly AcceptAbove[] | Missing | null;

/** `rows`: the documents and folders it is about. */
export async function acceptAbove(
  rows: readonly RowTarget[],
  targets: Targets,
  deciding: Deciding,
  reporter: Reporter,
  soFar: AcceptedSoFar,
): Promise<void> {
  const open = (await targets.tags(rows, isOpen)).filter(hasScore);
  const score = await pickScore(open, soFar);
  if (score === null) return;
  const tags = open.filter((target) => target.tag.score >= score);
  if (tags.length === 0) {
    reporter.notice(vscode.l10n.t('No undecided tag here has a score of {0} or better.', scoreText(score)));
    return;
  }
  const documents = new Set(tags.map(({ id }) => id)).size;
  const yes = await reporter.confirm(
    vscode.l10n.t(
      'Accept {0} of {1}, with a score of {2} or better?',
      tagsText(tags.length),
      documentsText(documents),
      scoreText(score),
    ),
    vscode.l10n.t('“Undo Decision” takes all of it back at once.'),
    vscode.l10n.t('Accept'),
  );
  if (yes) await deciding.decide(acceptStep(tags.map(tagTarget)));
}

type Tagged = Target & { readonly tag: NonNullable<Target['tag']> };

function hasScore(target: Target): target is Tagged {
  return target.tag !== null;
}

/** A list where there is something to say of its scores, else a box to type in. Null where the user went away. */
async function pickScore(open: readonly Tagged[], soFar: AcceptedSoFar): Promise<number | null> {
  if (soFar === null || 'right' in soFar) return typedScore(soFar);
  const scores = soFar.map((one) => ({
    label: scoreText(one.score),
    description: tagsText(open.filter(({ tag }) => tag.score >= one.score).length),
    detail: vscode.l10n.t('{0}, by your decisions on {1} of that score', expectedText(one), wholeNumber(one.count)),
    score: one.score,
  }));
  const other = { label: vscode.l10n.t('Another score…'), score: null };
  const placeHolder = vscode.l10n.t('From which score on? In brackets: the range in which the share lies (95 %).');
  const picked = await vscode.window.showQuickPick([...scores, other], { title: title(), placeHolder });
  return picked === other ? typedScore(null) : (picked?.score ?? null);
}

async function typedScore(missing: Missing | null): Promise<number | null> {
  const what = vscode.l10n.t('Tags with this score or a better one are accepted, where nobody has decided yet.');
  const typed = await vscode.window.showInputBox({
    title: title(),
    prompt: missing
      ? `${what} ${vscode.l10n.t('How many are right can be told after more decisions; missing: {0}.', missingText(missing))}`
      : what,
    value: proposedScore,
    validateInput: (value) =>
      scoreOf(value) === null ? vscode.l10n.t('Type a score from 0 to 1, such as 0.8.') : undefined,
  });
  return typed === undefined ? null : scoreOf(typed);
}

function title(): string {
  return vscode.l10n.t('Accept All Above a Score');
}

/** `.8`, `0,8` and `80%` too; null where it is no score. */
function scoreOf(text: string): number | null {
  const match = /^\s*(\d*[.,]?\d+)\s*(%?)\s*$/.exec(text);
  if (!match) return null;
  const score = Number((match[1] ?? '').replace(',', '.')) / (match[2] === '%' ? 100 : 1);
  return score >= 0 && score <= 1 ? score : null;
}
