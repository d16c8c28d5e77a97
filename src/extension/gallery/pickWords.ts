// Two quick picks: which words become labels, and, when the model was asked, which stay.
import * as vscode from 'vscode';
import { agrees, type Agreement } from '../../core/gallery/agreement';
import type { VocabularyEntry } from '../../core/gallery/vocabulary';
import { documentsText } from '../host/countWords';

interface WordItem extends vscode.QuickPickItem {
  /** Not of a heading. */
  readonly word?: VocabularyEntry;
}

/** The words that were ticked, those that are proposed before the user changes it. Undefined where it was closed. */
export async function pickWords(words: readonly VocabularyEntry[]): Promise<VocabularyEntry[] | undefined> {
  const items = words.map((word): WordItem => ({
    label: word.name,
    description: [...sourcesOf(word), countOf(word)].join(' · '),
    ...(word.variants.length === 0
      ? {}
      : { detail: vscode.l10n.t('also written {0}', word.variants.map((one) => `“${one}”`).join(', ')) }),
    picked: word.proposed,
    word,
  }));
  const proposed = items.filter(({ picked }) => picked === true);
  const others = items.filter(({ picked }) => picked !== true);
  const rows = [
    ...headed(vscode.l10n.t('Proposed'), proposed),
    ...headed(vscode.l10n.t('Of one document, or saying little'), others),
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Suggest Label Set: tags and folders that are here'),
    // Short: the count of what is ticked covers the end of the box.
    placeHolder: vscode.l10n.t('Which become labels?'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDetail: true,
  });
  return picked?.flatMap(({ word }) => word ?? []);
}

/** Names of the labels that stay; all are ticked, those that the model agrees with first. */
export async function pickSeen(
  words: readonly VocabularyEntry[],
  seen: ReadonlyMap<string, Agreement>,
): Promise<string[] | undefined> {
  const items = words.map(({ name }) => {
    const agreement = seen.get(name);
    const agreed = agreement !== undefined && agrees(agreement);
    return {
      label: name,
      description: agreement ? agreementText(agreement) : '',
      iconPath: new vscode.ThemeIcon(agreed ? 'pass' : 'question'),
      picked: true,
      agreed,
    };
  });
  const [agreed, others] = [items.filter((item) => item.agreed), items.filter((item) => !item.agreed)];
  const rows = [
    ...headed(vscode.l10n.t('The model agrees'), agreed),
    ...headed(vscode.l10n.t('Another word may help'), others),
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Suggest Label Set: what the model sees'),
    placeHolder: vscode.l10n.t('Which labels stay? A description may help, too'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ label }) => label);
}

/** Nothing where there are no items. */
function headed(heading: string, items: readonly WordItem[]): WordItem[] {
  return items.length === 0 ? [] : [{ label: heading, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function sourcesOf({ sources }: VocabularyEntry): string[] {
  return sources.map((source) => (source === 'folder' ? vscode.l10n.t('folder') : vscode.l10n.t('front matter')));
}

function countOf({ documents }: VocabularyEntry): string {
  return documentsText(documents.length);
}

function agreementText({ carrying, agreed, others, given }: Agreement): string {
  const own = vscode.l10n.t('the model agrees on {0} of {1}', agreed, carrying);
  return others === 0 ? own : vscode.l10n.t('{0}, and gives it to {1} of {2} others', own, given, others);
}
