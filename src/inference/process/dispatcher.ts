// Hands the documents of all calls out in messages, takes the answers in, and finds the document that kills the child.
import type { ClassificationTask, DocumentInput, ModelDescription } from '../../shared/classifier';
import type { ErrorCode } from '../../shared/errors';
import { AppError } from '../../shared/errors';
import type { Batch, Call, CallDocuments, CallOutcome } from './call';
import { CallQueue } from './callQueue';
import type { Turn } from './callQueue';
import { batchCharacters, callDeadlineMs, callRequest, poisonKey } from './callRequest';
import { ownedOutcome } from './checkReply';
import type { Reply, RequestMessage } from './checkReply';
import { MessageSize } from './messageSize';
import { PoisonList } from './poisonList';
import type { Timings } from './timings';

/** Failures that may be one document's own: in a message of many they are narrowed down. */
const documentCodes: readonly ErrorCode[] = [
  'inference-failed',
  'out-of-memory',
  'document-too-large',
  'input-invalid',
];

/** Sent after a death whose cause was found; its answer shows that the child works, and goes to nobody. */
const probe: DocumentInput = { id: 'probe', text: 'A short text that any model can read.' };

interface Sent {
  readonly call: Call;
  readonly batch: Batch;
  /** Taken back from the child so that an interactive call comes first. */
  preempted: boolean;
  done: number;
}

export interface Outgoing {
  readonly request: RequestMessage;
  readonly deadlineMs: number;
}

export class Dispatcher {
  private readonly queue = new CallQueue();
  private readonly sent = new Map<number, Sent>();
  private readonly poison = new PoisonList();
  /** Set where the next message is a probe: several documents that kill in a row would look like a child that always dies. */
  private probeTask: ClassificationTask | null = null;
  private readonly sizes: Record<CallDocuments['kind'], MessageSize>;

  constructor(private readonly timings: Timings) {
    this.sizes = {
      classify: new MessageSize(timings.messageTargetMs),
      rescore: new MessageSize(timings.messageTargetMs),
      labels: new MessageSize(timings.messageTargetMs),
    };
  }

  /** No call is under way. */
  get isEmpty(): boolean {
    return this.queue.isEmpty;
  }

  /** Some document waits to be sent. */
  get hasWork(): boolean {
    return this.queue.hasWork;
  }

  get pendingDocuments(): number {
    return this.queue.pendingDocuments;
  }

  add(call: Call): void {
    this.queue.add(call);
  }

  /** The next message to send; null if none waits. */
  next(id: number, model: ModelDescription): Outgoing | null {
    if (this.probeTask && this.queue.hasWork) {
      const task = this.probeTask;
      this.probeTask = null;
      const request = { type: 'classify', id, task, chunkTokens: null, vectors: false, documents: [probe] } as const;
      return { request, deadlineMs: this.timings.requestDeadlineMs };
    }
    for (;;) {
      const turn = this.queue.next((call) => this.sizes[call.input.kind].characters);
      if (!turn) return null;
      const { call } = turn;
      const batch = this.withoutPoison(turn);
      if (batch.length === 0) continue;
      this.sent.set(id, { call, batch, preempted: false, done: 0 });
      return {
        request: callRequest(id, call, batch, model.capabilities.keepsVectors),
        deadlineMs: callDeadlineMs(call, batch, this.timings),
      };
    }
  }

  /** Requests of the call that the child still has. */
  sentOf(call: Call): number[] {
    return [...this.sent].filter(([, sent]) => sent.call === call).map(([id]) => id);
  }

  /**
   * Someone waits: picks a background request that the child has not begun, to be cancelled there and sent again later.
   * @param waiting Requests that the child has not begun.
   */
  preempt(waiting: readonly RequestMessage[]): number | null {
    if (!this.queue.hasInteractiveWork) return null;
    for (const { id } of waiting) {
      const sent = this.sent.get(id);
      if (!sent || sent.preempted || sent.call.isOver || sent.call.options.priority === 'interactive') continue;
      sent.preempted = true;
      return id;
    }
    return null;
  }

  progress(id: number, done: number): void {
    const sent = this.sent.get(id);
    if (!sent) return;
    sent.done = done;
    this.report(sent.call);
  }

  reply(id: number, reply: Extract<Reply, { type: 'scores' | 'labels' | 'failed' }>, elapsedMs: number): void {
    const sent = this.sent.get(id);
    if (!sent) return;
    this.sent.delete(id);
    const { call, batch } = sent;
    if (call.isOver) return;
    if (reply.type !== 'failed') {
      this.sizes[call.input.kind].measured(batchCharacters(call, batch), elapsedMs);
      if (!this.poison.isEmpty) for (const position of batch) this.poison.clear(poisonKey(call, position));
      call.settle(batch, outcomesOf(reply));
      this.report(call);
    } else if (reply.code === 'cancelled') {
      // Taken back for a call that comes first.
      call.putBack(batch);
    } else if (!documentCodes.includes(reply.code)) {
      call.fail(new AppError(reply.code, reply.message));
    } else if (batch.length > 1) {
      call.suspect(batch);
    } else {
      for (const position of batch) call.giveUp(position, reply.code, reply.message);
    }
  }

  /** The child is gone for no fault of these requests. */
  putBack(requests: readonly RequestMessage[]): void {
    // Last sent goes back first, so that the order stays.
    for (const { id } of [...requests].reverse()) {
      const sent = this.sent.get(id);
      this.sent.delete(id);
      if (sent && !sent.call.isOver) sent.call.putBack(sent.batch);
    }
  }

  /**
   * The child died with this request at work. Its documents are sent again one by one; one that is there for the second
   * time is given up.
   * @param current Id of the document that the child named last; it is tried first.
   * @returns Whether the cause is known: nothing of the request will be tried again.
   */
  blame(request: RequestMessage, reason: string, current: string | null): boolean {
    const sent = this.sent.get(request.id);
    this.sent.delete(request.id);
    if (!sent || sent.call.isOver) return false;
    const { call, batch } = sent;
    const suspects: number[] = [];
    // Copies of one document die one death together.
    const verdicts = new Map<string, boolean>();
    for (const position of batch) {
      const key = poisonKey(call, position);
      const isPoison = verdicts.get(key) ?? this.poison.blame(key);
      verdicts.set(key, isPoison);
      if (isPoison) this.giveUp(call, position, reason);
      else suspects.push(position);
    }
    const first = suspects.filter((position) => call.idAt(position) === current);
    call.suspect([...first, ...suspects.filter((position) => !first.includes(position))]);
    if (suspects.length > 0) return false;
    this.probeTask = call.options.task;
    return true;
  }

  fail(error: AppError): void {
    this.queue.fail(error);
  }

  /** Gives documents that were given up another chance. */
  forgive(): void {
    this.poison.reset();
  }

  /** Gives up what is known to be poison, and returns the rest. */
  private withoutPoison({ call, batch }: Turn): Batch {
    if (this.poison.isEmpty) return batch;
    return batch.filter((position) => {
      if (!this.poison.isPoison(poisonKey(call, position))) return true;
      this.giveUp(call, position, 'it died of it before');
      return false;
    });
  }

  private giveUp(call: Call, position: number, reason: string): void {
    const message =
      call.input.kind === 'labels'
        ? `The classifier process died twice on the labels of this set and their examples (${reason}). ` +
          'Restarting the classifier gives them another chance.'
        : `The classifier process died twice on this document (${reason}), so it is skipped. ` +
          'Split it or leave it out; restarting the classifier gives it another chance.';
    call.giveUp(position, 'document-poison', message);
  }

  private report(call: Call): void {
    let inFlight = 0;
    for (const sent of this.sent.values()) if (sent.call === call) inFlight += sent.done;
    call.progress(inFlight);
  }
}

function outcomesOf(reply: Extract<Reply, { type: 'scores' | 'labels' }>): CallOutcome[] {
  if (reply.type === 'scores') return reply.outcomes.map(ownedOutcome);
  return [{ ok: true, id: 'labels', values: reply.values.slice() }];
}
