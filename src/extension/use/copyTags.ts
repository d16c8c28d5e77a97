// "Copy Tags": the tags of a document, or of the files picked in the explorer, to the clipboard.
import * as vscode from 'vscode';
import type { LabelScore } from '../../core/tagResult';
import type { Reporter } from '../host/report';
import type { Results } from '../results/results';
import { nameOf } from '../results/documentNames';

interface Copied {
  readonly title: string;
  readonly tags: string;
  readonly isPart: boolean;
}

/** One file: `tag, tag`. Several files, or the parts that one is read in: `path: tag, tag` in lines. */
export async function copyTags(
  results: Results,
  reporter: Reporter,
  uri?: vscode.Uri,
  uris?: readonly vscode.Uri[],
): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const wanted = uris && uris.length > 0 ? uris : [uri ?? active].filter((file) => file !== undefined);
  if (wanted.length === 0) {
    reporter.notice(vscode.l10n.t('No document to copy tags of. Open one, or pick it in the explorer.'));
    return;
  }
  const known = wanted.flatMap((file) => tagsIn(results, file));
  const [first] = known;
  if (!first) {
    const classify = { title: vscode.l10n.t('Classify File'), id: 'glitag.classifyFile' as const };
    reporter.notice(vscode.l10n.t('These documents have not been tagged with this label set yet.'), classify);
    return;
  }
  const isOne = wanted.length === 1 && !first.isPart;
  const text = isOne ? first.tags : known.map(({ title, tags }) => `${title}: ${tags}`).join('\n');
  if (text === '') {
    reporter.notice(vscode.l10n.t('No label fits “{0}”, so there are no tags to copy.', first.title));
    return;
  }
  await copyText(text);
}

function tagsIn(results: Results, file: vscode.Uri): Copied[] {
  const own = results.tagsOf(file);
  if (own) return [{ title: nameOf(file).title, tags: joined(own), isPart: false }];
  return results.fileParts(file.toString()).flatMap((id) => {
    const tags = results.effective(id)?.tags;
    return tags ? [{ title: results.summary(id)?.title ?? id, tags: joined(tags), isPart: true }] : [];
  });
}

function joined(tags: readonly LabelScore[]): string {
  return tags.map(({ label }) => label).join(', ');
}

/** To the clipboard; the status bar says what. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', shown), 4000);
}
