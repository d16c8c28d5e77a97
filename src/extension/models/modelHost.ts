// One model of this window: a classifier in a child of its own, and what is known of the model.
import type {
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  KeptDocument,
  ModelDescription,
} from '../../shared/classifier';

export interface ModelEvents {
  /** Something is about to be asked of the model. */
  asked(host: ModelHost): void;
  /** Its files are about to be read. Throws AppError where they are not to be. */
  loading(): void;
  /** It is known what the model is, or that it is another one than was known. */
  described(): void;
}

/** How a model is reached: by a child process here (InferenceClient), or a server. */
export interface ModelClient extends Classifier {
  /** Whether asking it something starts nothing new. */
  readonly isRunning: boolean;
  /** Of its process here; undefined where there is none. */
  readonly pid: number | undefined;
  /** Of a server that does not answer: why, while that is waited for. */
  readonly waitingFor?: string | null;
  recall(): ModelDescription | null;
  rest(): boolean;
}

export class ModelHost implements Classifier {
  private known: ModelDescription | null = null;

  constructor(
    private readonly client: ModelClient,
    /** It is the one that comes with GLiTag. */
    readonly isEmbedded: boolean,
    /** Model folder, or .onnx file; null where it is on a server. */
    readonly folder: string | null,
    /** URL of the server that texts are sent to; null where they stay on this machine. */
    readonly server: string | null,
    private readonly events: ModelEvents,
  ) {}

  /** The model, if that is known. */
  get description(): ModelDescription | null {
    return this.known;
  }

  /** Whether asking it something starts no process: a model may be known without being loaded. */
  get isRunning(): boolean {
    return this.client.isRunning;
  }

  /** Why its server does not answer, while that is waited for; null where nobody waits. */
  get waitingFor(): string | null {
    return this.client.waitingFor ?? null;
  }

  /** Whether a process here holds it in memory. */
  get isInMemory(): boolean {
    return this.client.pid !== undefined;
  }

  /** The model, if that is known or was kept by an earlier window; starts nothing. */
  recall(): ModelDescription | null {
    if (!this.known) {
      const recalled = this.client.recall();
      if (recalled) this.take(recalled);
    }
    return this.known;
  }

  async describe(signal?: ClassifyOptions['signal']): Promise<ModelDescription> {
    this.ask();
    const description = await this.client.describe(signal);
    this.take(description);
    return description;
  }

  prepare(): void {
    try {
      this.ask();
    } catch {
      // Whoever asks next is told.
      return;
    }
    this.client.prepare();
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options?: ClassifyOptions,
  ): Promise<DocumentOutcome[]> {
    this.ask();
    return this.client.classify(documents, task, options);
  }

  async rescore(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    options?: Pick<ClassifyOptions, 'signal'>,
  ): Promise<DocumentOutcome[]> {
    this.ask();
    return this.client.rescore(documents, task, options);
  }

  /** Ends the child where it has nothing to do; the next request starts another. False where there was none to end. */
  rest(): boolean {
    return this.client.rest();
  }

  async dispose(): Promise<void> {
    this.known = null;
    await this.client.dispose();
  }

  private ask(): void {
    if (!this.isRunning) this.events.loading();
    this.events.asked(this);
  }

  private take(description: ModelDescription): void {
    if (this.known?.hash === description.hash) return;
    this.known = description;
    this.events.described();
  }
}
