// The files in which label sets are written: found, opened at a place, a new set put in.
import * as vscode from 'vscode';
import type { Edit } from 'jsonc-parser';
import type { Place } from '../../core/labelSetProblems';
import type { EntryEdit } from '../../core/thresholdEdits';
import { isRecord } from '../../core/values';
import { nextEvent, within } from '../host/within';
import { documentAt, openDocument } from '../results/openDocument';
import type { Config, LabelSetTarget } from '../settings/config';
import { SettingsText, settingPath, withChanges, type Indentation } from './settingsText';

/** Scheme of the user's own settings, wherever they are. */
const userScheme = 'vscode-userdata';
const settingsFile = '/settings.json';
const catchUpMs = 1000;
/** How long a saved file may take to become the window's settings. */
const takenMs = 3000;

/** Files that may hold label sets; quick fixes are offered in them. */
export const settingsSelector: vscode.DocumentSelector = [
  { language: 'jsonc', pattern: '**/settings.json' },
  { language: 'jsonc', pattern: '**/*.code-workspace' },
];

export interface SettingsFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

export function fileOf(document: vscode.TextDocument): SettingsFile {
  return { uri: document.uri, text: document.getText() };
}

export function settingsTextOf({ uri, text }: SettingsFile): SettingsText {
  return new SettingsText(text, settingPath(uri.path));
}

export class SettingsFiles {
  constructor(
    private readonly config: Config,
    /** `globalStorageUri` of the extension: the user's settings are beside its folder, unless a profile has its own. */
    private readonly globalStorage: vscode.Uri,
  ) {}

  /** Whether the editor reads settings of this window from the document. */
  isSettings({ uri }: vscode.TextDocument): boolean {
    return this.isOfUser(uri) || uri.toString() === this.workspaceFile()?.toString();
  }

  /** The files that hold label sets: as they are being written where they are open, else from disk. The user's only where it can be told. */
  async written(): Promise<SettingsFile[]> {
    const { user, workspace } = this.config.writtenLabelSets();
    const files = [
      ...(user === undefined ? [] : [await this.userFile(user)]),
      ...(workspace === undefined ? [] : [await fileAt(this.workspaceFile())]),
    ];
    return files.filter((file) => file !== null);
  }

  /** Shows the settings at a label set, or at a place in it. A built-in set is in no file: the setting itself is shown. */
  async open(place: Place): Promise<void> {
    const [name] = place.steps;
    const target = this.config.targetOf(typeof name === 'string' ? name : null);
    const editor = await this.show(target);
    if (!editor) return;
    const { document } = editor;
    await this.catchUp(document, target);
    const { start, end } = settingsTextOf(fileOf(document)).span(place);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    if (end === 0) return;
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Writes a set; comments and other sets in the file stay. */
  async save(name: string, entry: object, target: LabelSetTarget): Promise<void> {
    const taken = await this.write(target, (text, format) => text.withSet(name, entry, format));
    if (!taken) await this.config.addLabelSet(name, entry, target);
  }

  /**
   * Changes values of a set where it is written; comments stay, also within it. A built-in set is copied into the user's settings.
   * `changesOf`: from the set as it is written. False where there is nothing to change, or no such set.
   */
  async change(name: string, changesOf: (entry: unknown) => readonly EntryEdit[]): Promise<boolean> {
    const target = this.config.targetOf(name);
    const entry = this.config.labelSetEntry(name);
    const changes = changesOf(entry);
    if (!isRecord(entry) || changes.length === 0) return false;
    if (target === null) {
      await this.config.copyBuiltIn(name, changed(entry, changes));
      return true;
    }
    const taken = await this.write(target, (text, format) => text.withChanges(name, changes, format));
    if (!taken) await this.config.addLabelSet(name, changed(entry, changes), target);
    return true;
  }

  /** Edits the file and saves it. False where the editor must do it: it is not found, or not read as settings after all. */
  private async write(
    target: LabelSetTarget,
    editsOf: (text: SettingsText, format: Indentation) => readonly Edit[],
  ): Promise<boolean> {
    const written = this.config.writtenLabelSets()[target];
    const file =
      written === undefined
        ? null
        : target === 'workspace'
          ? this.workspaceFile()
          : ((await this.userFile(written))?.uri ?? null);
    const known = file && !this.isSecondCopy(file) && (await documentAt(file));
    // What the user has not saved yet is not ours to save; VS Code's own way refuses then, and says so.
    if (!known || known.isDirty) return false;
    const edit = new vscode.WorkspaceEdit();
    for (const { offset, length, content } of editsOf(
      settingsTextOf(fileOf(known)),
      this.config.indentation(known.uri),
    )) {
      const range = new vscode.Range(known.positionAt(offset), known.positionAt(offset + length));
      edit.replace(known.uri, range, content);
    }
    const changedEvent = nextEvent(this.config.onDidChange, (names) => names.includes('labelSets'));
    const saved = (await vscode.workspace.applyEdit(edit)) && (await known.save());
    // A file that VS Code does not read after all: it then writes the set where it does.
    const taken = saved && (await within(changedEvent.came, takenMs)) === true;
    changedEvent.dispose();
    return taken;
  }

  /** A setting that was just written reaches the file's document a moment later. */
  private async catchUp(document: vscode.TextDocument, target: LabelSetTarget | null): Promise<void> {
    const wanted = target === null ? undefined : JSON.stringify(this.config.writtenLabelSets()[target]);
    const isBehind = () => JSON.stringify(settingsTextOf(fileOf(document)).value) !== wanted;
    if (wanted === undefined || document.isDirty || !isBehind()) return;
    const changed = nextEvent(
      vscode.workspace.onDidChangeTextDocument,
      (event) => event.document === document && !isBehind(),
    );
    await within(changed.came, catchUpMs);
    changed.dispose();
  }

  private workspaceFile(): vscode.Uri | null {
    const { workspaceFile, workspaceFolders } = vscode.workspace;
    if (workspaceFile) return workspaceFile;
    const [folder] = workspaceFolders ?? [];
    return folder ? vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json') : null;
  }

  /** A server opens the user's settings as the file that they are, an editor on the user's machine under a scheme of its own. */
  private isOfUser(uri: vscode.Uri): boolean {
    if (uri.scheme === userScheme) return uri.path.endsWith(settingsFile);
    return uri.toString() === this.besideStorage().toString();
  }

  /**
   * A server has the user's settings under an address of its own, which extensions see as a plain file; by that they reach a second
   * document. VS Code does not hear of what is saved there, and its own document, where one is open, can then no longer be saved.
   */
  private isSecondCopy(uri: vscode.Uri): boolean {
    return vscode.env.remoteName !== undefined && uri.toString() === this.besideStorage().toString();
  }

  private besideStorage(): vscode.Uri {
    return vscode.Uri.joinPath(this.globalStorage, '..', '..', 'settings.json');
  }

  /** `value`: what it must hold as label sets, by which the right one of several is known. */
  private async userFile(value: unknown): Promise<SettingsFile | null> {
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri).filter((uri) => this.isOfUser(uri));
    const beside = this.besideStorage();
    for (const uri of [...open, beside.with({ scheme: userScheme }), webSettings, beside]) {
      const file = await fileAt(uri);
      if (file && JSON.stringify(settingsTextOf(file).value) === JSON.stringify(value)) return file;
    }
    return null;
  }

  /** VS Code knows which file it is: of which profile, on which machine. */
  private async show(target: LabelSetTarget | null): Promise<vscode.TextEditor | undefined> {
    const command = target === 'workspace' ? 'openWorkspaceSettingsFile' : 'openSettingsJson';
    const revealSetting = { key: 'glitag.labelSets', edit: target === null };
    await vscode.commands.executeCommand(`workbench.action.${command}`, { revealSetting });
    return vscode.window.visibleTextEditors.find(({ document }) => {
      return this.isSettings(document) && this.isOfUser(document.uri) === (target !== 'workspace');
    });
  }
}

/** The user's settings in a browser. */
const webSettings = vscode.Uri.from({ scheme: userScheme, path: '/User/settings.json' });

/** Not through a document: one that VS Code keeps of a file it does not watch may be behind it. */
async function fileAt(uri: vscode.Uri | null): Promise<SettingsFile | null> {
  if (!uri) return null;
  const open = openDocument(uri);
  if (open?.isDirty === true) return fileOf(open);
  try {
    return { uri, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    // Not there, or not to be read from here.
    return null;
  }
}

/** As values alone, for where VS Code writes them. */
function changed(entry: object, changes: readonly EntryEdit[]): object {
  return JSON.parse(withChanges(JSON.stringify(entry), [], changes)) as object;
}
