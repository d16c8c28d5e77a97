// What a row's menu, its buttons and the keys do: open, tag again, copy, exclude, reveal, make an example of it.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { limits } from '../../core/labelSetProblems';
import type { RowTarget } from '../../shared/viewMessages';
import type { PassageMarks } from '../editor/passageMarks';
import { openPlace } from '../editor/openPlace';
import type { CommandId } from '../host/names';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import { nameOf } from '../results/documentNames';
import { noExamplesWhy, takesExamples } from '../models/modelLimits';
import type { Models } from '../models/models';
import type { Results } from '../results/results';
import type { Config } from '../settings/config';
import { copyText } from '../use/copyTags';
import { globOf } from '../../workspace/find/globOf';

export interface RowActionParts {
  readonly results: Results;
  readonly labelSets: LabelSets;
  readonly models: Pick<Models, 'of' | 'titleOf'>;
  readonly config: Config;
  readonly reporter: Reporter;
  readonly passages: PassageMarks;
  /** The tree's active row: what is meant where a command comes without one. */
  readonly activeRow: () => RowTarget | null;
  /** The documents are to be seen no more. */
  readonly forget: (uri: vscode.Uri) => void;
}

export class RowActions {
  constructor(private readonly parts: RowActionParts) {}

  async open(row: RowTarget | undefined, toSide: boolean): Promise<void> {
    const { documentId, label } = this.target(row);
    if (documentId === null) return;
    const place = await this.parts.results.place(documentId, label);
    if (!place) return;
    try {
      await openPlace(place, toSide);
    } catch (error) {
      // The row says it then, where the user looks.
      if (await this.parts.results.isGone(documentId)) return;
      throw error;
    }
    if (label !== null) this.parts.passages.show(documentId, label);
  }

  /** Selections are selected and tagged as they are now; their row is the same as long as their place is. */
  async tagAgain(row?: RowTarget): Promise<void> {
    const target = this.target(row);
    const { results } = this.parts;
    const folder = folderUri(target);
    if (folder) await run('glitag.tagFolder', folder, [folder]);
    if (target.documentId === null) return;
    const place = await results.place(target.documentId, null);
    if (!place) return;
    // A part of a file is read with its file, in which only what changed is tagged again.
    if (place.span === null || results.isFilePart(target.documentId)) {
      await run(place.folder === true ? 'glitag.tagFolder' : 'glitag.classifyFile', place.uri, [place.uri]);
      return;
    }
    await openPlace(place, false);
    await run('glitag.classifySelection');
  }

  /** False where the row has no tags of its own. */
  async copyTags(row?: RowTarget): Promise<boolean> {
    const { documentId } = row ?? noRow;
    const summary = documentId === null ? undefined : this.parts.results.summary(documentId);
    if (!summary || summary.tags.length === 0) return false;
    const { labels } = this.parts.labelSets.active();
    await copyText(summary.tags.map(({ label }) => labels[label]?.name ?? '').join(', '));
    return true;
  }

  async exclude(row?: RowTarget): Promise<void> {
    const target = this.target(row);
    const { config, reporter, forget } = this.parts;
    const uri = folderUri(target) ?? (await this.uriOf(target));
    if (!uri) return;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) {
      reporter.notice(vscode.l10n.t('“{0}” is in no folder of this workspace, so no run takes it.', nameOf(uri).title));
      return;
    }
    const isFolder = folderUri(target) !== undefined && !(await isFile(uri));
    const glob = globOf(vscode.workspace.asRelativePath(uri, false), isFolder);
    await config.addExclude(glob);
    forget(uri);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Excluded from tagging (glitag.exclude): {0}', glob), 6000);
  }

  async revealInExplorer(row?: RowTarget): Promise<void> {
    const target = this.target(row);
    const uri = folderUri(target) ?? (await this.uriOf(target));
    if (uri) await vscode.commands.executeCommand('revealInExplorer', uri);
  }

  /** A label's passage becomes an example of the label; a document or selection becomes one of all its tags. */
  async addExample(row?: RowTarget): Promise<void> {
    const { documentId, label } = this.target(row);
    const { results, labelSets, models, config, reporter } = this.parts;
    const set = labelSets.active();
    if (documentId === null) return;
    const model = await models.of(set.model).describe();
    if (!takesExamples(model, set)) {
      const refused = vscode.l10n.t(
        'The model {0} takes no examples, so none was added to “{1}”.',
        models.titleOf(set.model),
        set.name,
      );
      reporter.notice(`${refused} ${noExamplesWhy(model)}`.trim());
      return;
    }
    const place = await results.place(documentId, label);
    if (!place) return;
    const all = (await vscode.workspace.openTextDocument(place.uri)).getText();
    const whole = label === null ? (await results.evidence(documentId))?.text : undefined;
    const text = (whole ?? (place.span ? all.slice(place.span.start, place.span.end) : all)).trim();
    const numbers = label === null ? (results.summary(documentId)?.tags ?? []).map((tag) => tag.label) : [label];
    const labels = numbers.flatMap((number) => set.labels[number]?.name ?? []);
    if (text === '' || labels.length === 0 || text.length > limits.exampleLength) {
      const why =
        labels.length === 0
          ? vscode.l10n.t('it has no tags')
          : text === ''
            ? vscode.l10n.t('it is empty')
            : vscode.l10n.t('it is longer than {0} characters', wholeNumber(limits.exampleLength));
      reporter.notice(vscode.l10n.t('“{0}” cannot be an example: {1}.', nameOf(place.uri).title, why));
      return;
    }
    await config.addExample(set.name, { text, labels });
    const message = vscode.l10n.t('Example of {0} added to the label set “{1}”.', labels.join(', '), set.name);
    vscode.window.setStatusBarMessage(message, 6000);
  }

  /** From a row of a label: its passages; without one: those that are marked in the editor. */
  async step(row: RowTarget | undefined, by: 1 | -1): Promise<void> {
    const { passages } = this.parts;
    if (row?.documentId == null || row.label === null) {
      await passages.step(by);
      return;
    }
    if (!passages.shows(row.documentId, row.label)) await this.open(row, false);
    else await passages.step(by);
  }

  private target(row: RowTarget | undefined): RowTarget {
    return row ?? this.parts.activeRow() ?? noRow;
  }

  private async uriOf({ documentId }: RowTarget): Promise<vscode.Uri | undefined> {
    return documentId === null ? undefined : (await this.parts.results.place(documentId, null))?.uri;
  }
}

const noRow: RowTarget = {
  webviewSection: 'none',
  documentId: null,
  label: null,
  folder: null,
  tagged: false,
};

function run(command: CommandId, ...args: readonly unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

/** A file that is read in parts stands among the folders. */
async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

/** A folder's row names its path; the workspace folder stands first where there are several. */
function folderUri({ folder }: RowTarget): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folder === null || folders.length === 0) return undefined;
  const parts = folder.split('/');
  const root = folders.length === 1 ? folders[0] : folders.find(({ name }) => name === parts[0]);
  return root && vscode.Uri.joinPath(root.uri, ...(folders.length === 1 ? parts : parts.slice(1)));
}
