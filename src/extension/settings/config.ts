// The settings, read when they are needed. The only file that calls getConfiguration.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { embeddedName } from '../../core/labelSet';
import { isRecord } from '../../core/values';
import type { HiddenGlob } from '../../workspace/types';
import { settingNames, settingPrefix, type SettingName } from '../host/names';
import { checkSetting, writtenLabelSets, type CheckedSetting, type SettingValue } from './settings';

/** Whose settings a label set is written in. */
export type LabelSetTarget = 'user' | 'workspace';

/** What the editor itself leaves out of searches, and how it decodes files. */
export interface EditorFileSettings {
  /** Entries of `files.exclude` and `search.exclude` that are switched on. */
  readonly hidden: readonly HiddenGlob[];
  /** `files.encoding`, e.g. `utf8` or `windows1252`. */
  readonly encoding: string;
}

/** As far as it is looked into here; the set in use has been parsed by then. */
type LabelSetsValue = Readonly<Record<string, { readonly examples?: readonly unknown[] } | undefined>>;

/** Models that GLiTag installed on this machine; what their names mean is for others to say. */
export interface InstalledNames {
  names(): readonly string[];
  readonly onDidChange: vscode.Event<void>;
}

export class Config implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<readonly SettingName[]>();
  private readonly subscription: vscode.Disposable;

  /** Fires with the settings that changed, never with none. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly installed: InstalledNames,
  ) {
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        const names = settingNames.filter((name) => event.affectsConfiguration(`${settingPrefix}.${name}`));
        if (names.length > 0) this.changed.fire(names);
      }),
      // Names mean other models, as after a change of the setting.
      installed.onDidChange(() => {
        this.changed.fire(['models']);
      }),
    );
  }

  /** One setting's value. Throws SettingError if it holds something else than the schema allows. */
  get<K extends CheckedSetting>(name: K): SettingValue<K> {
    return checkSetting(name, vscode.workspace.getConfiguration(settingPrefix, null).get(name));
  }

  /** A switch that is looked at without the user doing anything: a wrong value is logged and counts as off. */
  isOn(name: 'badges' | 'codeLens' | 'followEditor' | 'learn' | 'tagOnSave'): boolean {
    try {
      return this.get(name);
    } catch (error) {
      this.log.warn(String(error));
      return false;
    }
  }

  /** `glitag.decisions.file`, relative to the first workspace folder; null where there is none, or the workspace is not trusted. */
  decisionsFile(): string | null {
    if (!vscode.workspace.isTrusted || vscode.workspace.workspaceFolders === undefined) return null;
    const file = this.get('decisions.file').trim();
    return file === '' ? null : path.posix.normalize(file.replaceAll('\\', '/'));
  }

  /** `glitag.labelSets` as it counts (settings.ts, writtenLabelSets); not yet parsed. */
  labelSets(): unknown {
    return writtenLabelSets(vscode.workspace.getConfiguration(settingPrefix).inspect('labelSets') ?? {});
  }

  /** Names that label sets may give as their model, installed ones too; undefined where `glitag.models` cannot be read, which asking for a model tells. */
  modelNames(): readonly string[] | undefined {
    try {
      return [...new Set([embeddedName, ...Object.keys(this.get('models')), ...this.installed.names()])];
    } catch (error) {
      this.log.warn(String(error));
      return undefined;
    }
  }

  /** `glitag.labelSets` as the user and the workspace wrote it; undefined where they did not. */
  writtenLabelSets(): Readonly<Record<LabelSetTarget, unknown>> {
    const { globalValue, workspaceValue } = vscode.workspace.getConfiguration(settingPrefix).inspect('labelSets') ?? {};
    return { user: globalValue, workspace: workspaceValue };
  }

  /** Where the set of this name that counts is written, or any where `name` is null; null for a built-in one. */
  targetOf(name: string | null): LabelSetTarget | null {
    const written = this.writtenLabelSets();
    const targets = (['workspace', 'user'] as const).filter((target) => written[target] !== undefined);
    return targets.find((target) => name === null || holds(written[target], name)) ?? null;
  }

  /** A set as it is written where it counts, or built in; undefined where there is none. */
  labelSetEntry(name: string): unknown {
    const sets = this.labelSets();
    return isRecord(sets) ? sets[name] : undefined;
  }

  /** Writes a set with VS Code's own means, which rewrite the setting as a whole. */
  async addLabelSet(name: string, entry: object, target: LabelSetTarget): Promise<void> {
    const before = this.writtenLabelSets()[target];
    const sets = { ...(typeof before === 'object' ? before : {}), [name]: entry };
    await vscode.workspace.getConfiguration(settingPrefix).update('labelSets', sets, targets[target]);
  }

  /** Writes a changed built-in set into the user's settings, with the others: own sets replace the built-in ones. */
  async copyBuiltIn(name: string, entry: object): Promise<void> {
    const sets = this.labelSets();
    const all = { ...(isRecord(sets) ? sets : {}), [name]: entry };
    await vscode.workspace.getConfiguration(settingPrefix).update('labelSets', all, targets.user);
  }

  /** How a settings file is indented. */
  indentation(file: vscode.Uri): { readonly tabSize: number; readonly insertSpaces: boolean } {
    const editor = vscode.workspace.getConfiguration('editor', { uri: file, languageId: 'jsonc' });
    return { tabSize: editor.get<number>('tabSize') ?? 4, insertSpaces: editor.get<boolean>('insertSpaces') ?? true };
  }

  /**
   * Writes `glitag.activeLabelSet` into the workspace's settings where they have it already, so that it takes effect, and where the
   * set itself is the workspace's: other workspaces do not know it. Else into the user's settings.
   */
  async setActiveLabelSet(name: string): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingPrefix);
    const inWorkspace =
      configuration.inspect('activeLabelSet')?.workspaceValue !== undefined || this.targetOf(name) === 'workspace';
    await configuration.update('activeLabelSet', name, targets[inWorkspace ? 'workspace' : 'user']);
  }

  /** Writes `glitag.learn` into the workspace's settings where they have it already, so that it takes effect; else into the user's. */
  async setLearn(on: boolean): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingPrefix, null);
    const inWorkspace = configuration.inspect('learn')?.workspaceValue !== undefined;
    await configuration.update('learn', on, targets[inWorkspace ? 'workspace' : 'user']);
  }

  /** Gives a model of this machine a name in the user's settings. */
  async setModel(name: string, folder: string): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingPrefix, null);
    const models = {
      ...configuration.inspect<Readonly<Record<string, unknown>>>('models')?.globalValue,
      [name]: folder,
    };
    await configuration.update('models', models, vscode.ConfigurationTarget.Global);
  }

  /** The model of all sets that name none: a name, or a folder; null for the built-in one. */
  async setDefaultModel(model: string | null): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingPrefix, null);
    await configuration.update('model.path', model ?? undefined, vscode.ConfigurationTarget.Global);
  }

  /** Adds a glob to `glitag.exclude` of the workspace, whose folders its globs are relative to. */
  async addExclude(glob: string): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingPrefix, null);
    const globs = this.get('exclude');
    if (!globs.includes(glob))
      await configuration.update('exclude', [...globs, glob], vscode.ConfigurationTarget.Workspace);
  }

  /**
   * Adds an example to a label set where that is written: in the workspace's settings, else in the user's. A built-in set is copied
   * there with the others, since own sets replace the built-in ones.
   */
  async addExample(set: string, example: { readonly text: string; readonly labels: readonly string[] }): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(settingPrefix);
    const { workspaceValue, globalValue, defaultValue } = configuration.inspect<LabelSetsValue>('labelSets') ?? {};
    const holds = (value: LabelSetsValue | undefined) => value?.[set] !== undefined;
    const inWorkspace = holds(workspaceValue);
    const sets = inWorkspace ? workspaceValue : holds(globalValue) ? globalValue : { ...defaultValue, ...globalValue };
    const own = sets?.[set];
    if (own === undefined) return;
    const changed = { ...sets, [set]: { ...own, examples: [...(own.examples ?? []), example] } };
    const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    await configuration.update('labelSets', changed, target);
  }

  /** `scope`: a workspace folder, whose settings may differ. */
  editorFiles(scope?: vscode.Uri): EditorFileSettings {
    const all = vscode.workspace.getConfiguration(undefined, scope ?? null);
    const hidden = ['files.exclude', 'search.exclude'].flatMap((name) =>
      Object.entries(all.get<Record<string, unknown>>(name) ?? {}).flatMap(([glob, value]) => hiddenGlob(glob, value)),
    );
    return { hidden, encoding: all.get<string>('files.encoding') ?? 'utf8' };
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

const targets = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
} as const;

function holds(sets: unknown, name: string): boolean {
  return typeof sets === 'object' && sets !== null && Object.hasOwn(sets, name);
}

/** `true`, or `{ "when": "$(basename).ts" }`. */
function hiddenGlob(glob: string, value: unknown): HiddenGlob[] {
  if (value === true) return [{ glob }];
  if (typeof value !== 'object' || value === null || !('when' in value) || typeof value.when !== 'string') return [];
  return [{ glob, when: value.when }];
}
