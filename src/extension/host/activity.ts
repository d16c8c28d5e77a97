// What the extension is at: one place that knows, so that the status bar, the view's title and "Stop" agree.
import * as vscode from 'vscode';
import { asAppError, type AppError } from '../../shared/errors';
import { contextKeys, viewId, type WorkState } from './names';

/** Documents done of those to do; null where that is not counted. */
export interface Count {
  readonly done: number;
  readonly total: number;
}

export interface ActivityState {
  readonly state: WorkState;
  readonly title: string | null;
  readonly count: Count | null;
  /** The last thing that failed, until something succeeds. */
  readonly error: AppError | null;
}

interface Job {
  readonly title: string;
  readonly kind: 'working' | 'running';
  readonly abort: AbortController;
  count: Count | null;
  paused: boolean;
}

/** What a piece of work gets to say how far it is, and to hear that it is to stop. */
export interface JobHandle {
  readonly signal: AbortSignal;
  progress(count: Count): void;
  paused(paused: boolean): void;
}

export class Activity implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ActivityState>();
  private readonly jobs = new Set<Job>();
  private shown: WorkState | null = null;
  private error: AppError | null = null;

  readonly onDidChange = this.changed.event;

  get state(): ActivityState {
    const job = this.foremost();
    return {
      state: job === null ? 'idle' : job.kind === 'working' ? 'working' : job.paused ? 'paused' : 'running',
      title: job?.title ?? null,
      count: job?.count ?? null,
      error: this.error,
    };
  }

  /**
   * Runs a piece of work and shows it: a progress line on top of the view, where the user started it, and the status bar. A run over
   * folders has a line of its own in the page, at the same place: the editor's would move over it, also while the run is paused.
   * Progress in a view has no cancel button of its own in VS Code, so "Stop" stands in the view's title and in the status
   * bar's menu; a notification could be cancelled, but would cover what the view says already.
   */
  async run<T>(kind: Job['kind'], title: string, work: (job: JobHandle) => Promise<T>): Promise<T> {
    const job: Job = { title, kind, abort: new AbortController(), count: null, paused: false };
    this.jobs.add(job);
    this.update();
    const handle: JobHandle = {
      signal: job.abort.signal,
      progress: (count) => {
        job.count = count;
        this.update();
      },
      paused: (paused) => {
        job.paused = paused;
        this.update();
      },
    };
    try {
      const result = await (kind === 'running'
        ? work(handle)
        : vscode.window.withProgress({ location: { viewId }, title }, () => work(handle)));
      this.error = null;
      return result;
    } catch (error) {
      if (!job.abort.signal.aborted) this.error = asAppError(error, 'inference-failed');
      throw error;
    } finally {
      this.jobs.delete(job);
      this.update();
    }
  }

  /** Stops what was started last by hand; a run over folders only when nothing else is at work. */
  stop(): void {
    this.foremost()?.abort.abort();
  }

  dispose(): void {
    for (const job of this.jobs) job.abort.abort();
    this.changed.dispose();
  }

  private foremost(): Job | null {
    const jobs = [...this.jobs];
    return jobs.findLast(({ kind }) => kind === 'working') ?? jobs.at(-1) ?? null;
  }

  private update(): void {
    const state = this.state;
    if (state.state !== this.shown) {
      this.shown = state.state;
      void vscode.commands.executeCommand('setContext', contextKeys.state, state.state);
    }
    this.changed.fire(state);
  }
}
