// Asks for a question, with a search behind it that says in which documents (core/query/splitQuestion).
import * as vscode from 'vscode';
import { splitQuestion } from '../../core/query/splitQuestion';
import { pickBySearch, type SearchItem } from '../use/searchPick';

interface QuestionItem extends SearchItem {
  /** Null: what is typed by the time that it is chosen. */
  readonly asked: string | null;
}

export interface AskOptions {
  /** Offered first: what is selected in the editor; empty where nothing is. */
  readonly selected: string;
  /** What was asked before, the last first. */
  readonly history: readonly string[];
  /** Full names of the labels that searches are about. */
  readonly labels: readonly string[];
}

/** As it was typed; undefined where it was left. */
export async function askQuestion({ selected, history, labels }: AskOptions): Promise<string | undefined> {
  const before = [
    ...(selected === '' ? [] : [knownItem(selected, 'selection', vscode.l10n.t('selected text'))]),
    ...history.filter((text) => text !== selected).map((text) => knownItem(text, 'history')),
  ];
  const picked = await pickBySearch<QuestionItem>(
    {
      title: vscode.l10n.t('Find Passages'),
      placeholder: vscode.l10n.t('A question or a phrase; behind it, where to look: @label:, @path:'),
      labels,
      // Words of a question may be called as labels are.
      completes: (text) => /(?:^|[\s(-])@/u.test(text),
      list: (text) => (text.trim() === '' ? before : [typedItem(text)]),
    },
    (item): item is QuestionItem => 'asked' in item,
  );
  return picked && (picked.item.asked ?? picked.text.trim());
}

function typedItem(text: string): QuestionItem | SearchItem {
  const { question, filter } = splitQuestion(text);
  if (question === '') return { label: vscode.l10n.t('Write the question before “{0}”', filter), alwaysShow: true };
  const description = filter === '' ? '' : vscode.l10n.t('in documents that match {0}', filter);
  return {
    label: question,
    asked: null,
    description,
    iconPath: new vscode.ThemeIcon('search'),
    alwaysShow: true,
  };
}

function knownItem(asked: string, icon: string, description = ''): QuestionItem {
  return { label: asked, asked, description, iconPath: new vscode.ThemeIcon(icon) };
}
