// One child process from start to end: sends requests, checks replies, keeps deadlines. Knows nothing of restarts.
import type { HostMessage, Log } from '../../shared/childMessages';
import type { ModelDescription } from '../../shared/classifier';
import type { ErrorCode } from '../../shared/errors';
import { AppError, asAppError } from '../../shared/errors';
import { parseChildMessage } from '../../shared/parseChildMessages';
import type { ChildPort, ProcessEnd, StartChild } from './childPort';
import { checkProgress, checkReply } from './checkReply';
import type { Reply, RequestMessage } from './checkReply';
import { startDeadline } from './deadline';
import { OutputLog } from './outputLog';
import { TextGuard } from './textGuard';
import type { Timings } from './timings';

/** Requests that are sent and not answered: one at work, one waiting, so that the child never idles between two. */
const maxInFlight = 2;

export interface SessionEnd {
  /** False where the end was wanted: after `shutdown`, or killed without anyone's fault. */
  readonly crashed: boolean;
  /** The process never started; trying again at once is no use. */
  readonly neverStarted: boolean;
  readonly code: ErrorCode;
  /** What happened, as a clause: `it was ended by SIGSEGV`. */
  readonly reason: string;
  /** Unanswered requests; the first one was at work. */
  readonly unanswered: readonly RequestMessage[];
  /** Document at work, as far as the child said. */
  readonly current: string | null;
}

export interface SessionEvents {
  reply(request: RequestMessage, reply: Reply, elapsedMs: number): void;
  progress(request: RequestMessage, done: number): void;
  end(end: SessionEnd): void;
}

type Fate = Pick<SessionEnd, 'crashed' | 'code' | 'reason'>;

interface InFlight {
  readonly request: RequestMessage;
  readonly deadlineMs: number;
  done: number;
  current: string | null;
  isCancelled: boolean;
}

export class ChildSession {
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  private readonly port: ChildPort;
  private readonly guard = new TextGuard();
  private readonly outputs: Record<'stdout' | 'stderr', OutputLog>;
  private inFlight: InFlight[] = [];
  private headSince = 0;
  /** Calls off the deadlines of the request at work. */
  private endHeadDeadline: (() => void) | null = null;
  private endCancelDeadline: (() => void) | null = null;
  private endTimer: NodeJS.Timeout | null = null;
  private fate: Fate | null = null;
  private model: ModelDescription | null = null;
  private hasEnded = false;
  private resolveGone: () => void = () => undefined;

  constructor(
    start: StartChild,
    private readonly timings: Timings,
    private readonly log: Log,
    private readonly events: SessionEvents,
  ) {
    this.gone = new Promise((resolve) => (this.resolveGone = resolve));
    this.outputs = {
      stdout: new OutputLog('stdout', log, this.guard),
      stderr: new OutputLog('stderr', log, this.guard),
    };
    this.port = start({
      message: (value) => {
        this.received(value);
      },
      output: (stream, bytes) => {
        this.outputs[stream].write(bytes);
      },
      disconnected: () => {
        // A dead process ends by itself in a moment; one that only closed its channel is of no use any more.
        this.endTimer ??= setTimeout(() => {
          this.kill({ crashed: true, code: 'child-crashed', reason: 'it closed its channel' });
        }, timings.shutdownDeadlineMs);
      },
      ended: (end) => {
        this.ended(end);
      },
    });
  }

  get pid(): number | undefined {
    return this.port.pid;
  }

  /** It was asked to end, or is being killed: it takes no more requests. */
  get isEnding(): boolean {
    return this.fate !== null || this.hasEnded;
  }

  get hasRoom(): boolean {
    return !this.isEnding && this.inFlight.length < maxInFlight;
  }

  get isIdle(): boolean {
    return this.inFlight.length === 0;
  }

  /** Requests that wait behind the one at work. */
  get waiting(): readonly RequestMessage[] {
    return this.inFlight.slice(1).map(({ request }) => request);
  }

  /** @param deadlineMs Counted from the moment at which the request is at work. */
  send(request: RequestMessage, deadlineMs: number): void {
    if (request.type === 'classify') this.guard.remember(request.documents.map((document) => document.text));
    this.inFlight.push({ request, deadlineMs, done: 0, current: null, isCancelled: false });
    if (this.inFlight.length === 1) this.headStarts();
    this.post(request);
  }

  /**
   * Asks the child to drop a request between two micro-batches; the answer is `failed` with `cancelled`. A request at work
   * that goes on past its deadline costs the child's life; one that waits does no harm.
   */
  cancel(id: number): void {
    const entry = this.inFlight.find(({ request }) => request.id === id);
    if (!entry || entry.isCancelled || this.isEnding) return;
    entry.isCancelled = true;
    this.post({ type: 'cancel', id });
    if (entry === this.inFlight[0]) this.armCancelDeadline();
  }

  /** Asks an idle child to end; whatever its exit code then is, it is no crash. */
  shutdown(): void {
    if (this.isEnding) return;
    this.fate = { crashed: false, code: 'cancelled', reason: 'it was asked to end' };
    this.post({ type: 'shutdown' });
    this.endTimer = setTimeout(() => {
      this.log('warn', 'The classifier process did not end when asked to; it is killed.');
      this.port.kill();
    }, this.timings.shutdownDeadlineMs);
  }

  /** The first fate counts: a child that is killed twice still died of the first cause. */
  kill(fate: Fate): void {
    this.fate ??= fate;
    this.port.kill();
  }

  private post(message: HostMessage): void {
    // EPIPE here means that the process is dying: its end, which says why, follows.
    this.port.send(message, (error) => {
      this.log('debug', `a message could not be sent to the classifier process: ${error.message}`);
      if (!this.hasEnded)
        this.endTimer ??= setTimeout(() => {
          this.kill({ crashed: true, code: 'child-crashed', reason: 'it could not be reached' });
        }, this.timings.shutdownDeadlineMs);
    });
  }

  private received(value: unknown): void {
    if (this.isEnding) return;
    try {
      this.handle(value);
    } catch (error) {
      const { code, message } = asAppError(error, 'child-protocol');
      this.log('error', `${message} It is killed.`);
      this.kill({ crashed: true, code, reason: 'it gave an answer that does not fit' });
    }
  }

  private handle(value: unknown): void {
    const message = parseChildMessage(value);
    if (message.type === 'log') {
      this.log(message.level, `child: ${this.guard.clean(message.message)}`);
      return;
    }
    if (message.type === 'failed' && message.code === 'child-crashed') {
      this.kill({ crashed: true, code: message.code, reason: `it failed: ${this.guard.clean(message.message)}` });
      return;
    }
    const head = this.inFlight[0];
    const entry = this.inFlight.find(({ request }) => request.id === message.id);
    const isDropped = message.type === 'failed' && message.code === 'cancelled';
    // Only a cancelled request may be answered before its turn.
    if (!entry || (entry !== head && !isDropped))
      throw new AppError('child-protocol', `A message carries the id ${message.id}, whose turn it is not.`);
    if (isDropped && !entry.isCancelled)
      throw new AppError('child-protocol', 'The classifier process dropped a request that nobody cancelled.');
    if (message.type === 'progress') {
      this.progressed(entry, message.done, message.current);
      return;
    }
    checkReply(entry.request, message, this.model);
    if (message.type === 'ready') this.model = message.model;
    this.answered(entry, message);
  }

  private progressed(entry: InFlight, done: number, current: string | null): void {
    checkProgress(entry.request, done, current);
    entry.current = current;
    // Finished documents show that the child is not stuck, so the deadline begins anew.
    if (done > entry.done) this.armDeadline(entry);
    entry.done = Math.max(entry.done, done);
    this.events.progress(entry.request, entry.done);
  }

  private answered(entry: InFlight, reply: Reply): void {
    const wasHead = entry === this.inFlight[0];
    const elapsedMs = performance.now() - this.headSince;
    this.inFlight = this.inFlight.filter((other) => other !== entry);
    if (wasHead) this.headStarts();
    this.events.reply(entry.request, reply.type === 'failed' ? this.cleaned(reply) : reply, elapsedMs);
  }

  private cleaned(reply: Extract<Reply, { type: 'failed' }>): Reply {
    return { ...reply, message: this.guard.clean(reply.message) };
  }

  private headStarts(): void {
    this.endDeadlines();
    const head = this.inFlight[0];
    if (!head) return;
    this.headSince = performance.now();
    this.armDeadline(head);
    if (head.isCancelled) this.armCancelDeadline();
  }

  private armDeadline(entry: InFlight): void {
    this.endHeadDeadline?.();
    this.endHeadDeadline = startDeadline(entry.deadlineMs, () => {
      const seconds = Math.round(entry.deadlineMs / 1000);
      const reason = `it gave no sign of life for ${seconds} s while asked to ${entry.request.type}`;
      this.kill({ crashed: true, code: 'deadline-exceeded', reason });
    });
  }

  private armCancelDeadline(): void {
    this.endCancelDeadline = startDeadline(this.timings.cancelDeadlineMs, () => {
      this.kill({ crashed: false, code: 'cancelled', reason: 'it did not heed a cancellation' });
    });
  }

  private endDeadlines(): void {
    this.endHeadDeadline?.();
    this.endHeadDeadline = null;
    this.endCancelDeadline?.();
    this.endCancelDeadline = null;
  }

  private ended(end: ProcessEnd): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.endDeadlines();
    if (this.endTimer) clearTimeout(this.endTimer);
    this.outputs.stdout.end();
    this.outputs.stderr.end();
    const fate = this.fate ?? { crashed: true, code: 'child-crashed' as const, reason: describeEnd(end) };
    const { last } = this.outputs.stderr;
    if (fate.crashed && last !== null) this.log('error', `Last words of the classifier process: ${last}`);
    this.resolveGone();
    this.events.end({
      ...fate,
      neverStarted: end.error !== null,
      unanswered: this.inFlight.map(({ request }) => request),
      current: this.inFlight[0]?.current ?? null,
    });
  }
}

function describeEnd({ exitCode, signal, error }: ProcessEnd): string {
  if (error) return `it could not be started: ${error.message}`;
  if (signal === 'SIGKILL') return 'it was killed by the system or a user (SIGKILL), often for lack of memory';
  return signal ? `it was ended by ${signal}` : `it ended by itself with exit code ${exitCode ?? 'unknown'}`;
}
