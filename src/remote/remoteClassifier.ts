// A GLiClass server as a `Classifier`: upstream's Ray Serve API takes one text and flat labels; all else is done here.
import { bestOfChunks } from '../inference/product/aggregate';
import { cancelled } from '../inference/process/waiters';
import { failedOutcome, nothingToRead } from '../inference/product/documentWork';
import { sha256 } from '../inference/sha256';
import type {
  CancelSignal,
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  ModelDescription,
} from '../shared/classifier';
import { AppError, asAppError } from '../shared/errors';
import type { ErrorCode } from '../shared/errors';
import { AdaptiveLimit } from './adaptiveLimit';
import { serverSays } from './connectionFailures';
import { eachAtOnce } from './eachAtOnce';
import { longestAnswer, parseScores } from './parseScores';
import { defaultTiming, Patience } from './patience';
import type { Timing } from './patience';
import { authorization, serverUrl } from './remoteSettings';
import type { RemoteSettings } from './remoteSettings';
import { ServerConnection } from './serverConnection';
import { ServerRequests } from './serverRequests';
import { softmaxOfSigmoids } from './singleLabel';
import type { TaskTexts, TextCutter, TextPart } from './textCutter';

/** Raised when the same settings begin to give other scores. */
const version = 1;
/** Documents that are asked about at once, and chunks of one: enough for as many requests as may be under way. */
const textsAtOnce = 64;
/** Chunk length where nobody asks for another, as the engine's. */
const defaultChunkTokens = 256;

/** Failures of one document; all others hit the call. */
const ownFailures: ReadonlySet<ErrorCode> = new Set(['inference-failed', 'deadline-exceeded']);

const reasons = {
  vectors: 'A GLiClass server gives scores, not vectors: other labels mean asking it again.',
  examples: "The model reads text and labels apart, so upstream's server drops examples.",
};

export class RemoteClassifier implements Classifier {
  private readonly url: URL;
  private readonly connection: ServerConnection;
  private readonly limit = new AdaptiveLimit();
  private readonly patience: Patience;
  private readonly requests: ServerRequests;
  private calls = 0;
  private readonly disposal = new AbortController();

  /** Nothing is sent before the first text. @throws AppError setting-invalid. */
  constructor(
    private readonly settings: RemoteSettings,
    /** Disposed of with this. */
    private readonly texts: TextCutter,
    timing: Partial<Timing> = {},
    /** Hears what is waited for while nobody answers, and null when that is over. */
    waiting?: (why: string | null) => void,
  ) {
    this.url = serverUrl(settings.url);
    const token = authorization(settings.token);
    const headers = { Accept: 'application/json', ...(token === null ? {} : { Authorization: token }) };
    this.connection = new ServerConnection(this.url, headers, settings.proxyEnvironment);
    const times = { ...defaultTiming, ...timing };
    this.patience = new Patience(times, waiting);
    this.requests = new ServerRequests({
      ...{ url: this.url, connection: this.connection, limit: this.limit, timing: times, now: Date.now },
      patience: this.patience,
    });
  }

  /** Asks nobody: the API does not tell which model answers. */
  async describe(): Promise<ModelDescription> {
    const texts = await this.texts.facts();
    const { model, adapter } = this.settings;
    const examples = texts.readsExamples ? 'native' : 'none';
    const known = ['remote', version, this.url.href, model ?? null, adapter ?? null, texts.hash];
    return {
      name: model ?? this.url.host,
      hash: sha256(JSON.stringify(known)),
      architecture: texts.architecture ?? 'unknown',
      graph: 'server',
      maxTokens: texts.maxTokens,
      maxLabels: null,
      defaultThreshold: texts.defaultThreshold,
      vectorSize: null,
      capabilities: {
        examples,
        prompt: 'native',
        keepsVectors: false,
        reasons: { vectors: reasons.vectors, ...(examples === 'none' ? { examples: reasons.examples } : {}) },
      },
    };
  }

  prepare(): void {
    // What fails here fails again where somebody waits for it.
    this.texts.facts().catch(() => undefined);
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    { signal, chunkTokens, onProgress, priority = 'background' }: ClassifyOptions = {},
  ): Promise<DocumentOutcome[]> {
    const texts = await this.texts.open(task, chunkTokens ?? defaultChunkTokens);
    const asking = new TextQuestions(task, texts, this.settings.adapter);
    const call = new AbortController();
    let done = 0;
    this.calls++;
    const detach = this.cancelWith(call, signal);
    try {
      return await eachAtOnce(documents, textsAtOnce, async (document) => {
        const outcome = await this.outcome(document, task, asking, { signal: call.signal, priority });
        onProgress?.(++done);
        return outcome;
      });
    } catch (error) {
      call.abort(error);
      throw asAppError(error, 'inference-failed');
    } finally {
      if (--this.calls === 0) this.patience.startOver();
      detach();
      texts.close();
    }
  }

  rescore(): Promise<never> {
    return Promise.reject(new AppError('model-unsupported', reasons.vectors));
  }

  dispose(): Promise<void> {
    this.disposal.abort(new AppError('child-stopped', 'The connection to the server was closed.'));
    this.limit.dispose();
    this.connection.dispose();
    this.texts.dispose();
    return Promise.resolve();
  }

  /** Aborts `call` with the caller or at the end of this; returns what undoes it. */
  private cancelWith(call: AbortController, signal: CancelSignal | undefined): () => void {
    const cancel = (): void => {
      call.abort(cancelled());
    };
    const end = (): void => {
      call.abort(this.disposal.signal.reason);
    };
    if (signal?.aborted) cancel();
    if (this.disposal.signal.aborted) end();
    signal?.addEventListener('abort', cancel, { once: true });
    this.disposal.signal.addEventListener('abort', end, { once: true });
    return () => {
      signal?.removeEventListener('abort', cancel);
      this.disposal.signal.removeEventListener('abort', end);
    };
  }

  private async outcome(
    document: DocumentInput,
    task: ClassificationTask,
    asking: TextQuestions,
    options: { readonly signal: AbortSignal; readonly priority: 'interactive' | 'background' },
  ): Promise<DocumentOutcome> {
    const { id } = document;
    options.signal.throwIfAborted();
    try {
      const parts = await asking.texts.cut(document);
      if (parts.length === 0) return nothingToRead(id);
      const rows = await eachAtOnce(parts, textsAtOnce, async (part) => {
        const value = await this.requests.ask({ ...asking.question(part), ...options });
        const parsed = parseScores(value, asking.labels);
        if (!parsed.ok)
          throw new AppError('server-protocol', serverSays(this.url, `its answer does not fit: ${parsed.problem}`));
        return asking.probabilities(parsed.scores);
      });
      const scores = bestOfChunks(rows, parts, task.labels.length, task.mode);
      return { ok: true, id, ...scores, chunkCount: parts.length };
    } catch (cause) {
      const error = asAppError(cause, 'inference-failed');
      if (!ownFailures.has(error.code)) throw error;
      return failedOutcome(id, error);
    }
  }
}

/** What is asked about each text of one task. */
class TextQuestions {
  /** Each label once: a name that is there twice has one score. */
  readonly labels: readonly string[];
  private readonly maxBytes: number;

  constructor(
    private readonly task: ClassificationTask,
    readonly texts: TaskTexts,
    private readonly adapter: string | undefined,
  ) {
    this.labels = [...new Set(task.labels)];
    this.maxBytes = longestAnswer(this.labels);
  }

  question({ text, examples }: TextPart) {
    const { prompt } = this.texts;
    const body = {
      text,
      labels: this.labels,
      // All labels come back, and the thresholds are applied here.
      threshold: 0,
      // Single-label sets too: asked for these, the server tells the best label alone.
      multi_label: true,
      ...(examples.length === 0 ? {} : { examples }),
      ...(prompt === '' ? {} : { prompt }),
      ...(this.adapter === undefined ? {} : { adapter_id: this.adapter }),
    };
    return { json: JSON.stringify(body), text, maxBytes: this.maxBytes };
  }

  /** [labels] of the task, from scores of `labels`. */
  probabilities(scores: readonly number[]): number[] {
    const own = this.task.mode === 'single-label' ? softmaxOfSigmoids(scores) : scores;
    if (this.labels.length === this.task.labels.length) return [...own];
    const places = new Map(this.labels.map((label, index) => [label, index]));
    return this.task.labels.map((label) => own[places.get(label) ?? 0] ?? 0);
  }
}
