// One call of classify, rescore or labels under way: what is still to be sent, what came back, and how it ends.
import type { ClassificationTask, DocumentInput, DocumentOutcome, KeptDocument } from '../../shared/classifier';
import type { ErrorCode } from '../../shared/errors';
import { AppError } from '../../shared/errors';
import { areBreaks } from '../../shared/parseChildMessages';
import { maxMessageDocuments } from './messageSize';

export type CallDocuments =
  | {
      readonly kind: 'classify';
      readonly documents: readonly DocumentInput[];
      readonly chunkTokens: number | null;
      readonly vectors: boolean;
    }
  | {
      readonly kind: 'rescore';
      readonly documents: readonly KeptDocument[];
    }
  | {
      /** The labels of the task as vectors: one answer, however many they are. */
      readonly kind: 'labels';
      readonly documents: readonly [LabelsAsked];
    };

export interface LabelsAsked {
  readonly id: 'labels';
}

/** Row-major [labels, dimensions]. */
export interface LabelsOutcome extends LabelsAsked {
  readonly ok: true;
  readonly values: Float32Array;
}

export type CallOutcome = DocumentOutcome | LabelsOutcome;

export interface CallOptions {
  readonly task: ClassificationTask;
  readonly priority: 'interactive' | 'background';
  readonly onProgress: ((done: number) => void) | null;
}

/** Positions of documents in the call. */
export type Batch = readonly number[];

export class Call {
  readonly finished: Promise<CallOutcome[]>;
  private readonly outcomes: (CallOutcome | undefined)[];
  /** Positions not sent yet, shortest document last, to be taken from the end. */
  private readonly waiting: number[];
  /** Positions that were at work at a death: each goes alone, so that only the cause fails. */
  private suspects: number[] = [];
  private settled = 0;
  private reported = 0;
  private ended = false;
  private resolve: (outcomes: CallOutcome[]) => void = () => undefined;
  private reject: (error: AppError) => void = () => undefined;

  constructor(
    readonly input: CallDocuments,
    readonly options: CallOptions,
  ) {
    const { length } = input.documents;
    this.outcomes = new Array<CallOutcome | undefined>(length);
    // Equal lengths together pad least; short ones first, so that progress shows at once.
    this.waiting = Array.from({ length }, (_, index) => index).sort(
      (left, right) => this.charactersAt(right) - this.charactersAt(left) || right - left,
    );
    this.finished = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    for (const position of this.input.documents.keys()) this.checkBreaks(position);
    this.endIfDone();
  }

  /** Settled, one way or the other; late answers are dropped. */
  get isOver(): boolean {
    return this.ended;
  }

  get hasWork(): boolean {
    return !this.ended && (this.suspects.length > 0 || this.waiting.length > 0);
  }

  get pendingDocuments(): number {
    return this.ended ? 0 : this.outcomes.length - this.settled;
  }

  /** Takes the next message's documents out: one suspect, or as many as fit into `characters` (at least one). */
  take(characters: number): Batch {
    const suspect = this.suspects.shift();
    if (suspect !== undefined) return [suspect];
    const batch: number[] = [];
    let total = 0;
    while (batch.length < maxMessageDocuments) {
      const next = this.waiting.at(-1);
      if (next === undefined) break;
      total += this.charactersAt(next);
      if (batch.length > 0 && total > characters) break;
      batch.push(next);
      this.waiting.pop();
    }
    return batch;
  }

  /** Puts a batch back that no one is to blame for. */
  putBack(batch: Batch): void {
    if (batch.length === 1) this.suspects.unshift(...batch);
    else this.waiting.push(...[...batch].reverse());
  }

  /** Puts a batch back to be sent one by one. */
  suspect(batch: Batch): void {
    this.suspects.unshift(...batch);
  }

  /** Takes the answers to a batch, in its order. */
  settle(batch: Batch, outcomes: readonly CallOutcome[]): void {
    for (const [index, position] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined || this.outcomes[position] !== undefined) continue;
      this.outcomes[position] = outcome;
      this.settled += 1;
    }
    this.progress(0);
    this.endIfDone();
  }

  /** Gives one document up. */
  giveUp(position: number, code: ErrorCode, message: string): void {
    this.settle([position], [{ ok: false, id: this.idAt(position), code, message }]);
  }

  /** @param inFlight Documents finished in messages that are not answered yet. */
  progress(inFlight: number): void {
    if (this.ended) return;
    // After a death documents in flight are done again; what was reported is not taken back.
    const done = Math.min(this.outcomes.length, Math.max(this.reported, this.settled + inFlight));
    if (done === this.reported) return;
    this.reported = done;
    const { onProgress } = this.options;
    // Later, so that an exception of the caller's does not look like a fault of the child.
    if (onProgress)
      queueMicrotask(() => {
        onProgress(done);
      });
  }

  fail(error: AppError): void {
    if (this.ended) return;
    this.ended = true;
    this.reject(error);
  }

  idAt(position: number): string {
    return this.documentAt(position).id;
  }

  /**
   * Size of a document in UTF-16 units; kept vectors count a tenth of their bytes, about what they cost to score, and nothing where they
   * are those of the document before: a message holds the same object once.
   */
  charactersAt(position: number): number {
    const { input } = this;
    if (input.kind === 'classify') return input.documents[position]?.text.length ?? 0;
    if (input.kind === 'labels') return 0;
    const vectors = input.documents[position]?.vectors;
    if (!vectors || vectors === input.documents[position - 1]?.vectors) return 0;
    return Math.ceil(vectors.values.byteLength / 10);
  }

  documentAt(position: number): CallDocuments['documents'][number] {
    const document = this.input.documents[position];
    if (document === undefined) throw new AppError('inference-failed', `The call has no document ${position}.`);
    return document;
  }

  /** The child would refuse the whole message, and other documents with it. */
  private checkBreaks(position: number): void {
    const document = this.documentAt(position);
    const breaks = 'breaks' in document ? document.breaks : [];
    if (areBreaks(breaks)) return;
    this.waiting.splice(this.waiting.indexOf(position), 1);
    this.giveUp(position, 'input-invalid', 'The places at which this document may be cut are not in order.');
  }

  private endIfDone(): void {
    if (this.ended || this.settled < this.outcomes.length) return;
    this.ended = true;
    this.resolve(this.outcomes.filter((outcome) => outcome !== undefined));
  }
}
