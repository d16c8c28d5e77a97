// Checked statements as the view "Answers" shows them.
import * as vscode from 'vscode';
import { judges, type Judgement } from '../../core/check/judgement';
import type { Verdict } from '../../core/check/stance';
import { evidenceOrder, type CheckedStatement, type EvidenceStance } from '../../shared/check/judgePassages';
import type { Answer, AnswerGroup } from '../answers/answer';
import type { ScoredPassage } from '../answers/passageIn';

export interface Checked extends CheckedStatement<ScoredPassage> {
  readonly statement: string;
}

/** What all statements of one answer have in common. */
export interface CheckedBy {
  readonly model: string;
  readonly judgement: Judgement;
  /** What was not read, in sentences. */
  readonly unread: readonly string[];
}

/** A statement with its evidence, grouped by stance. */
export function statementAnswer(checked: Checked, by: CheckedBy): Omit<Answer, 'again'> {
  return {
    kind: 'check',
    title: checked.statement,
    description: verdictText(checked),
    ...noticeOf(by),
    children: evidenceRows(checked),
  };
}

/** A table: a closed row for each statement. */
export function statementTable(title: string, all: readonly Checked[], by: CheckedBy): Omit<Answer, 'again'> {
  return {
    kind: 'check',
    title,
    description: all.length === 1 ? vscode.l10n.t('1 statement') : vscode.l10n.t('{0} statements', all.length),
    ...noticeOf(by),
    children: all.map((checked): AnswerGroup => ({
      title: checked.statement,
      description: verdictText(checked),
      icon: verdictIcon(checked),
      isClosed: true,
      children: evidenceRows(checked),
    })),
  };
}

function noticeOf({ model, judgement, unread }: CheckedBy): Pick<Answer, 'notice'> {
  const sentences = [
    ...(judges(judgement)
      ? []
      : [vscode.l10n.t('Finds related passages, does not judge: read them yourself. Model: {0}.', model)]),
    ...unread,
  ];
  return sentences.length === 0 ? {} : { notice: sentences.join(' ') };
}

/** Without a verdict all passages are related ones: they need no group. */
function evidenceRows({ verdict, evidence }: Checked): Answer['children'] {
  if (verdict === null) return evidence;
  return evidenceOrder.flatMap((stance): AnswerGroup[] => {
    const own = evidence.filter((one) => one.stance === stance);
    const { title, icon } = stanceWords(stance);
    return own.length === 0 ? [] : [{ title, description: String(own.length), icon, children: own }];
  });
}

function stanceWords(stance: EvidenceStance): { readonly title: string; readonly icon: vscode.ThemeIcon } {
  switch (stance) {
    case 'supports':
      return { title: vscode.l10n.t('Supports'), icon: supported };
    case 'contradicts':
      return { title: vscode.l10n.t('Contradicts'), icon: contradicted };
    case 'related':
      return { title: vscode.l10n.t('Related'), icon: related };
  }
}

const supported = new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
const contradicted = new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
const related = new vscode.ThemeIcon('search');
const nothing = new vscode.ThemeIcon('circle-slash');

function verdictText({ verdict, evidence }: Checked): string {
  if (verdict !== null) return verdictWords(verdict);
  if (evidence.length === 0) return vscode.l10n.t('no related passage');
  return evidence.length === 1
    ? vscode.l10n.t('1 related passage')
    : vscode.l10n.t('{0} related passages', evidence.length);
}

function verdictWords(verdict: Verdict): string {
  switch (verdict) {
    case 'supported':
      return vscode.l10n.t('supported');
    case 'contradicted':
      return vscode.l10n.t('contradicted');
    case 'not found':
      return vscode.l10n.t('not found');
  }
}

function verdictIcon({ verdict, evidence }: Checked): vscode.ThemeIcon {
  if (verdict === 'supported') return supported;
  if (verdict === 'contradicted') return contradicted;
  return evidence.length > 0 ? related : nothing;
}
