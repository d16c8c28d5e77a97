// One run over folders: find, read only what changed, classify in small batches, commit as results come. Its only state is the
// index, so it can be killed at any moment and the next run goes on from there.
import type { LabelSet } from '../../core/labelSet';
import type {
  CancelSignal,
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  ModelDescription,
} from '../../shared/classifier';
import { asAppError } from '../../shared/errors';
import { taskOf } from '../../shared/task';
import { findFiles } from '../find/findFiles';
import type { Shard } from '../find/shard';
import { Breather } from '../flow/breather';
import { mapOrdered } from '../flow/mapOrdered';
import { taskIdentity } from '../store/taskIdentity';
import type { TagStore } from '../store/tagStore';
import type { FileTree, FindOptions, FoundEntry, ReadOptions, RunProgress, RunState, RunStats } from '../types';
import { BatchClassifier } from './batchClassifier';
import { Committer } from './committer';
import type { CommitEvents } from './committer';
import { Gate } from './gate';
import { Planner } from './planner';
import type { Step } from './planner';
import { ProgressMeter } from './progressMeter';
import { pruneUnseen, PruneScope } from './pruneUnseen';
import { WorkQueue } from './workQueue';

/** Files looked up and read ahead of the classifier. */
const readAhead = 8;
const progressEveryMs = 100;

export interface RunParts {
  readonly tree: FileTree;
  readonly store: TagStore;
  readonly classifier: Classifier;
}

export interface RunOptions extends CommitEvents {
  readonly set: LabelSet;
  /** Longest chunk in tokens; null for the model's own limit. */
  readonly chunkTokens: number | null;
  readonly find: Omit<FindOptions, 'detail' | 'signal'>;
  readonly read: ReadOptions;
  /** Take only the files of this shard, by their paths. What the index has of others stays as it is. */
  readonly shard?: Shard;
  /** Try texts again that the model refused for good in an earlier run. Default false. */
  readonly retryFailed?: boolean;
  /** Take the index's lock. Default true; false for the single document of a save, which may come in the middle of a run. */
  readonly exclusive?: boolean;
  /** See ClassifyOptions. */
  readonly priority?: ClassifyOptions['priority'];
  readonly signal?: CancelSignal;
  /** At most ten times a second, and once at the end. */
  readonly onProgress?: (progress: RunProgress) => void;
  readonly now?: () => number;
}

export class WorkspaceRun {
  private readonly gate: Gate;
  private readonly meter: ProgressMeter;
  private readonly now: () => number;
  private readonly scope: PruneScope;
  private lastReportMs = 0;

  constructor(
    private readonly parts: RunParts,
    private readonly options: RunOptions,
  ) {
    this.now = options.now ?? Date.now;
    this.gate = new Gate(options.signal);
    this.meter = new ProgressMeter(this.now);
    this.scope = new PruneScope(parts.tree, options.find.roots, options.shard ?? null, options.find.only ?? null);
  }

  get progress(): RunProgress {
    return this.meter.progress;
  }

  /** What is at the classifier is finished and kept; nothing new is begun. */
  pause(): void {
    if (this.meter.state !== 'running') return;
    this.gate.pause();
    this.setState('paused');
  }

  resume(): void {
    if (this.meter.state !== 'paused') return;
    this.meter.restartRate();
    this.setState('running');
    this.gate.resume();
  }

  cancel(): void {
    this.gate.cancel();
  }

  /**
   * Runs once. Resolves with what was done, also when cancelled (`progress.state` tells). Throws AppError when nothing can be
   * classified at all: `model-*`, `labels-cut`, `native-load-failed`, `child-stopped`, `index-*`, `setting-invalid`.
   */
  async start(): Promise<RunStats> {
    try {
      const lock = this.exclusive ? this.parts.store.lock() : null;
      try {
        await this.work();
      } finally {
        lock?.release();
      }
      this.setState('finished');
    } catch (cause) {
      const error = asAppError(cause, 'inference-failed');
      const cancelled = error.code === 'cancelled';
      this.setState(cancelled ? 'cancelled' : 'failed');
      if (!cancelled) throw error;
    } finally {
      this.gate.close();
    }
    return this.progress.stats;
  }

  private get exclusive(): boolean {
    return this.options.exclusive ?? true;
  }

  private async work(): Promise<void> {
    // Folders are walked while the model is loaded, where that is necessary.
    const counting = this.count();
    try {
      await this.workWith(await this.parts.classifier.describe(this.gate.signal));
    } catch (error) {
      // The count ends with it.
      this.gate.cancel();
      throw error;
    } finally {
      await counting;
    }
  }

  private async workWith(model: ModelDescription): Promise<void> {
    const { store, classifier, tree } = this.parts;
    const { set, chunkTokens, find } = this.options;
    const writer = store.writer(taskIdentity(set, chunkTokens), model);
    const { keepsVectors } = model.capabilities;
    const task: ClassificationTask = taskOf(set);
    const batches = new BatchClassifier(classifier, task, {
      signal: this.gate.signal,
      vectors: keepsVectors,
      ...(chunkTokens === null ? {} : { chunkTokens }),
      ...(this.options.priority ? { priority: this.options.priority } : {}),
    });
    const planner = new Planner(
      tree,
      writer,
      { read: this.options.read, keepsVectors, retryFailed: this.options.retryFailed ?? false },
      this.now,
    );
    const committer = new Committer(store, writer, this.meter, this.options);
    const rescore = (documents: Parameters<Classifier['rescore']>[0]) =>
      classifier.rescore(documents, task, { signal: this.gate.signal });
    const onProgress = (batch: object, done: number): void => {
      this.meter.underWay(batch, done);
      this.report();
    };
    const prepare = () => {
      classifier.prepare();
    };
    const queue = new WorkQueue({ gate: this.gate, batches, prepare, rescore, planner, writer, committer, onProgress });
    const outdated = writer.outdated(this.scope.ranges);
    this.meter.modelChange = outdated && { ...outdated, model: model.name };
    // Chosen files say nothing of what else there is in their folders.
    const scope = this.exclusive && !find.only ? find.roots.map(({ uri, start = '' }) => ({ uri, start })) : null;
    const runId = writer.begin(scope);
    try {
      await this.takeAll(planner, queue);
      committer.flush();
      const removed = pruneUnseen(store, writer, this.scope, committer.seenDocuments, committer.seenSkips);
      for await (const uris of removed) {
        this.meter.count('removed', uris.length);
        this.options.onRemoved?.(uris);
      }
      if (this.exclusive) await store.sweep();
    } catch (error) {
      // Batches under way end with it.
      this.gate.cancel();
      await queue.settled();
      queue.check();
      throw error;
    } finally {
      await committer.settled();
      writer.finish(runId, this.gate.cancelled ? 'ended' : 'finished', this.meter.stats);
    }
  }

  private async takeAll(planner: Planner, queue: WorkQueue): Promise<void> {
    const breather = new Breather();
    const steps = mapOrdered(this.found('full'), readAhead, async (entry): Promise<readonly Step[]> => {
      await this.gate.pass();
      return planner.plan(entry);
    });
    for await (const ofFile of steps) {
      // A file counts as one until it is known to be several documents.
      this.meter.total += Math.max(0, ofFile.filter(({ type }) => type !== 'whole').length - 1);
      for (const step of ofFile) {
        await this.gate.pass();
        await queue.take(step);
        this.report();
        if (breather.due) await breather.pause();
      }
    }
    await queue.finish(() => {
      this.report();
    });
  }

  private async *found(detail: FindOptions['detail'] & string): AsyncGenerator<FoundEntry, void, undefined> {
    const entries = findFiles(this.parts.tree, { ...this.options.find, detail, signal: this.gate.signal });
    for await (const entry of entries) {
      if (detail === 'full' && entry.type === 'skip') this.scope.note(entry.skip);
      if (this.scope.takes(entry.type === 'skip' ? entry.skip : entry.file)) yield entry;
    }
  }

  /** Walks ahead for the names only, so that the progress has a total; its failure costs no more than that. */
  private async count(): Promise<void> {
    try {
      for await (const entry of this.found('names')) {
        if (entry.type === 'file' || !entry.skip.folder) this.meter.total++;
        if (this.gate.paused) await this.gate.pass();
      }
      this.meter.counted = true;
    } catch (error) {
      if (!this.gate.cancelled) this.options.onWarning?.(error);
    }
  }

  private setState(state: RunState): void {
    this.meter.state = state;
    this.lastReportMs = 0;
    this.report();
  }

  private report(): void {
    const nowMs = this.now();
    if (nowMs - this.lastReportMs < progressEveryMs) return;
    this.lastReportMs = nowMs;
    this.options.onProgress?.(this.progress);
  }
}
