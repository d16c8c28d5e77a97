// The models of this window: which one a label set's `model` means on this machine, each with a classifier of its own.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { InferenceClient, type InferenceClientOptions } from '../../inference/client';
import type { ModelDescription } from '../../shared/classifier';
import { modelNotes } from '../../models/modelNotes';
import { AppError } from '../../shared/errors';
import type { ModelNotes } from '../../shared/modelNotes';
import { embeddedModelName } from '../../shared/embeddedModel';
import { embeddedName, type LabelSet } from '../../core/labelSet';
import { namedModelOf, type NamedFolder, type NamedModel } from '../../shared/namedModels';
import type { SettingName } from '../host/names';
import type { Config } from '../settings/config';
import { SettingError } from '../settings/settings';
import { expandHome } from './expandHome';
import type { InstalledModels } from './installedModels';
import { ModelHost, type ModelClient } from './modelHost';
import { ServerModel, serverOptions, type ServerOptions } from './serverModel';
import { ServerTokens } from './serverTokens';

/** Padded tokens of one pass: 16 full passages of the embedded model, about 0.3 GB at the peak. */
const maxBatchTokens = 8192;

/** Children with a model in memory; of more, those that have nothing to do end, the one that was asked least recently first. */
const mostChildren = 2;

const modelSettings: readonly SettingName[] = [
  'model.path',
  'models',
  'nodePath',
  'threads',
  'memoryCeilingMb',
  'idleMinutes',
];

/** How a model is reached. Equal where two names mean the same. */
type HostOptions = ChildOptions | ServerOptions;
type ChildOptions = Pick<InferenceClientOptions, 'load' | 'idleMs' | 'memoryCeilingBytes' | 'nodePath'>;

export class Models implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly waits = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** By their options, the one that was asked least recently first. */
  private readonly hosts = new Map<string, ModelHost>();
  /** By the name that means them (undefined: the machine's default), since the settings changed last. */
  private readonly byName = new Map<string | undefined, ModelHost>();

  readonly tokens: ServerTokens;
  /** What is known of models on this machine. */
  readonly notes: ModelNotes;

  /** Fires when it is known what a model is, and when names may mean other models. */
  readonly onDidChange = this.changed.event;
  /** Fires when a server does not answer for a while, and when that is over; see `waitingFor`. */
  readonly onDidWait = this.waits.event;

  constructor(
    private readonly config: Config,
    private readonly log: vscode.LogOutputChannel,
    private readonly extensionFolder: string,
    /** Folder that is the extension's own on this machine. */
    storage: string,
    private readonly installed: Pick<InstalledModels, 'find' | 'names' | 'check'>,
    secrets: vscode.SecretStorage,
  ) {
    this.tokens = new ServerTokens(secrets);
    this.notes = modelNotes(path.join(storage, 'models'));
    this.subscription = config.onDidChange((names) => {
      if (names.some((name) => modelSettings.includes(name))) void this.takeSettings();
    });
  }

  /**
   * The classifier of a model: `embedded`, a name of `glitag.models`, or undefined for the machine's default. Starts nothing. It is the
   * same as long as the name means the same. Throws SettingError.
   */
  of(name: string | undefined): ModelHost {
    const known = this.byName.get(name);
    if (known) return known;
    const options = this.optionsOf(this.modelOf(name));
    const key = JSON.stringify(options);
    const host = this.hosts.get(key) ?? this.open(key, options);
    this.byName.set(name, host);
    return host;
  }

  /** As `of`; null where the settings say of no model that it has this name. */
  find(name: string | undefined): ModelHost | null {
    try {
      return this.of(name);
    } catch (error) {
      if (error instanceof SettingError) return null;
      throw error;
    }
  }

  /** The name that counts for a label set's `model`: undefined stands for the machine's default, which may be a path. Throws SettingError. */
  nameOf(name: string | undefined): string {
    return (name ?? this.config.get('model.path').trim()) || embeddedName;
  }

  /** As `nameOf`, for people: of a path the last part. Throws SettingError. */
  titleOf(name: string | undefined): string {
    const known = this.nameOf(name);
    if (known === embeddedName) return embeddedModelName;
    return name !== undefined || this.named(known) ? known : path.basename(known);
  }

  /** Ends what reads the model in this folder, whose files are about to go. */
  async letGo(folder: string): Promise<void> {
    const gone = [...this.hosts].filter(([, host]) => host.folder === folder);
    for (const [key] of gone) this.hosts.delete(key);
    this.byName.clear();
    await this.close(gone.map(([, host]) => host));
  }

  /** Folder, or .onnx file, of a model. Throws SettingError, and AppError model-unsupported where it is on a server. */
  folderOf(name: string | undefined): string {
    const options = this.optionsOf(this.modelOf(name));
    if ('url' in options)
      throw new AppError(
        'model-unsupported',
        vscode.l10n.t(
          'The model “{0}” is on the server {1}; this needs one in a folder of this machine. Name another model in the label set.',
          name ?? this.config.get('model.path'),
          options.url,
        ),
      );
    return options.load.folder;
  }

  /** URL of the server that the model's texts are sent to; null where it runs on this machine, or the settings do not say. */
  serverOf(name: string | undefined): string | null {
    return this.find(name)?.server ?? null;
  }

  /** URLs of all servers that the settings name. Throws SettingError. */
  servers(): string[] {
    const urls = Object.keys(this.config.get('models')).flatMap((name) => this.serverOf(name) ?? []);
    return [...new Set(urls)];
  }

  /** A classifier for the model in a folder, beside those of the window: whoever asks for it disposes of it. */
  openApart(folder: string): InferenceClient {
    return new InferenceClient(this.clientOptions(this.childOptions({ path: folder })));
  }

  /** Why the model's server does not answer, while that is waited for; null where nobody waits. */
  waitingFor(name: string | undefined): string | null {
    return this.find(name)?.waitingFor ?? null;
  }

  /** What the model is, if that is known. */
  descriptionOf(name: string | undefined): ModelDescription | null {
    return this.find(name)?.description ?? null;
  }

  /** Before another set is shown: what its model is, since nobody could say else which of the tags are not its own. */
  async follow(to: LabelSet, before: LabelSet, signal: AbortSignal): Promise<void> {
    if (to.model !== before.model) await this.of(to.model).describe(signal);
  }

  async dispose(): Promise<void> {
    this.subscription.dispose();
    this.changed.dispose();
    this.waits.dispose();
    this.tokens.dispose();
    await this.close([...this.hosts.values()]);
  }

  /** Models that no name means any more end; the others do not notice, nor what they are at. */
  private async takeSettings(): Promise<void> {
    this.byName.clear();
    const gone = this.unnamed();
    for (const [key] of gone) this.hosts.delete(key);
    this.changed.fire();
    await this.close(gone.map(([, host]) => host));
  }

  private unnamed(): (readonly [string, ModelHost])[] {
    try {
      const configured = Object.keys(this.config.get('models'));
      const names = [undefined, embeddedName, ...configured, ...this.installed.names()];
      const named = new Set(names.map((name) => JSON.stringify(this.optionsOf(this.modelOf(name)))));
      return [...this.hosts].filter(([key]) => !named.has(key));
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      // While a setting is wrong no model can be reached; those that are loaded wait for it to be right again.
      this.log.warn(error.message);
      return [];
    }
  }

  private open(key: string, options: HostOptions): ModelHost {
    const folder = 'load' in options ? options.load.folder : null;
    const host = new ModelHost(
      this.client(options),
      folder === this.embeddedFolder,
      folder,
      'url' in options ? options.url : null,
      {
        asked: (asked) => {
          if (this.hosts.delete(key)) this.hosts.set(key, asked);
          if ('load' in options) this.makeRoom(asked);
        },
        loading: () => {
          if (folder !== null) this.installed.check(folder);
        },
        described: () => {
          this.changed.fire();
        },
      },
    );
    this.hosts.set(key, host);
    return host;
  }

  /** Before this one starts a child. One that is at work is never ended for another. */
  private makeRoom(asked: ModelHost): void {
    const others = [...this.hosts.values()].filter((host) => host !== asked && host.isInMemory);
    let tooMany = others.length + 1 - mostChildren;
    for (const host of others) if (tooMany > 0 && host.rest()) tooMany--;
  }

  private async close(hosts: readonly ModelHost[]): Promise<void> {
    for (const ended of await Promise.allSettled(hosts.map((host) => host.dispose())))
      if (ended.status === 'rejected')
        this.log.error(`A model's process could not be ended: ${String(ended.reason)}`);
  }

  private client(options: HostOptions): ModelClient {
    if ('load' in options) return new InferenceClient(this.clientOptions(options));
    return new ServerModel(options, path.join(this.extensionFolder, 'dist', 'texts.js'), this.tokens, () => {
      this.waits.fire();
    });
  }

  private clientOptions(options: ChildOptions): InferenceClientOptions {
    const name = path.basename(options.load.folder);
    return {
      ...options,
      workerFile: path.join(this.extensionFolder, 'dist', 'worker.js'),
      notes: this.notes,
      log: (level, message) => {
        this.log[level](`${name}: ${message}`);
      },
    };
  }

  private optionsOf(model: NamedModel): HostOptions {
    if (!('server' in model)) return this.childOptions(model);
    const tokenizer = model.tokenizer === undefined ? undefined : expandHome(model.tokenizer);
    return serverOptions(model, tokenizer, this.embeddedFolder);
  }

  private childOptions(model: NamedFolder): ChildOptions {
    const { path: location, threads = this.config.get('threads'), executionProvider = 'cpu' } = model;
    const nodePath = this.config.get('nodePath');
    return {
      load: { folder: expandHome(location), threads, maxBatchTokens, executionProvider },
      ...(nodePath === '' ? {} : { nodePath: expandHome(nodePath) }),
      idleMs: this.config.get('idleMinutes') * 60_000,
      memoryCeilingBytes: this.config.get('memoryCeilingMb') * 1024 * 1024,
    };
  }

  private modelOf(name: string | undefined): NamedModel {
    const wanted = this.nameOf(name);
    if (wanted === embeddedName) return { path: this.embeddedFolder };
    const named = this.named(wanted);
    if (named) return named;
    // Only the machine's default may be a path.
    if (name === undefined && path.isAbsolute(expandHome(wanted))) return { path: wanted };
    const unknown = vscode.l10n.t('This machine knows no model “{0}”.', wanted);
    throw name === undefined
      ? new SettingError(
          'model.path',
          vscode.l10n.t('{0} Choose another one with “GLiTag: Choose Model”, or empty “glitag.model.path”.', unknown),
        )
      : new SettingError(
          'models',
          vscode.l10n.t(
            '{0} Install it with “GLiTag: Choose Model”, say in “glitag.models” of your user settings where it is, or name another one in the label set.',
            unknown,
          ),
        );
  }

  /** The settings come first: what they name is what somebody wrote. */
  private named(name: string): NamedModel | null {
    return namedModelOf(this.config.get('models'), name) ?? this.installed.find(name);
  }

  private get embeddedFolder(): string {
    return path.join(this.extensionFolder, 'models', embeddedModelName);
  }
}
