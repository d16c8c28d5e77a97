// "Copy Tags": the tags of a document, or of the files picked in the explorer, to the clipboard.
import * as vscode from 'vscode';
import type { Reporter } from '../host/report';
import type { Results } from '../results/results';
import { nameOf } from '../results/documentNames';

/** One file: `tag, tag`. Several files: `path: tag, tag` in lines. */
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
  const known = wanted.flatMap((file) => {
    const tags = results.tagsOf(file);
    return tags ? [{ file, tags: tags.map(({ label }) => label).join(', ') }] : [];
  });
  const [first] = known;
  if (!first) {
    const classify = { title: vscode.l10n.t('Classify File'), id: 'glitag.classifyFile' as const };
    reporter.notice(vscode.l10n.t('These documents have not been tagged with this label set yet.'), classify);
    return;
  }
  const text =
    wanted.length === 1 ? first.tags : known.map(({ file, tags }) => `${nameOf(file).title}: ${tags}`).join('\n');
  if (text === '') {
    reporter.notice(vscode.l10n.t('No label fits “{0}”, so there are no tags to copy.', nameOf(first.file).title));
    return;
  }
  await copyText(text);
}

/** To the clipboard; the status bar says what. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', shown), 4000);
}
