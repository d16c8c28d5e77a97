// Other labels over the kept documents: scored from their vectors before the labels are shown, so that no row ever vanishes.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import { compileGlobs } from '../../workspace/find/globs';
import { rescoreKept } from '../../workspace/run/rescoreKept';
import { taskKey, taskOf } from '../../shared/task';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { Activity } from '../host/activity';
import type { Models } from '../models/models';
import type { Config } from '../settings/config';
import type { IndexFile } from './indexFile';
import { runOptions } from './runOptions';

export class Rescorer {
  constructor(
    private readonly file: IndexFile,
    private readonly config: Config,
    private readonly models: Pick<Models, 'of'>,
    private readonly activity: Activity,
  ) {}

  /** Nothing is started where nothing is shown of the index, or nothing kept is of use. Throws AppError. */
  async rescore(to: LabelSet, before: LabelSet, signal: AbortSignal): Promise<void> {
    const key = this.file.current;
    if (!key) return;
    const { store, chunkTokens } = key;
    const model = this.models.of(to.model);
    const task = taskIdentity(to, chunkTokens);
    const documents = store.taggedOtherwise(task);
    if (documents === 0 || !store.keepsVectors(task, model.description?.hash ?? null)) return;
    const onlyExamples = isTaughtOnly(to, before);
    const title = onlyExamples ? vscode.l10n.t('Following decisions') : vscode.l10n.t('Scoring under other labels');
    const byGlobs = this.wantedBy(to);
    const shownBefore = taskIdentity(before, chunkTokens);
    await this.activity.run('working', title, async (job) => {
      const sameGlobs = JSON.stringify([to.include, to.exclude]) === JSON.stringify([before.include, before.exclude]);
      await rescoreKept(store, model, {
        set: to,
        chunkTokens,
        ...(sameGlobs ? { before: shownBefore } : {}),
        // What was tagged by name, though the globs leave it out, stays.
        wanted: (place) => byGlobs(place) || (onlyExamples && store.details(place.uri, shownBefore, null) !== null),
        signal: AbortSignal.any([signal, job.signal]),
        onProgress: (done) => {
          job.progress({ done, total: Math.max(done, documents) });
        },
      });
    });
  }

  /** As a run would find them: by the set's globs, or those of the settings. */
  private wantedBy(set: LabelSet): (place: { readonly path: string }) => boolean {
    const { include, exclude } = runOptions(this.config, set, []).find;
    const globs = compileGlobs(include, exclude, [], process.platform !== 'linux');
    return ({ path }) => globs.included(path) && globs.excludedBy(path, () => false) === null;
  }
}

/** The same set, with other examples. */
function isTaughtOnly(to: LabelSet, before: LabelSet): boolean {
  return (
    to.name === before.name && taskKey(taskOf({ ...to, examples: [] })) === taskKey(taskOf({ ...before, examples: [] }))
  );
}
