// A GLiClass server as a `Classifier`: upstream's Ray Serve API takes one text and flat labels; all else is done here.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Span } from '../core/tagResult';
import { bestOfChunks } from '../inference/product/aggregate';
import { nothingToRead } from '../inference/product/documentWork';
import type { JointInput } from '../inference/product/jointInput';
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
import { longestAnswer, parseScores } from './parseScores';
import { defaultTiming, Patience } from './patience';
import type { Timing } from './patience';
import { authorization, serverUrl } from './remoteSettings';
import type { RemoteSettings } from './remoteSettings';
import { chunksOf, RemoteTexts } from './remoteTexts';
import { ServerConnection } from './serverConnection';
import { ServerRequests, serverSays } from './serverRequests';
import { softmaxOfSigmoids } from './singleLabel';

/** Raised when the same settings begin to give other scores. */
const version = 1;
/** Documents whose chunks are asked about at once: enough for as many requests as may be under way. */
const documentsAtOnce = 64;
/** Chunk length where nobody asks for another, as the engine's. */
const defaultChunkTokens = 256;

/** Failures of one document; all others hit the call. */
const ownFailures: ReadonlySet<ErrorCode> = new Set(['inference-failed', 'deadline-exceeded']);

const reasons = {
  vectors: 'A GLiClass server gives scores, not vectors: other labels mean asking it again.',
  examples: "The server's model reads text and labels apart; upstream's server drops examples for such a model.",
};

export class RemoteClassifier implements Classifier {
  private readonly url: URL;
  private readonly connection: ServerConnection;
  private readonly limit = new AdaptiveLimit();
  private readonly requests: ServerRequests;
  private readonly disposal = new AbortController();
  private texts: Promise<RemoteTexts> | null = null;

  /** Nothing is sent before the first text. @throws AppError setting-invalid. */
  constructor(
    private readonly settings: RemoteSettings,
    timing: Partial<Timing> = {},
  ) {
    this.url = serverUrl(settings.url);
    const token = authorization(settings.token);
    const headers = { Accept: 'application/json', ...(token === null ? {} : { Authorization: token }) };
    this.connection = new ServerConnection(this.url, headers, settings.proxyEnvironment);
    const times = { ...defaultTiming, ...timing };
    this.requests = new ServerRequests({
      ...{ url: this.url, connection: this.connection, limit: this.limit, timing: times, now: Date.now },
      patience: new Patience(times),
    });
  }

  /** Asks nobody: the API does not tell which model answers. */
  async describe(): Promise<ModelDescription> {
    const texts = await this.loadTexts();
    const { model, adapter } = this.settings;
    const examples = texts.readsExamples ? 'native' : 'none';
    const known = ['remote', version, this.url.href, model ?? null, adapter ?? null, texts.hash];
    return {
      name: model ?? this.url.host,
      hash: createHash('sha256').update(JSON.stringify(known)).digest('hex'),
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
    this.loadTexts().catch(() => undefined);
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    { signal, chunkTokens, onProgress, priority = 'background' }: ClassifyOptions = {},
  ): Promise<DocumentOutcome[]> {
    const input = (await this.loadTexts()).input(task, chunkTokens ?? defaultChunkTokens);
    const asking = new TextQuestions(task, input, this.settings.adapter);
    const call = new AbortController();
    const outcomes: DocumentOutcome[] = [];
    let [next, done] = [0, 0];
    const work = async (): Promise<void> => {
      for (let index = next++; index < documents.length; index = next++) {
        const document = documents[index];
        if (!document) return;
        // Tokenising holds the thread: others come in between.
        await setImmediate();
        outcomes[index] = await this.outcome(document, task, asking, { signal: call.signal, priority });
        onProgress?.(++done);
      }
    };
    const detach = this.cancelWith(call, signal);
    try {
      await Promise.all(Array.from({ length: Math.min(documentsAtOnce, documents.length) }, work));
      return outcomes;
    } catch (error) {
      call.abort(error);
      throw asAppError(error, 'inference-failed');
    } finally {
      detach();
    }
  }

  rescore(): Promise<never> {
    return Promise.reject(new AppError('model-unsupported', reasons.vectors));
  }

  dispose(): Promise<void> {
    this.disposal.abort(new AppError('child-stopped', 'The connection to the server was closed.'));
    this.limit.dispose();
    this.connection.dispose();
    return Promise.resolve();
  }

  private loadTexts(): Promise<RemoteTexts> {
    this.texts ??= RemoteTexts.load(this.settings.texts).catch((error: unknown) => {
      this.texts = null;
      throw error;
    });
    return this.texts;
  }

  /** Aborts `call` with the caller or at the end of this; returns what undoes it. */
  private cancelWith(call: AbortController, signal: CancelSignal | undefined): () => void {
    const cancel = (): void => {
      call.abort(new AppError('cancelled', 'Cancelled.'));
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
      const spans = asking.chunks(document);
      if (spans.length === 0) return nothingToRead(id);
      const rows = await Promise.all(
        spans.map(async (span) => {
          const question = asking.question(document, span);
          const value = await this.requests.ask({ ...question, ...options });
          const parsed = parseScores(value, asking.labels);
          if (!parsed.ok)
            throw new AppError('server-protocol', serverSays(this.url, `its answer does not fit: ${parsed.problem}`));
          return asking.probabilities(parsed.scores);
        }),
      );
      const scores = bestOfChunks(rows, spans, task.labels.length, task.mode);
      return { ok: true, id, ...scores, chunkCount: spans.length };
    } catch (cause) {
      const error = asAppError(cause, 'inference-failed');
      if (!ownFailures.has(error.code)) throw error;
      return { ok: false, id, code: error.code, message: error.message };
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
    private readonly input: JointInput,
    private readonly adapter: string | undefined,
  ) {
    this.labels = [...new Set(task.labels)];
    this.maxBytes = longestAnswer(this.labels);
  }

  chunks(document: DocumentInput): Span[] {
    return chunksOf(this.input, document);
  }

  question({ text: whole, nearestExamples = [] }: DocumentInput, { start, end }: Span) {
    const { text, examples } = this.input.read(whole.slice(start, end), nearestExamples);
    const { prompt } = this.input;
    const body = {
      text,
      labels: this.labels,
      // All labels come back, and the thresholds are applied here.
      threshold: 0,
      // Single-label sets too: asked for these, the server tells the best label alone.
      multi_label: true,
      ...(examples.length === 0 ? {} : { examples: examples.map((one) => ({ text: one.text, labels: one.labels })) }),
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
