// Cuts texts in a thread of its own, which is started at the first one: for callers whose thread must not be held.
import { Worker } from 'node:worker_threads';
import type { ClassificationTask } from '../shared/classifier';
import { AppError } from '../shared/errors';
import type { CutBy, TaskTexts, TextCutter, TextFacts, TextPart } from './textCutter';
import type { TextReply, TextRequest } from './textMessages';

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
}

export class ThreadTexts implements TextCutter {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private disposed = false;

  /** @param program Of the thread: dist/texts.js. */
  constructor(
    private readonly program: string,
    private readonly settings: CutBy,
  ) {}

  async facts(): Promise<TextFacts> {
    return (await this.ask({ type: 'facts' }).reply) as TextFacts;
  }

  async open(task: ClassificationTask, chunkTokens: number): Promise<TaskTexts> {
    const { id, reply } = this.ask({ type: 'open', task, chunkTokens });
    const prompt = (await reply) as string;
    return {
      prompt,
      cut: async (document) => (await this.ask({ type: 'cut', task: id, document }).reply) as TextPart[],
      close: () => {
        // Where the thread has ended, nobody remembers the task.
        if (this.worker) this.ask({ type: 'close', task: id }).reply.catch(() => undefined);
      },
    };
  }

  dispose(): void {
    this.disposed = true;
    void this.worker?.terminate();
    this.end(stopped());
  }

  private ask(request: Unnumbered<TextRequest>): { readonly id: number; readonly reply: Promise<unknown> } {
    const id = ++this.lastId;
    if (this.disposed) return { id, reply: Promise.reject(stopped()) };
    const reply = new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
    });
    this.thread().postMessage({ ...request, id });
    return { id, reply };
  }

  private thread(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(this.program, { workerData: this.settings, execArgv: [] });
    const ended = (cause?: unknown): void => {
      if (this.worker === worker)
        this.end(new AppError('child-stopped', 'The thread that cuts texts has ended.', { cause }));
    };
    worker.on('message', (message: TextReply) => {
      this.settle(message);
    });
    worker.on('error', ended);
    worker.on('exit', () => {
      ended();
    });
    // It ends with the program, and keeps nothing alive.
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private settle(message: TextReply): void {
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.value);
    else waiting?.reject(new AppError(message.code, message.message));
  }

  private end(error: AppError): void {
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

function stopped(): AppError {
  return new AppError('child-stopped', 'The connection to the server was closed.');
}
