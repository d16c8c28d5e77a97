// "Go to File by Tag": type tags with and, or, not; the files that match are listed, best score first.
import * as vscode from 'vscode';
import { scoreWords } from '../../core/scoreText';
import { asAppError } from '../../shared/errors';
import type { DocumentSummary } from '../../shared/viewMessages';
import { Breather } from '../../workspace/flow/breather';
import { matchesTags, parseTagQuery, type TagQuery } from '../../workspace/search/tagQuery';
import type { LabelSets } from '../labels/labelSets';
import type { Reporter } from '../host/report';
import type { Results } from '../results/results';
import { openPlace } from '../editor/openPlace';
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

export async function goToFileByTag(results: Results, labelSets: LabelSets, reporter: Reporter): Promise<void> {
  const set = labelSets.active();
  if (results.isEmpty) {
    reporter.notice(nothingTagged(), { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' });
    return;
  }
  const names = set.labels.map(({ name }) => name);
  const picked = await pickFile(names, await documentsOf(results));
  if (picked?.id === undefined) return;
  const place = await results.place(picked.id, picked.best ?? null);
  if (place) await openPlace(place, false);
}

async function documentsOf(results: Results): Promise<DocumentSummary[]> {
  const documents: DocumentSummary[] = [];
  const breather = new Breather();
  for (const summary of results.summaries()) {
    documents.push(summary);
    if (breather.due) await breather.pause();
  }
  return documents;
}

async function pickFile(
  names: readonly string[],
  documents: readonly DocumentSummary[],
): Promise<FileItem | undefined> {
  const pick = vscode.window.createQuickPick<FileItem>();
  pick.title = vscode.l10n.t('Go to File by Tag');
  pick.placeholder = vscode.l10n.t('For example: planning and not hiring, or "customer review"');
  const list = (text: string) =>
    text.trim() === '' ? labelItems(names, documents) : fileItems(text, names, documents);
  pick.items = list('');
  try {
    return await new Promise<FileItem | undefined>((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      pick.onDidChangeValue((text) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          pick.items = list(text);
        }, typingPauseMs);
      });
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item?.insert === undefined) {
          if (item?.id !== undefined) resolve(item);
          return;
        }
        pick.value = item.insert;
        pick.items = list(pick.value);
      });
      pick.onDidHide(() => {
        clearTimeout(timer);
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** The files that match, best first; or what is wrong with the query, which is often just not finished. */
function fileItems(text: string, names: readonly string[], documents: readonly DocumentSummary[]): FileItem[] {
  let query: TagQuery;
  try {
    query = parseTagQuery(text, names);
  } catch (error) {
    const { message } = asAppError(error, 'input-invalid');
    return [{ label: message, iconPath: new vscode.ThemeIcon('info'), alwaysShow: true }];
  }
  const wanted = wantedLabels(query);
  const found = documents.flatMap((document) => {
    if (document.skipped !== undefined) return [];
    const tags = document.tags.map(({ label, score }) => ({ index: label, label: names[label] ?? '', score }));
    return matchesTags(query, tags) ? [{ document, tags, best: tags.find(({ label }) => wanted.has(label)) }] : [];
  });
  if (found.length === 0) return [{ label: vscode.l10n.t('No document has these tags'), alwaysShow: true }];
  found.sort((a, b) => (b.best?.score ?? 0) - (a.best?.score ?? 0));
  return found.slice(0, maxListed).map(({ document, tags, best }) => ({
    label: document.title,
    description: tags.map(({ label, score }) => `${label} ${scoreWords(score)}`).join(' · '),
    iconPath: vscode.ThemeIcon.File,
    alwaysShow: true,
    id: document.id,
    ...(best ? { best: best.index } : {}),
  }));
}

/** Labels that the query asks for, rather than against. */
function wantedLabels(query: TagQuery): ReadonlySet<string> {
  switch (query.type) {
    case 'tag':
      return query.labels;
    case 'not':
      return new Set();
    case 'and':
    case 'or':
      return new Set([...wantedLabels(query.left), ...wantedLabels(query.right)]);
  }
}

/** Before anything is typed: the labels that documents have, the most frequent first. */
function labelItems(names: readonly string[], documents: readonly DocumentSummary[]): FileItem[] {
  const counts = new Map<number, number>();
  for (const { tags } of documents) for (const { label } of tags) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => {
      const name = names[label] ?? '';
      return {
        label: name,
        description: count === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', count.toLocaleString()),
        iconPath: new vscode.ThemeIcon('tag'),
        insert: /^(?!(and|or|not)$)[\w.-]+$/i.test(name) ? name : JSON.stringify(name),
      };
    });
}
