// The files in which label sets are written: found, opened at a place, a new set put in.
import * as vscode from 'vscode';
import type { Place } from '../../core/labelSetProblems';
import type { Config, LabelSetTarget } from '../settings/config';
import { SettingsText, settingPath } from './settingsText';

/** Scheme of the user's own settings, wherever they are. */
const userScheme = 'vscode-userdata';
const settingsFile = '/settings.json';

/** Documents that may hold label sets; quick fixes are offered in them. */
export const settingsSelector: vscode.DocumentSelector = [
  { language: 'jsonc', pattern: '**/settings.json' },
  { language: 'jsonc', pattern: '**/*.code-workspace' },
];

export class SettingsFiles {
  constructor(
    private readonly config: Config,
    /** `globalStorageUri` of the extension: the user's settings are beside its folder, unless a profile has its own. */
    private readonly globalStorage: vscode.Uri,
  ) {}

  /** Whether the editor reads settings of this window from the document. */
  isSettings({ uri }: vscode.TextDocument): boolean {
    if (uri.scheme === userScheme) return uri.path.endsWith(settingsFile);
    const own = this.workspaceFile();
    return own !== null && uri.toString() === own.toString();
  }

  textOf(document: vscode.TextDocument): SettingsText {
    return new SettingsText(document.getText(), settingPath(document.uri.path));
  }

  /** The documents that hold label sets, opened where they are not open. The user's is left out where it cannot be told. */
  async documents(): Promise<vscode.TextDocument[]> {
    const { user, workspace } = this.config.writtenLabelSets();
    const documents = [
      ...(user === undefined ? [] : [await this.userDocument(user)]),
      ...(workspace === undefined ? [] : [await opened(this.workspaceFile())]),
    ];
    return documents.filter((document) => document !== null);
  }

  /** Shows the settings at a label set, or at a place in it. A built-in set is in no file: the setting itself is shown. */
  async open(place: Place): Promise<void> {
    const [name] = place.steps;
    const target = this.config.targetOf(typeof name === 'string' ? name : null);
    const editor = await this.show(target);
    if (!editor) return;
    const { document } = editor;
    const { start, end } = this.textOf(document).span(place);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    if (end === 0) return;
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Writes a set; comments and other sets in the file stay. */
  async save(name: string, entry: object, target: LabelSetTarget): Promise<void> {
    const written = this.config.writtenLabelSets()[target];
    const known =
      written === undefined
        ? null
        : await (target === 'workspace' ? opened(this.workspaceFile()) : this.userDocument(written));
    // What the user has not saved yet is not ours to save; VS Code's own way refuses then, and says so.
    if (!known || known.isDirty) {
      await this.config.addLabelSet(name, entry, target);
      return;
    }
    const { tabSize, insertSpaces } = this.config.indentation(known.uri);
    const edit = new vscode.WorkspaceEdit();
    for (const { offset, length, content } of this.textOf(known).withSet(name, entry, { tabSize, insertSpaces })) {
      const range = new vscode.Range(known.positionAt(offset), known.positionAt(offset + length));
      edit.replace(known.uri, range, content);
    }
    const changed = new Promise<void>((resolve) => {
      const listening = this.config.onDidChange((names) => {
        if (!names.includes('labelSets')) return;
        listening.dispose();
        resolve();
      });
    });
    if ((await vscode.workspace.applyEdit(edit)) && (await known.save())) await changed;
    else await this.config.addLabelSet(name, entry, target);
  }

  private workspaceFile(): vscode.Uri | null {
    const { workspaceFile, workspaceFolders } = vscode.workspace;
    if (workspaceFile) return workspaceFile;
    const [folder] = workspaceFolders ?? [];
    return folder ? vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json') : null;
  }

  /** `value`: what it must hold as label sets, by which the right one of several is known. */
  private async userDocument(value: unknown): Promise<vscode.TextDocument | null> {
    const beside = vscode.Uri.joinPath(this.globalStorage, '..', '..', 'settings.json');
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === userScheme);
    const candidates = [...open.map(({ uri }) => uri), beside.with({ scheme: userScheme }), webSettings];
    for (const uri of candidates) {
      if (!uri.path.endsWith(settingsFile)) continue;
      const document = await opened(uri);
      if (document && JSON.stringify(this.textOf(document).value) === JSON.stringify(value)) return document;
    }
    return null;
  }

  /** VS Code knows which file it is: of which profile, on which machine. */
  private async show(target: LabelSetTarget | null): Promise<vscode.TextEditor | undefined> {
    const command = target === 'workspace' ? 'openWorkspaceSettingsFile' : 'openSettingsJson';
    const revealSetting = { key: 'glitag.labelSets', edit: target === null };
    await vscode.commands.executeCommand(`workbench.action.${command}`, { revealSetting });
    return vscode.window.visibleTextEditors.find(({ document }) => {
      return this.isSettings(document) && (document.uri.scheme === userScheme) === (target !== 'workspace');
    });
  }
}

/** The user's settings in a browser. */
const webSettings = vscode.Uri.from({ scheme: userScheme, path: '/User/settings.json' });

async function opened(uri: vscode.Uri | null): Promise<vscode.TextDocument | null> {
  if (!uri) return null;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Not there, or not to be read from here.
    return null;
  }
}
