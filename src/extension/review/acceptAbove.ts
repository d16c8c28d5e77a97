// "Accept All Above a Score": asks for the score, says how many tags that touches, and accepts them as one step.
import * as vscode from 'vscode';
import { isUndecided } from '../../core/review/reviewOrder';
import { acceptStep } from '../../core/review/steps';
import { scoreText } from '../../core/scoreText';
import type { RowTarget } from '../../shared/viewMessages';
import type { Reporter } from '../host/report';
import type { Deciding } from './deciding';
import { tagTarget, type Targets } from './targets';

const proposedScore = '0.80';

/** `rows`: the documents and folders it is about. */
export async function acceptAbove(
  rows: readonly RowTarget[],
  targets: Targets,
  deciding: Deciding,
  reporter: Reporter,
): Promise<void> {
  const title = vscode.l10n.t('Accept All Above a Score');
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Tags with this score or a better one are accepted, where nobody has decided yet.'),
    value: proposedScore,
    validateInput: (value) =>
      scoreOf(value) === null ? vscode.l10n.t('Type a score from 0 to 1, such as 0.8.') : undefined,
  });
  const score = typed === undefined ? null : scoreOf(typed);
  if (score === null) return;
  const tags = await targets.tags(rows, (tag) => isUndecided(tag) && tag.state !== 'rejected' && tag.score >= score);
  if (tags.length === 0) {
    reporter.notice(vscode.l10n.t('No undecided tag here has a score of {0} or better.', scoreText(score)));
    return;
  }
  const documents = new Set(tags.map(({ id }) => id)).size;
  const yes = await reporter.confirm(
    vscode.l10n.t(
      'Accept {0} tags of {1} documents, with a score of {2} or better?',
      tags.length.toLocaleString(),
      documents.toLocaleString(),
      scoreText(score),
    ),
    vscode.l10n.t('“Undo Decision” takes all of it back at once.'),
    vscode.l10n.t('Accept'),
  );
  if (yes) await deciding.decide(acceptStep(tags.map(tagTarget)));
}

/** `.8`, `0,8` and `80%` too; null where it is no score. */
function scoreOf(text: string): number | null {
  const match = /^\s*(\d*[.,]?\d+)\s*(%?)\s*$/.exec(text);
  if (!match) return null;
  const score = Number((match[1] ?? '').replace(',', '.')) / (match[2] === '%' ? 100 : 1);
  return score >= 0 && score <= 1 ? score : null;
}
