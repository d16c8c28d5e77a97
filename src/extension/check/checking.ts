// Checks statements and shows the answer: the model is tried first, then each statement gets its nearest passages judged.
import * as vscode from 'vscode';
import { judgePassages } from '../../shared/check/judgePassages';
import { tryModel } from '../../shared/check/tryModel';
import type { ModelNotes } from '../../shared/modelNotes';
import type { Answer } from '../answers/answer';
import type { AnswersView } from '../answers/answersView';
import type { ScoredPassage } from '../answers/passageIn';
import type { Activity, JobHandle } from '../host/activity';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Models } from '../models/models';
import { tellNothingRead, unreadSentences } from '../passages/workspacePassages';
import type { IndexHome } from '../results/indexHome';
import type { Checked, CheckedBy } from './checkedAnswer';
import type { FindNear, NearPassages, Reader } from './nearPassages';

/** Passages of a statement that are judged and shown at most. */
const mostPassages = 10;

export interface CheckingParts {
  readonly labelSets: Pick<LabelSets, 'active'>;
  readonly models: Pick<Models, 'of'>;
  readonly index: Pick<IndexHome, 'load'>;
  /** Where it is kept how well models judge. */
  readonly notes: ModelNotes;
  readonly activity: Activity;
  readonly answers: Pick<AnswersView, 'show'>;
  readonly reporter: Reporter;
}

export interface CheckRequest {
  /** As they are by then. */
  readonly statements: () => readonly string[];
  /** Against what, as it is by then; null where that cannot be read. Throws AppError. */
  readonly finderOf: (reader: Reader) => Promise<FindNear | null>;
  /** A passage that is the statement itself is no evidence for it. */
  readonly isOwn: (passage: ScoredPassage) => boolean;
  readonly answerOf: (checked: readonly Checked[], by: CheckedBy) => Omit<Answer, 'again'> | undefined;
}

/** Says so where there is nothing to check against. Throws AppError. */
export async function showChecked(parts: CheckingParts, request: CheckRequest): Promise<void> {
  const ask = async (): Promise<Answer | null> => {
    const answer = await parts.activity.run('working', vscode.l10n.t('Checking'), async (job) => {
      const checked = await check(parts, request, job);
      return checked && request.answerOf(checked.all, checked.by);
    });
    return answer ? { ...answer, again: ask } : null;
  };
  const answer = await ask();
  if (answer) await parts.answers.show(answer);
}

async function check(
  { labelSets, models, index, notes, reporter }: CheckingParts,
  { statements: read, finderOf, isOwn }: CheckRequest,
  job: JobHandle,
): Promise<{ readonly all: readonly Checked[]; readonly by: CheckedBy } | null> {
  const { signal } = job;
  await index.load();
  const set = labelSets.active();
  const model = models.of(set.model);
  const { name, defaultThreshold } = await model.describe(signal);
  const find = await finderOf({ set, model, signal });
  if (!find) {
    reporter.notice(vscode.l10n.t('There is no text to check against.'));
    return null;
  }
  const judgement = await tryModel(model, notes, signal);
  const statements = read();
  const all: Checked[] = [];
  const looked: NearPassages[] = [];
  for (const statement of statements) {
    // One more, since one of them may be the statement.
    const found = await find(statement, mostPassages + 1);
    if (found.documents === 0) {
      tellNothingRead(found.noIndex, reporter);
      return null;
    }
    looked.push(found);
    const passages = found.passages.filter((passage) => !isOwn(passage)).slice(0, mostPassages);
    const options = { judgement, related: defaultThreshold, signal, priority: 'interactive' } as const;
    all.push({ statement, ...(await judgePassages(model, statement, passages, options)) });
    job.progress({ done: all.length, total: statements.length });
  }
  return { all, by: { model: name, judgement, unread: unreadOfAll(looked) } };
}

/** Of all statements together: what was read differs from one to the next. */
function unreadOfAll(looked: readonly NearPassages[]): string[] {
  const noIndex = looked.some((found) => found.noIndex);
  const leftOut = Math.max(0, ...looked.map((found) => found.leftOut));
  const isCut = looked.some((found) => found.isCut);
  return [
    ...unreadSentences({ noIndex, leftOut }),
    ...(isCut ? [vscode.l10n.t('Only the beginning of the text was read: it is too long.')] : []),
  ];
}
