// "Go to File by Tag": type a search; the files that match are listed, best score first.
import * as vscode from 'vscode';
import type { Completer } from '../../core/query/completions';
import { scoreWords } from '../../core/scoreText';
import type { DocumentSummary } from '../../shared/viewMessages';
import type { LabelSets } from '../labels/labelSets';
import { documentsText } from '../host/countWords';
import type { Reporter } from '../host/report';
import { allDocuments, findByTag } from '../results/findByTag';
import type { Results } from '../results/results';
import { openPlace } from '../editor/openPlace';
import { nothingTagged } from './nothingTagged';
import { pickBySearch, type SearchItem } from './searchPick';

interface FileItem extends SearchItem {
  readonly id: string;
  /** Number of the label to open the evidence of. */
  readonly best: number | null;
}

/** More would only slow the list down; the search narrows it. */
const maxListed = 500;

export async function goToFileByTag(results: Results, labelSets: LabelSets, reporter: Reporter): Promise<void> {
  const set = labelSets.active();
  if (results.isEmpty) {
    reporter.notice(nothingTagged(), { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' });
    return;
  }
  const labels = set.labels.map(({ name }) => name);
  const documents = await allDocuments(results);
  const picked = await pickBySearch<FileItem>(
    {
      title: vscode.l10n.t('Go to File by Tag'),
      placeholder: vscode.l10n.t('Labels and words, with or, -not and parentheses'),
      labels,
      list: (text, completer) =>
        text.trim() === '' ? labelItems(labels, documents, completer) : fileItems(text, labels, documents),
    },
    (item): item is FileItem => 'id' in item,
  );
  if (!picked) return;
  const place = await results.place(picked.item.id, picked.item.best);
  if (place) await openPlace(place, false);
}

function fileItems(
  text: string,
  labels: readonly string[],
  documents: readonly DocumentSummary[],
): (FileItem | SearchItem)[] {
  const found = findByTag(text, labels, documents);
  if (found.length === 0) return [{ label: vscode.l10n.t('No document matches'), alwaysShow: true }];
  return found.slice(0, maxListed).map(({ document: { id, title, tags, skipped }, best }) => ({
    label: title,
    description: skipped ?? tags.map(({ label, score }) => `${labels[label] ?? ''} ${scoreWords(score)}`).join(' · '),
    iconPath: vscode.ThemeIcon.File,
    alwaysShow: true,
    id,
    best,
  }));
}

/** Before anything is typed: the labels that documents have, the most frequent first. */
function labelItems(
  labels: readonly string[],
  documents: readonly DocumentSummary[],
  completer: Completer,
): SearchItem[] {
  const counts = new Map<number, number>();
  for (const { tags } of documents) for (const { label } of tags) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => {
      const name = labels[label] ?? '';
      return {
        label: name,
        description: documentsText(count),
        iconPath: new vscode.ThemeIcon('tag'),
        insert: `${completer.searchFor(label)} `,
      };
    });
}
