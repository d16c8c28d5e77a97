// The child's side of the protocol: one request at a time, in order, with cancellation in between.
import type {
  ChildMessage,
  FileStamp,
  HostMessage,
  LoadedFiles,
  LoadOptions,
  Log,
  VerifyReport,
} from '../../shared/childMessages';
import type {
  ClassificationTask,
  DocumentInput,
  DocumentOutcome,
  KeptDocument,
  ModelDescription,
} from '../../shared/classifier';
import { AppError, asAppError } from '../../shared/errors';
import type { RequestMessage } from './checkReply';
import { nativeLoadError } from './nativeLoad';

/** What the loop needs of a loaded model (engine.ts). */
export interface LoadedEngine {
  readonly description: ModelDescription;
  readonly files: readonly FileStamp[];
  classify(documents: readonly DocumentInput[], task: ClassificationTask, run: EngineRun): Promise<DocumentOutcome[]>;
  rescore(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    isCancelled: () => boolean,
  ): Promise<DocumentOutcome[]>;
  labelVectors(
    task: ClassificationTask,
    isCancelled: () => boolean,
  ): Promise<{
    /** Row-major [labels, dimensions]. */
    readonly values: Float32Array;
  }>;
  release(): Promise<void>;
}

export interface EngineRun {
  readonly chunkTokens: number | null;
  readonly vectors: boolean;
  /** Asked between micro-batches. */
  isCancelled(): boolean;
  onProgress(done: number, current: string | null): void;
}

export interface ChildActions {
  load(options: LoadOptions, log: Log): Promise<LoadedEngine>;
  /** `isCancelled` is asked between two cases. */
  verify(folder: string, goldenFile: string | null, isCancelled: () => boolean): Promise<VerifyReport>;
  /** Ends the process. */
  exit(): void;
}

export class ChildLoop {
  private readonly waiting: RequestMessage[] = [];
  private working: { readonly id: number; isCancelled: boolean } | null = null;
  private engine: LoadedEngine | null = null;
  private isEnding = false;

  constructor(
    private readonly actions: ChildActions,
    /** Resolves when the message has left the process. */
    private readonly send: (message: ChildMessage) => Promise<void>,
  ) {}

  /** Request at work; 0 if none. */
  get currentId(): number {
    return this.working?.id ?? 0;
  }

  async receive(message: HostMessage): Promise<void> {
    switch (message.type) {
      case 'cancel':
        await this.cancel(message.id);
        break;
      case 'shutdown':
        this.isEnding = true;
        if (this.working) this.working.isCancelled = true;
        else await this.end();
        break;
      default:
        this.waiting.push(message);
        if (!this.working) await this.work();
    }
  }

  private async cancel(id: number): Promise<void> {
    if (this.working?.id === id) this.working.isCancelled = true;
    const index = this.waiting.findIndex((request) => request.id === id);
    if (index < 0) return;
    this.waiting.splice(index, 1);
    await this.send({ type: 'failed', id, code: 'cancelled', message: 'Cancelled.' });
  }

  private async work(): Promise<void> {
    for (let request = this.waiting.shift(); request && !this.isEnding; request = this.waiting.shift()) {
      this.working = { id: request.id, isCancelled: false };
      const reply = await this.answer(request, this.working);
      // Wait until it has left: were the next request to kill the process, this one must not be blamed for it.
      await this.send(reply);
      this.working = null;
    }
    if (this.isEnding) await this.end();
  }

  private async answer(request: RequestMessage, work: { readonly isCancelled: boolean }): Promise<ChildMessage> {
    const { id } = request;
    try {
      const reply = await this.perform(request, () => work.isCancelled);
      if (!work.isCancelled) return reply;
      return { type: 'failed', id, code: 'cancelled', message: 'Cancelled.' };
    } catch (error) {
      const { code, message } = nativeLoadError(error) ?? asAppError(error, 'inference-failed');
      return { type: 'failed', id, code, message };
    }
  }

  private async perform(request: RequestMessage, isCancelled: () => boolean): Promise<ChildMessage> {
    const { id } = request;
    switch (request.type) {
      case 'load':
        return { type: 'ready', id, ...(await this.load(request)), rssBytes: process.memoryUsage.rss() };
      case 'verify': {
        const report = await this.actions.verify(request.folder, request.goldenFile, isCancelled);
        return { type: 'verified', id, report, rssBytes: process.memoryUsage.rss() };
      }
      case 'classify': {
        const { chunkTokens, vectors } = request;
        const onProgress = (done: number, current: string | null): void => {
          void this.send({ type: 'progress', id, done, current, rssBytes: process.memoryUsage.rss() });
        };
        const run = { chunkTokens, vectors, isCancelled, onProgress };
        const outcomes = await this.loaded().classify(request.documents, request.task, run);
        return { type: 'scores', id, outcomes, rssBytes: process.memoryUsage.rss() };
      }
      case 'rescore': {
        const outcomes = await this.loaded().rescore(request.documents, request.task, isCancelled);
        return { type: 'scores', id, outcomes, rssBytes: process.memoryUsage.rss() };
      }
      case 'labels': {
        const { values } = await this.loaded().labelVectors(request.task, isCancelled);
        return { type: 'labels', id, values, rssBytes: process.memoryUsage.rss() };
      }
    }
  }

  private async load(options: LoadOptions): Promise<LoadedFiles> {
    await this.engine?.release();
    this.engine = null;
    const log: Log = (level, message) => void this.send({ type: 'log', level, message });
    this.engine = await this.actions.load(options, log);
    return { model: this.engine.description, files: this.engine.files };
  }

  private loaded(): LoadedEngine {
    if (!this.engine) throw new AppError('child-protocol', 'No model is loaded in the classifier process.');
    return this.engine;
  }

  private async end(): Promise<void> {
    await this.engine?.release();
    this.actions.exit();
  }
}
