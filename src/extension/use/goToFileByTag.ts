// "Go to File by Tag": type tags with and, or, not; the files that match are listed, best score first.
import * as vscode from 'vscode';
import { matchesTags, parseTagQuery } from '../../workspace/search/tagQuery';
import type { LabelSets } from '../labelSets';
import type { Reporter } from '../report';
import type { AllResults } from '../results/allResults';
import { openPlace } from '../results/openPlace';
import { nothingTagged } from './nothingTagged';

interface FileItem extends vscode.QuickPickItem {
  readonly id?: string;
  /** Label index to open the evidence of. */
  readonly best?: number;
  /** A label to put into the query. */
  readonly insert?: string;
}

/** More would only slow the list down; the query narrows it. */
const maxListed = 500;
const typingPauseMs = 120;

export async function goToFileByTag(results: AllResults, labelSets: LabelSets, reporter: Reporter): Promise<void> {
  const set = labelSets.active();
  if (results.isEmpty) {
    reporter.notice(nothingTagged(), { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' });
    return;
  }
  const names = set.labels.map(({ name }) => name);
  const documents = [...results.ids()].flatMap((id) => results.summary(id) ?? []);
  const pick = vscode.window.createQuickPick<FileItem>();
  pick.title = vscode.l10n.t('Go to File by Tag');
  pick.placeholder = vscode.l10n.t('For example: planning and not hiring, or "customer review"');
  pick.matchOnDescription = true;

  const list = (text: string): FileItem[] => {
    if (text.trim() === '') return countedLabels();
    const query = parseTagQuery(text, names);
    const found = documents
      .flatMap((document) => {
        const tags = document.tags.map(({ label, score }) => ({ label: names[label] ?? '', score }));
        return matchesTags(query, tags) ? [{ document, tags }] : [];
      })
      .sort((a, b) => (b.tags[0]?.score ?? 0) - (a.tags[0]?.score ?? 0));
    return found.slice(0, maxListed).map(({ document, tags }) => ({
      label: document.title,
      description: tags.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(' · '),
      iconPath: vscode.ThemeIcon.File,
      alwaysShow: true,
      id: document.id,
      ...(document.tags[0] ? { best: document.tags[0].label } : {}),
    }));
  };
  const countedLabels = (): FileItem[] =>
    names
      .map((name, label) => ({
        name,
        count: documents.filter(({ tags }) => tags.some((tag) => tag.label === label)).length,
      }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .map(({ name, count }) => ({
        label: name,
        description: count === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', count.toLocaleString()),
        iconPath: new vscode.ThemeIcon('tag'),
        insert: /^[\w-]+(\.[\w-]+)*$/.test(name) ? name : JSON.stringify(name),
      }));

  const picked = await new Promise<FileItem | undefined>((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    pick.items = list('');
    pick.onDidChangeValue((text) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        pick.items = list(text);
      }, typingPauseMs);
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.insert === undefined) {
        resolve(item);
        return;
      }
      pick.value = `${item.insert} `;
      pick.items = list(pick.value);
    });
    pick.onDidHide(() => {
      clearTimeout(timer);
      resolve(undefined);
    });
    pick.show();
  });
  pick.dispose();
  if (picked?.id === undefined) return;
  const place = await results.place(picked.id, picked.best ?? null);
  if (place) await openPlace(place, false);
}
