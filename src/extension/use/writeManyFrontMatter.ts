// "Write Tags into Front Matter" for several documents: one edit of all, shown in the editor's refactor preview, undone as one.
import * as vscode from 'vscode';
import { isMarkdownName } from '../../core/markdownLines';
import type { LabelScore } from '../../core/tagResult';
import { asAppError } from '../../shared/errors';
import { isWithin } from '../../workspace/find/isWithin';
import { Breather } from '../../workspace/flow/breather';
import type { TextEdit } from '../../workspace/types';
import type { Activity } from '../host/activity';
import { rangeIn } from '../host/rangeIn';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import { nameOf } from '../results/documentNames';
import { openDocument } from '../results/openDocument';
import type { Results } from '../results/results';
import { SettingError } from '../settings/settings';
import type { Config } from '../settings/config';
import type { DocumentTexts } from '../workspace/documentTexts';
import { frontMatterChange } from './frontMatterChange';

export interface ManyParts {
  readonly results: Results;
  readonly labelSets: LabelSets;
  readonly config: Config;
  readonly documents: DocumentTexts;
  readonly activity: Activity;
  readonly reporter: Reporter;
}

/** So many refusals are named; the others are counted. */
const mostNamed = 3;

interface Planned {
  readonly edit: vscode.WorkspaceEdit;
  readonly size: number;
  /** Documents that hold their tags already, or that no label fits. */
  readonly same: number;
  /** Why documents stay as they are, with their names. */
  readonly refused: readonly string[];
}

/** Which tags are written: all that stand, or those that people accepted and added, of documents that have such. */
export type WrittenTags = 'all' | 'accepted';

/** `places`: files and folders; null for all that is tagged. Throws SettingError. */
export async function writeManyFrontMatter(
  parts: ManyParts,
  places: readonly vscode.Uri[] | null,
  written: WrittenTags = 'all',
): Promise<void> {
  const { results, activity, reporter } = parts;
  const within = places?.map((place) => place.toString());
  const ids = results
    .ids()
    .filter((id) => isMarkdownName(id) && (within === undefined || within.some((place) => isWithin(id, place))))
    .filter((id) => tagsToWrite(results, id, written) !== undefined);
  if (ids.length === 0) {
    const tag = { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' as const };
    if (written === 'accepted') reporter.notice(vscode.l10n.t('No tag of a Markdown document has been accepted yet.'));
    else reporter.notice(vscode.l10n.t('No Markdown document there has been tagged with this label set yet.'), tag);
    return;
  }
  const title = vscode.l10n.t('Preparing tags for front matter');
  const planned = await activity.run('working', title, ({ signal }) => plan(parts, ids, written, signal));
  if (planned === null) return;
  const { edit, size, same, refused } = planned;
  if (size > 0) {
    // Nothing is ticked there to begin with.
    const hint = vscode.l10n.t('Tick the documents to write into, then Apply. Grouped by type, one tick takes all.');
    const applied = vscode.workspace.applyEdit(edit, { isRefactoring: true });
    vscode.window.setStatusBarMessage(hint, applied);
    await applied;
  }
  if (size === 0 && refused.length === 0)
    reporter.notice(
      same === 1
        ? vscode.l10n.t('There is nothing to write: the document holds its tags already, or no label fits it.')
        : vscode.l10n.t(
            'There is nothing to write: all {0} documents hold their tags already, or no label fits.',
            same,
          ),
    );
  if (refused.length > 0) reporter.notice(refusalNotice(refused));
}

/** Null where it was stopped. */
async function plan(
  parts: ManyParts,
  ids: readonly string[],
  written: WrittenTags,
  signal: AbortSignal,
): Promise<Planned | null> {
  const { results, labelSets, config } = parts;
  const set = labelSets.active();
  const edit = new vscode.WorkspaceEdit();
  const refused: string[] = [];
  const breather = new Breather();
  let size = 0;
  for (const id of ids) {
    if (signal.aborted) return null;
    if (breather.due) await breather.pause();
    const uri = vscode.Uri.parse(id);
    const text = await textOf(parts, uri);
    if (text === null) continue;
    try {
      const change = frontMatterChange(text, tagsToWrite(results, id, written) ?? [], set, config);
      if (!change.edit) continue;
      add(edit, uri, text, change.edit, change.tags);
      size++;
    } catch (error) {
      if (error instanceof SettingError) throw error;
      refused.push(`${nameOf(uri).title}: ${asAppError(error, 'input-invalid').message}`);
    }
  }
  return { edit, size, same: ids.length - size - refused.length, refused };
}

/** Undefined where the document is left out. */
function tagsToWrite(results: Results, id: string, written: WrittenTags): readonly LabelScore[] | undefined {
  if (written === 'all') return results.tagsOf(vscode.Uri.parse(id));
  const accepted = results.effective(id)?.tags.filter(({ state }) => state !== 'proposed');
  return accepted === undefined || accepted.length === 0 ? undefined : accepted;
}

/** Without opening it: of thousands of documents the editor would hold all. Null where it is gone or no text. */
async function textOf({ documents }: ManyParts, uri: vscode.Uri): Promise<string | null> {
  const open = openDocument(uri);
  if (open) return open.getText();
  const read = await documents.read(uri.toString());
  return read.ok ? read.file : null;
}

function add(
  edit: vscode.WorkspaceEdit,
  uri: vscode.Uri,
  text: string,
  { start, end, newText }: TextEdit,
  tags: readonly string[],
): void {
  // Front matter is at the top, so that nothing but a few lines is counted.
  edit.replace(uri, rangeIn(text, { start, end }), newText, {
    needsConfirmation: true,
    label: vscode.l10n.t('Tags in front matter'),
    description: tags.join(', '),
  });
}

function refusalNotice(refused: readonly string[]): string {
  const named = refused.slice(0, mostNamed).join(' ');
  const more = refused.length - mostNamed;
  return more > 0
    ? vscode.l10n.t('{0} documents stay as they are. {1} And {2} more.', refused.length, named, more)
    : vscode.l10n.t('Some documents stay as they are. {0}', named);
}
