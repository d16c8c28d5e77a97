// Two quick picks: which words become labels, and, when the model was asked, which stay.
import * as vscode from 'vscode';
import { agrees, type Agreement } from '../../core/gallery/agreement';
import type { VocabularyEntry } from '../../core/gallery/vocabulary';

/** The words that were ticked, those that are proposed before the user changes it. Undefined where it was closed. */
export async function pickWords(words: readonly VocabularyEntry[]): Promise<VocabularyEntry[] | undefined> {
  const items = words.map((word) => ({
    label: word.name,
    description: [...sourcesOf(word), countOf(word)].join(' · '),
    ...(word.variants.length === 0
      ? {}
      : { detail: vscode.l10n.t('also written {0}', word.variants.map((one) => `“${one}”`).join(', ')) }),
    picked: word.proposed,
    word,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Suggest Label Set: tags and folders that are here'),
    placeHolder: vscode.l10n.t(
      'Which become labels? Words of one document, and folders that say little, are not ticked',
    ),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDetail: true,
  });
  return picked?.map(({ word }) => word);
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
  items.sort((a, b) => Number(b.agreed) - Number(a.agreed));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Suggest Label Set: what the model sees'),
    placeHolder: vscode.l10n.t(
      'Which labels stay? Where the model does not agree, another word or a description may help',
    ),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ label }) => label);
}

function sourcesOf({ sources }: VocabularyEntry): string[] {
  return sources.map((source) => (source === 'folder' ? vscode.l10n.t('folder') : vscode.l10n.t('front matter')));
}

function countOf({ documents: { length } }: VocabularyEntry): string {
  return length === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', length.toLocaleString());
}

function agreementText({ carrying, agreed, others, given }: Agreement): string {
  const own = vscode.l10n.t('the model agrees on {0} of {1}', agreed, carrying);
  return others === 0 ? own : vscode.l10n.t('{0}, and gives it to {1} of {2} others', own, given, others);
}
