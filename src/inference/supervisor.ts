// Keeps one child process at work: starts it when needed, feeds it, and survives its deaths.
import type { LoadedFiles, LoadOptions, Log, VerifyReport } from '../shared/childMessages';
import type { CancelSignal, ModelDescription } from '../shared/classifier';
import { AppError, asAppError } from '../shared/errors';
import type { Call } from './process/call';
import type { Reply, RequestMessage } from './process/checkReply';
import type { StartChild } from './process/childPort';
import { ChildSession } from './process/childSession';
import type { SessionEnd } from './process/childSession';
import { StateNotifier } from './process/clientState';
import type { ClientState } from './process/clientState';
import { Dispatcher } from './process/dispatcher';
import { MemoryCeiling } from './process/memoryCeiling';
import { OneTimer } from './process/oneTimer';
import { RestartWindow } from './process/restartWindow';
import { diesTooOften, doesNotRun, modelChanged } from './process/stopErrors';
import type { Timings } from './process/timings';
import { Verifications } from './process/verifications';
import { cancelled, orAbort, Waiters } from './process/waiters';

export interface SupervisorOptions {
  readonly load: LoadOptions;
  /** The child ends after this long without work. */
  readonly idleMs: number;
  /** Resident memory above which the child is replaced between two messages. */
  readonly memoryCeilingBytes: number;
  readonly log: Log;
  readonly timings: Timings;
  /** Told of each model that was loaded. */
  readonly onLoaded?: (loaded: LoadedFiles) => void;
}

export class Supervisor {
  readonly states = new StateNotifier();
  private readonly calls: Dispatcher;
  private readonly verifications = new Verifications();
  private readonly describing = new Waiters<ModelDescription>();
  private readonly window: RestartWindow;
  private readonly memory: MemoryCeiling;
  private session: ChildSession | null = null;
  private model: ModelDescription | null = null;
  /** What callers were told last that the model is; calls are not answered by another one. */
  private described: ModelDescription | null = null;
  private loadSent = false;
  /** The child is to be replaced once its requests are answered. */
  private retiring = false;
  private lastId = 0;
  private readonly idle = new OneTimer();
  private readonly restartWait = new OneTimer();
  private waitState: ClientState = { state: 'idle' };
  private stopped: AppError | null = null;
  private disposed = false;

  constructor(
    private readonly startChild: StartChild,
    private readonly options: SupervisorOptions,
  ) {
    this.calls = new Dispatcher(options.timings);
    this.window = new RestartWindow(options.timings);
    this.memory = new MemoryCeiling(options.memoryCeilingBytes);
  }

  /** Process id of the child; undefined where there is none. */
  get pid(): number | undefined {
    return this.session?.pid;
  }

  /** The model whose answers callers get, as they know it; null before anything is known of it. */
  get modelHash(): string | null {
    return this.described?.hash ?? null;
  }

  /** @param recall Asked where no child has the model: what it is, if that is known without one. */
  async describe(recall: () => ModelDescription | null = () => null, signal?: CancelSignal): Promise<ModelDescription> {
    this.open();
    if (this.model && this.session && !this.session.isEnding) return this.model;
    const known = this.loadSent && this.session ? null : recall();
    if (known) {
      this.described = known;
      return known;
    }
    const model = this.describing.wait(signal);
    this.pump();
    return model;
  }

  /** Loads the model, as there will be a call soon. Where that fails the call will meet the failure. */
  prepare(): void {
    if (!this.disposed && !this.session && !this.restartWait.isRunning && !this.stopped)
      this.describe().catch(() => undefined);
  }

  /** The call's promise is its `finished`. */
  run(call: Call): void {
    try {
      this.open();
      this.calls.add(call);
      this.pump();
    } catch (error) {
      call.fail(asAppError(error, 'child-stopped'));
    }
  }

  /** Gives a call up; the child is told, and killed only if it does not listen. */
  abort(call: Call): void {
    call.fail(cancelled());
    for (const id of this.calls.sentOf(call)) this.session?.cancel(id);
    this.pump();
  }

  async verify(folder: string, goldenFile: string | null, signal?: CancelSignal): Promise<VerifyReport> {
    if (signal?.aborted) throw cancelled();
    this.open();
    const id = this.nextId();
    const report = this.verifications.add(id, folder, goldenFile);
    this.pump();
    return orAbort(report, signal, () => {
      this.verifications.fail(id, cancelled());
      this.session?.cancel(id);
      this.pump();
    });
  }

  /** Ends the child if it has nothing to do, and says whether it does so. */
  restNow(): boolean {
    if (this.hasDemand || !this.session?.isIdle || this.session.isEnding) return false;
    this.idle.stop();
    this.session.shutdown();
    this.publish();
    return true;
  }

  /** Forgets all crashes and replaces the child; documents that were given up get another chance. */
  restart(): void {
    this.window.reset();
    this.calls.forgive();
    this.stopped = null;
    this.restartWait.stop();
    this.session?.kill({ crashed: false, code: 'cancelled', reason: 'a restart was asked for' });
    this.pump();
  }

  /** Fails all calls as cancelled, kills the child and waits for its end. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.restartWait.stop();
    this.idle.stop();
    this.failAll(cancelled());
    this.session?.kill({ crashed: false, code: 'cancelled', reason: 'GLiTag closes' });
    await this.session?.gone;
    this.publish();
  }

  private open(): void {
    if (this.disposed) throw new AppError('child-stopped', 'The classifier has been closed.');
    if (this.window.isStopped() && this.stopped) throw this.stopped;
    this.stopped = null;
  }

  private get hasDemand(): boolean {
    return !this.calls.isEmpty || !this.verifications.isEmpty || !this.describing.isEmpty;
  }

  /** Does whatever can be done now; called after every event. */
  private pump(): void {
    if (!this.disposed && !this.restartWait.isRunning) {
      if (this.hasDemand) this.feed();
      else this.rest();
    }
    this.publish();
  }

  private feed(): void {
    this.idle.stop();
    this.session ??= this.start();
    const { session } = this;
    if (!session || session.isEnding) return;
    if (this.retiring) {
      if (session.isIdle) session.shutdown();
      return;
    }
    while (session.hasRoom) {
      const request = this.verifications.next();
      if (!request) break;
      session.send(request, this.options.timings.verifyDeadlineMs);
    }
    if (this.model) this.feedCalls(session, this.model);
    else if (!this.loadSent && (this.calls.hasWork || !this.describing.isEmpty)) {
      this.loadSent = true;
      session.send({ type: 'load', id: this.nextId(), ...this.options.load }, this.options.timings.loadDeadlineMs);
    }
  }

  private feedCalls(session: ChildSession, model: ModelDescription): void {
    while (session.hasRoom) {
      const outgoing = this.calls.next(this.nextId(), model);
      if (!outgoing) return;
      session.send(outgoing.request, outgoing.deadlineMs);
    }
    const preempted = this.calls.preempt(session.waiting);
    if (preempted !== null) session.cancel(preempted);
  }

  /** Nothing to do: ends the child, soon or, where it is to be replaced anyway, at once. */
  private rest(): void {
    const { session } = this;
    if (!session?.isIdle || session.isEnding) return;
    if (this.retiring) session.shutdown();
    else
      this.idle.start(this.options.idleMs, () => {
        if (!this.hasDemand) session.shutdown();
        this.publish();
      });
  }

  private start(): ChildSession | null {
    this.loadSent = false;
    this.retiring = false;
    this.memory.restarted();
    const { timings, log } = this.options;
    try {
      const session = new ChildSession(this.startChild, timings, log, {
        reply: (request, reply, elapsedMs) => {
          this.replied(request, reply, elapsedMs);
        },
        progress: (request, done) => {
          this.calls.progress(request.id, done);
        },
        end: (end) => {
          this.ended(end);
        },
      });
      log('info', `The classifier process ${session.pid ?? ''} starts.`);
      return session;
    } catch (error) {
      this.stop(asAppError(error, 'child-stopped'));
      return null;
    }
  }

  private replied(request: RequestMessage, reply: Reply, elapsedMs: number): void {
    if (request.type === 'load') this.loaded(reply);
    else if (request.type === 'verify') this.verifications.reply(request.id, reply);
    else if (reply.type === 'scores' || reply.type === 'labels' || reply.type === 'failed')
      this.calls.reply(request.id, reply, elapsedMs);
    if (request.type === 'classify' && reply.type === 'scores' && reply.outcomes.some(({ ok }) => ok))
      this.window.succeeded();
    if (reply.type === 'failed' && reply.code === 'out-of-memory') this.retiring = true;
    if ((reply.type === 'scores' || reply.type === 'labels') && this.memory.isExceeded(reply.rssBytes)) {
      this.options.log(
        'info',
        `The classifier process uses ${Math.round(reply.rssBytes / 2 ** 20)} MB and is replaced.`,
      );
      this.retiring = true;
    }
    this.pump();
  }

  private loaded(reply: Reply): void {
    if (reply.type === 'ready') {
      const { model, files, rssBytes } = reply;
      this.model = model;
      this.memory.loaded(rssBytes);
      if (this.described && this.described.hash !== model.hash) this.calls.fail(modelChanged(model.name));
      this.described = model;
      this.options.onLoaded?.({ model, files });
      this.describing.resolve(model);
    } else if (reply.type === 'failed') {
      // Trying again changes nothing until the user does; the next call will.
      this.retiring = true;
      this.stop(new AppError(reply.code, reply.message));
    }
  }

  private ended(end: SessionEnd): void {
    this.session = null;
    this.model = null;
    this.idle.stop();
    if (end.crashed) this.crashed(end);
    else {
      this.options.log('info', `The classifier process has ended: ${end.reason}.`);
      this.calls.putBack(end.unanswered);
      this.verifications.putBack();
    }
    this.pump();
  }

  private crashed({ reason, code, unanswered, current, neverStarted }: SessionEnd): void {
    this.options.log('error', `The classifier process died: ${reason}.`);
    const [head, ...others] = unanswered;
    this.calls.putBack(others);
    const explained = head !== undefined && this.calls.blame(head, reason, current);
    if (head?.type === 'verify')
      this.verifications.fail(head.id, new AppError(code, `The classifier process died while verifying: ${reason}.`));
    this.verifications.putBack();
    if (neverStarted) {
      this.stop(doesNotRun(reason));
      return;
    }
    const verdict = this.window.crash(explained);
    if (verdict.stop) {
      this.stop(diesTooOften(verdict.crashes, this.options.timings.crashWindowMs, reason));
      return;
    }
    const { delayMs } = verdict;
    this.waitState = { state: 'restarting', reason, delayMs };
    this.restartWait.start(delayMs, () => {
      this.pump();
    });
  }

  private stop(error: AppError): void {
    this.stopped = error;
    this.failAll(error);
  }

  private failAll(error: AppError): void {
    this.calls.fail(error);
    this.verifications.failAll(error);
    this.describing.reject(error);
  }

  private nextId(): number {
    return ++this.lastId;
  }

  private publish(): void {
    this.states.publish(this.state());
  }

  private state(): ClientState {
    if (this.stopped) return { state: 'stopped', code: this.stopped.code, reason: this.stopped.message };
    if (this.restartWait.isRunning) return this.waitState;
    if (!this.session || this.disposed) return { state: 'idle' };
    if (!this.model && this.loadSent) return { state: 'loading' };
    if (this.hasDemand || !this.model) return { state: 'working', pendingDocuments: this.calls.pendingDocuments };
    return { state: 'ready', model: this.model };
  }
}
