// A model on a GLiClass server, as the models of this window see it: its token comes from the secrets, its texts are cut in a thread.
import * as vscode from 'vscode';
import { RemoteClassifier } from '../../remote/remoteClassifier';
import { serverUrl } from '../../remote/remoteSettings';
import type { CutBy } from '../../remote/textCutter';
import { ThreadTexts } from '../../remote/threadTexts';
import type {
  ClassificationTask,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  ModelDescription,
} from '../../shared/classifier';
import { AppError, asAppError } from '../../shared/errors';
import type { NamedServer } from '../../shared/namedModels';
import { SettingError } from '../settings/settings';
import type { ModelClient } from './modelHost';
import type { ServerTokens } from './serverTokens';

/** Equal where two names mean the same. */
export interface ServerOptions {
  /** As `serverUrl` writes it. */
  readonly url: string;
  readonly model?: string | undefined;
  readonly adapter?: string | undefined;
  readonly cutBy: CutBy;
}

/** @throws SettingError where the address is none. */
export function serverOptions(
  { server, serverModel, adapter }: NamedServer,
  tokenizer: string | undefined,
  embeddedFolder: string,
): ServerOptions {
  const cutBy = tokenizer === undefined ? { folder: embeddedFolder, exact: false } : { folder: tokenizer, exact: true };
  try {
    return { url: serverUrl(server).href, model: serverModel, adapter, cutBy };
  } catch (error) {
    // The address itself may hold a password.
    const host = URL.canParse(server) ? new URL(server).host : '';
    const { message } = asAppError(error, 'setting-invalid');
    throw new SettingError('models', vscode.l10n.t('“glitag.models”, server “{0}”: {1}', host, message));
  }
}

/** One connection with one token. */
interface Session {
  readonly classifier: RemoteClassifier;
  calls: number;
  /** There is a newer token: the calls that are under way are the last. */
  isOver: boolean;
}

export class ServerModel implements ModelClient {
  readonly pid = undefined;
  private session: Promise<Session> | null = null;
  private wasAsked = false;
  private waits: string | null = null;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly options: ServerOptions,
    /** Program of the thread that cuts texts. */
    private readonly textThread: string,
    private readonly tokens: ServerTokens,
    /** `waitingFor` is another. */
    private readonly waiting: () => void,
  ) {
    this.subscription = tokens.onDidChange((url) => {
      if (url === options.url) this.renew();
    });
  }

  /** From the first text that was sent on: a row that is open from last time sends nothing. */
  get isRunning(): boolean {
    return this.wasAsked;
  }

  get waitingFor(): string | null {
    return this.waits;
  }

  /** Nothing is kept of servers: they do not say what they are. */
  recall(): ModelDescription | null {
    return null;
  }

  async describe(): Promise<ModelDescription> {
    return this.withSession(({ classifier }) => classifier.describe());
  }

  prepare(): void {
    this.withSession(({ classifier }) => {
      classifier.prepare();
      return Promise.resolve();
    }).catch(() => undefined);
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options?: ClassifyOptions,
  ): Promise<DocumentOutcome[]> {
    if (!vscode.workspace.isTrusted) throw this.untrusted();
    this.wasAsked = true;
    return this.withSession(({ classifier }) => classifier.classify(documents, task, options));
  }

  async rescore(): Promise<never> {
    return this.withSession(({ classifier }) => classifier.rescore());
  }

  rest(): boolean {
    return false;
  }

  async dispose(): Promise<void> {
    this.subscription.dispose();
    const session = await this.session?.catch(() => null);
    this.session = null;
    await session?.classifier.dispose();
  }

  /** The next call has the token of now; those under way end as they began. */
  private renew(): void {
    const before = this.session;
    this.session = null;
    before?.then(
      (session) => {
        session.isOver = true;
        release(session);
      },
      () => undefined,
    );
  }

  private async withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    this.session ??= this.open();
    const session = await this.session;
    session.calls++;
    try {
      return await work(session);
    } finally {
      session.calls--;
      release(session);
    }
  }

  private async open(): Promise<Session> {
    const { cutBy, ...settings } = this.options;
    try {
      const token = await this.tokens.of(settings.url);
      // VS Code puts the editor's proxy under Node's http.
      const remote = { ...settings, token, proxyEnvironment: null };
      const classifier = new RemoteClassifier(remote, new ThreadTexts(this.textThread, cutBy), {}, (why) => {
        this.waits = why;
        this.waiting();
      });
      return { classifier, calls: 0, isOver: false };
    } catch (error) {
      this.session = null;
      throw error;
    }
  }

  private untrusted(): AppError {
    return new AppError(
      'server-refused',
      vscode.l10n.t(
        'This workspace is not trusted, so nothing of it is sent to {0}. Trust the workspace, or use a label set with a model of this machine.',
        this.options.url,
      ),
    );
  }
}

function release({ isOver, calls, classifier }: Session): void {
  if (isOver && calls === 0) void classifier.dispose();
}
