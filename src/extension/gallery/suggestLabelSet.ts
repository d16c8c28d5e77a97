// "Suggest Label Set from Folders and Front Matter": words that are there already, which of them the model sees, and a set of those chosen.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { Agreement } from '../../core/gallery/agreement';
import { suggestedEntry, suggestedThreshold } from '../../core/gallery/suggestedSet';
import { vocabulary, type VocabularyEntry } from '../../core/gallery/vocabulary';
import { inSlices } from '../../workspace/flow/inSlices';
import type { FileTree } from '../../workspace/types';
import { askAgreement } from '../../workspace/vocabulary/askAgreement';
import { collectNames, maxFiles } from '../../workspace/vocabulary/collectNames';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import { saveLabelSet } from '../labels/create/saveLabelSet';
import type { LabelSets } from '../labels/labelSets';
import type { SettingsFiles } from '../labels/settingsFiles';
import type { Models } from '../models/models';
import type { Config } from '../settings/config';
import type { DocumentTexts } from '../workspace/documentTexts';
import { findOptions } from '../workspace/runOptions';
import { workspaceRoots } from '../workspace/runRoots';
import { pickSeen, pickWords } from './pickWords';

export interface SuggestParts {
  readonly tree: FileTree;
  readonly documents: Pick<DocumentTexts, 'read'>;
  readonly models: Pick<Models, 'of'>;
  readonly config: Config;
  readonly labelSets: LabelSets;
  readonly files: SettingsFiles;
  readonly activity: Activity;
  readonly reporter: Reporter;
}

/** Throws AppError. */
export async function suggestLabelSet(parts: SuggestParts): Promise<void> {
  const roots = workspaceRoots();
  if (roots.length === 0) {
    parts.reporter.notice(vscode.l10n.t('There is no folder to look through. Open one.'));
    return;
  }
  const words = await lookThrough(parts, roots);
  if (words.length === 0) {
    const key = parts.config.get('frontMatter.key');
    parts.reporter.notice(
      vscode.l10n.t('There are no folders with documents, and no “{0}” in the front matter of Markdown files.', key),
    );
    return;
  }
  const picked = await pickWords(words);
  if (!picked || picked.length === 0) return;
  const seen = await ask(parts, picked);
  const labels = await pickSeen(picked, seen);
  if (!labels || labels.length === 0) return;
  await saveLabelSet(roots[0]?.name ?? '', suggestedEntry(labels), parts.labelSets, parts.files);
}

async function lookThrough(
  { tree, documents, config, activity, reporter }: SuggestParts,
  roots: ReturnType<typeof workspaceRoots>,
): Promise<VocabularyEntry[]> {
  const { names, cut } = await activity.run('working', vscode.l10n.t('Looking for tags and folders'), (job) =>
    collectNames(tree, {
      find: findOptions(config, { include: [], exclude: [] }, roots),
      read: (uri) => documents.read(uri),
      signal: job.signal,
      onProgress: () => undefined,
    }),
  );
  if (cut) reporter.notice(vscode.l10n.t('Only the first {0} files were looked at.', wholeNumber(maxFiles)));
  return inSlices(vocabulary(names));
}

async function ask(
  { documents, models, config, activity }: SuggestParts,
  words: readonly VocabularyEntry[],
): Promise<ReadonlyMap<string, Agreement>> {
  const chunkTokens = config.get('chunkTokens');
  return activity.run('working', vscode.l10n.t('Asking the model about tags'), (job) =>
    askAgreement(models.of(undefined), words, {
      threshold: suggestedThreshold,
      ...(chunkTokens === null ? {} : { chunkTokens }),
      read: (uri) => documents.read(uri),
      signal: job.signal,
      onProgress: (done, total) => {
        job.progress({ done, total });
      },
    }),
  );
}
