// `--tag`: before tags are read, what changed in the folders is tagged: one run after the other, since the index takes one at a time, and each shared by
// all calls that wait for it.
import type { LabelSet } from '../../core/labelSet';
import { orAbort } from '../../inference/process/waiters';
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { FindRoot } from '../../workspace/types';
import type { OwnFiles } from '../tag/ownFiles';
import { withIndex } from '../tag/resultIndex';
import { tagBasis, tagFiles, type FilesOptions } from '../tag/tagFiles';
import type { SetClassifiers } from './setClassifiers';

/** Files that change sooner after a run are met by a later call. */
const restMs = 10_000;

interface Run {
  readonly done: Promise<void>;
  endedMs: number | null;
}

export class TagRuns {
  /** By the whole label set: while the server runs, a set may change under its name. */
  private readonly runs = new Map<string, Run>();
  /** Ends with the run that was started last, however it ends. */
  private last: Promise<void> = Promise.resolve();
  private readonly abort = new AbortController();

  constructor(
    private readonly index: string,
    private readonly roots: readonly FindRoot[],
    private readonly options: FilesOptions & OwnFiles,
    private readonly classifiers: SetClassifiers,
  ) {}

  /**
   * Resolves when the folders are tagged. A call that is cancelled stops waiting; the run goes on for those that come later. Throws AppError as
   * `tagFiles`, `cancelled`.
   */
  async upToDate(set: LabelSet, signal: CancelSignal): Promise<void> {
    const key = JSON.stringify(set);
    const known = this.runs.get(key);
    const rests = known !== undefined && known.endedMs !== null && Date.now() - known.endedMs < restMs;
    if (rests) return;
    const run = known?.endedMs === null ? known : this.start(key, set);
    await orAbort(run.done, signal, () => undefined);
  }

  /** Ends the runs; what they have tagged is kept. */
  async dispose(): Promise<void> {
    this.abort.abort();
    await Promise.allSettled(Array.from(this.runs.values(), ({ done }) => done));
  }

  private start(key: string, set: LabelSet): Run {
    const done = this.last.then(() => this.tag(set));
    this.last = done.catch(() => undefined);
    const run: Run = { done, endedMs: null };
    this.runs.set(key, run);
    done.then(
      () => (run.endedMs = Date.now()),
      () => this.runs.delete(key),
    );
    return run;
  }

  private async tag(set: LabelSet): Promise<void> {
    if (this.abort.signal.aborted) throw new AppError('cancelled', 'The server ends.');
    const { options, roots, index } = this;
    const classifier = await this.classifiers.of(set);
    await withIndex(index, async (store) => {
      const basis = await tagBasis(set, classifier, options, this.abort.signal);
      await tagFiles(store, basis, { roots }, options, () => undefined);
    });
  }
}
