// The classifier of this window: made at first use from the settings, made anew when they change.
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { InferenceClient } from '../../inference/client';
import { embeddedModelName } from '../../shared/embeddedModel';
import type {
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  KeptDocument,
  ModelDescription,
} from '../../shared/classifier';
import type { Config } from '../settings/config';
import type { SettingName } from '../host/names';
import { modelNotes } from './modelNotes';

/** Padded tokens of one pass: 16 full passages of the embedded model, about 0.3 GB at the peak. */
const maxBatchTokens = 8192;

const modelSettings: readonly SettingName[] = ['model.path', 'nodePath', 'threads', 'memoryCeilingMb', 'idleMinutes'];

export class ModelHost implements Classifier, vscode.Disposable {
  private readonly described = new vscode.EventEmitter<ModelDescription | null>();
  private readonly subscription: vscode.Disposable;
  private client: InferenceClient | null = null;
  private known: ModelDescription | null = null;

  /** Fires with the model when it is known, and with null when another one will be loaded. */
  readonly onDidDescribe = this.described.event;

  constructor(
    private readonly config: Config,
    private readonly log: vscode.LogOutputChannel,
    private readonly extensionFolder: string,
    /** Folder that is the extension's own on this machine. */
    private readonly storage: string,
  ) {
    this.subscription = config.onDidChange((names) => {
      if (!names.some((name) => modelSettings.includes(name))) return;
      void this.stop();
    });
  }

  /** The model, if it was loaded since the settings changed last. */
  get description(): ModelDescription | null {
    return this.known;
  }

  /** Whether asking it something starts no process: a model may be known without being loaded. */
  get isRunning(): boolean {
    return this.client?.pid !== undefined;
  }

  /** Absolute path of the folder of the model that the settings name. */
  get modelFolder(): string {
    const own = this.config.get('model.path');
    return own === '' ? path.join(this.extensionFolder, 'models', embeddedModelName) : expandHome(own);
  }

  async describe(signal?: ClassifyOptions['signal']): Promise<ModelDescription> {
    const description = await this.connect().describe(signal);
    if (this.known?.hash !== description.hash) {
      this.known = description;
      this.described.fire(description);
    }
    return description;
  }

  prepare(): void {
    this.connect().prepare();
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options?: ClassifyOptions,
  ): Promise<DocumentOutcome[]> {
    return this.connect().classify(documents, task, options);
  }

  async rescore(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    options?: Pick<ClassifyOptions, 'signal'>,
  ): Promise<DocumentOutcome[]> {
    return this.connect().rescore(documents, task, options);
  }

  async dispose(): Promise<void> {
    this.subscription.dispose();
    this.described.dispose();
    await this.stop();
  }

  /** Ends the child; the next request starts one with the settings of then. */
  private async stop(): Promise<void> {
    const { client } = this;
    this.client = null;
    // Also where nobody asked for its description: it may have classified all the same.
    if (client) {
      this.known = null;
      this.described.fire(null);
    }
    try {
      await client?.dispose();
    } catch (error) {
      this.log.error(`The model's process could not be ended: ${String(error)}`);
    }
  }

  private connect(): InferenceClient {
    const nodePath = this.config.get('nodePath');
    this.client ??= new InferenceClient({
      workerFile: path.join(this.extensionFolder, 'dist', 'worker.js'),
      ...(nodePath === '' ? {} : { nodePath: expandHome(nodePath) }),
      load: { folder: this.modelFolder, threads: this.config.get('threads'), maxBatchTokens },
      notes: modelNotes(path.join(this.storage, 'models')),
      idleMs: this.config.get('idleMinutes') * 60_000,
      memoryCeilingBytes: this.config.get('memoryCeilingMb') * 1024 * 1024,
      log: (level, message) => {
        this.log[level](message);
      },
    });
    return this.client;
  }
}

function expandHome(file: string): string {
  return file === '~' || /^~[\\/]/.test(file) ? path.join(os.homedir(), file.slice(1)) : file;
}
