// "Tag Workspace" and "Tag Folder": one run at a time over the folders, shown in the view, paused, resumed and stopped there.
import * as vscode from 'vscode';
import type { ViewProgress } from '../../shared/viewMessages';
import { modelChangeText } from '../../workspace/run/modelChange';
import { WorkspaceRun, type RunOptions } from '../../workspace/run/workspaceRun';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { FindRoot, RunProgress, RunStats, Skip } from '../../workspace/types';
import type { Activity, JobHandle } from '../host/activity';
import type { Config } from '../settings/config';
import type { Doubts } from '../classify/doubts';
import { textOf } from '../classify/editorTexts';
import type { TextTagger } from '../classify/textTagger';
import type { LabelSets } from '../labels/labelSets';
import type { TaughtModel } from '../learn/taughtModel';
import type { Models } from '../models/models';
import type { Reporter } from '../host/report';
import type { IndexHome } from '../results/indexHome';
import type { ViewFeed } from '../view/viewFeed';
import { DirtyTexts } from './dirtyTexts';
import type { EditorFileTree } from './editorFileTree';
import type { IndexFile } from './indexFile';
import { readOptions, runOptions } from './runOptions';
import { fileRoots, folderRoots, workspaceRoots } from './runRoots';

export interface RunsParts {
  readonly tree: EditorFileTree;
  readonly models: Pick<Models, 'of'>;
  readonly taught: Pick<TaughtModel, 'of'>;
  readonly config: Config;
  readonly labelSets: LabelSets;
  readonly file: IndexFile;
  readonly index: IndexHome;
  readonly texts: TextTagger;
  readonly activity: Activity;
  readonly feed: ViewFeed;
  readonly doubts: Doubts;
  readonly reporter: Reporter;
}

/** A run over folders that came to its end. */
export interface FinishedRun {
  readonly stats: RunStats;
  readonly roots: readonly FindRoot[];
  readonly tookMs: number;
}

export class Runs implements vscode.Disposable {
  private readonly begun = new vscode.EventEmitter<void>();
  private readonly ended = new vscode.EventEmitter<{ readonly finished: FinishedRun | null }>();
  private active: { readonly run: WorkspaceRun; readonly job: JobHandle } | null = null;
  private starting = false;
  private pauseWanted = false;
  /** Saved documents that wait for their turn. */
  private readonly saved = new Map<string, vscode.Uri>();
  private taggingSaved: Promise<void> | null = null;

  /** A run over folders begins. */
  readonly onDidBegin = this.begun.event;
  /** It has ended; `finished` is null where it was stopped or failed. */
  readonly onDidEnd = this.ended.event;

  constructor(private readonly parts: RunsParts) {}

  /** A run over folders is on. */
  get isRunning(): boolean {
    return this.starting;
  }

  /** All folders of the workspace, and untitled documents. Resolves when the run has ended. */
  async tagWorkspace(): Promise<void> {
    const roots = workspaceRoots();
    if (roots.length === 0) {
      this.parts.reporter.notice(vscode.l10n.t('There is no folder to tag. Open one, or classify a selection.'));
      return;
    }
    await this.run(vscode.l10n.t('Tagging the workspace'), roots, async (job) => {
      await this.parts.texts.tagWhereNeeded(await Promise.all(untitledDocuments().map(textOf)), job.signal);
    });
  }

  /** The folders that were picked in the explorer; asks for one where none was. */
  async tagFolders(uris?: readonly vscode.Uri[]): Promise<void> {
    const wanted = uris && uris.length > 0 ? uris : await pickFolder();
    if (wanted.length === 0) return;
    const { roots, outside } = folderRoots(wanted);
    if (outside.length > 0) {
      const names = outside.map(({ path }) => path).join(', ');
      this.parts.reporter.notice(vscode.l10n.t('Not in a folder of this workspace: {0}', names));
    }
    if (roots.length > 0) await this.run(vscode.l10n.t('Tagging a folder'), roots);
  }

  /**
   * A document with kept tags was saved, and is to be tagged again. May come in the middle of a run. Documents saved meanwhile
   * come after it together: two saves of one document must not overtake each other.
   */
  async tagSaved(uri: vscode.Uri): Promise<void> {
    this.saved.set(uri.toString(), uri);
    this.taggingSaved ??= this.tagAllSaved().finally(() => {
      this.taggingSaved = null;
    });
    await this.taggingSaved;
  }

  /**
   * These files of the workspace, whatever globs and ignore files say: somebody named them. May come in the middle of a run.
   * Returns those that got no tags; `onProgress` is called with the number of files dealt with.
   */
  async tagFiles(job: JobHandle, uris: readonly vscode.Uri[], onProgress: (done: number) => void): Promise<Skip[]> {
    const skips: Skip[] = [];
    if (uris.length === 0) return skips;
    await this.perform(job, fileRoots(uris), {
      exclusive: false,
      priority: 'interactive',
      retryFailed: true,
      onProgress: ({ done }) => {
        // A file may turn out to be several documents.
        onProgress(Math.min(done, uris.length));
      },
      onSkips: (found) => {
        skips.push(...found);
      },
    });
    return skips;
  }

  /** While the model is still being loaded the run begins paused. */
  pause(): void {
    this.pauseWanted = true;
    this.active?.run.pause();
  }

  resume(): void {
    this.pauseWanted = false;
    this.active?.run.resume();
  }

  private async tagAllSaved(): Promise<void> {
    while (this.saved.size > 0) {
      const saved = [...this.saved.values()];
      this.saved.clear();
      // What somebody had tagged by name keeps being tagged, though a run over the folder leaves it out.
      const roots = fileRoots(saved.filter((uri) => this.parts.index.isTagged(uri.toString())));
      if (roots.length === 0) continue;
      await this.parts.activity.run('working', vscode.l10n.t('Tagging the saved document'), async (job) => {
        await this.perform(job, roots, { exclusive: false });
      });
    }
  }

  private async run(
    title: string,
    roots: readonly FindRoot[],
    before?: (job: JobHandle) => Promise<void>,
  ): Promise<void> {
    if (this.active !== null || this.starting) {
      this.parts.reporter.notice(vscode.l10n.t('A run is going on already. Stop it, or wait for its end.'));
      return;
    }
    this.starting = true;
    this.pauseWanted = false;
    this.begun.fire();
    const { activity, feed, labelSets } = this.parts;
    const startedMs = Date.now();
    let finished: FinishedRun | null = null;
    try {
      labelSets.active();
      // Rows of the labels before would only vanish under the run.
      await labelSets.settled();
      await activity.run('running', title, async (job) => {
        feed.setProgress(asViewProgress(null));
        await feed.show();
        await before?.(job);
        const { state, stats } = await this.perform(job, roots, {
          onProgress: (progress) => {
            this.tell(job, progress);
          },
        });
        if (state === 'finished') finished = { stats, roots, tookMs: Date.now() - startedMs };
      });
      void this.parts.doubts.afterRun();
    } finally {
      this.starting = false;
      this.active = null;
      feed.setProgress(null);
      this.ended.fire({ finished });
    }
  }

  dispose(): void {
    this.begun.dispose();
    this.ended.dispose();
  }

  private async perform(
    job: JobHandle,
    roots: readonly FindRoot[],
    special: Pick<RunOptions, 'exclusive' | 'onProgress' | 'onSkips' | 'priority' | 'retryFailed'>,
  ): Promise<RunProgress> {
    const { tree, taught, config, labelSets, file, index, reporter } = this.parts;
    const startedMs = Date.now();
    const store = await file.open();
    // With the model known, what is kept of another model shows as stale from the beginning.
    await this.describeModel(job.signal);
    // Not before: another model takes its lessons from the set.
    const set = labelSets.active();
    await (special.exclusive === false ? index.ready() : index.refresh());
    const options = runOptions(config, set, roots);
    const { hash } = taskIdentity(set, options.chunkTokens);
    const dirty = new DirtyTexts();
    try {
      const run = new WorkspaceRun(
        { tree, store, classifier: await taught.of(set, job.signal) },
        {
          ...options,
          ...special,
          signal: job.signal,
          read: readOptions(config, dirty),
          onDocuments: (documents) => {
            index.committed(hash, documents, startedMs);
          },
          onSkips: (skips) => {
            index.skipped(hash, skips);
            special.onSkips?.(skips);
          },
          onRemoved: (uris) => {
            index.remove(uris);
          },
          onWarning: (error) => {
            reporter.silently(error);
          },
        },
      );
      if (special.exclusive !== false) {
        this.active = { run, job };
        if (this.pauseWanted) run.pause();
      }
      const stats = await run.start();
      const { modelChange } = run.progress;
      if (modelChange !== null) reporter.done(`${modelChangeText(modelChange)}.`);
      if (special.exclusive !== false) await index.pruneSkips(hash);
      if (run.progress.state === 'finished' && run.progress.total === 0 && special.exclusive !== false)
        reporter.notice(
          vscode.l10n.t('No document was found to tag. “glitag.include” and “glitag.exclude” decide which ones are.'),
          { title: vscode.l10n.t('Open Settings'), id: 'glitag.openSettings' },
        );
      reporter.done(
        `run ${run.progress.state}: ${stats.classified} classified, ${stats.reused} reused, ${stats.relabelled} relabelled, ${stats.skipped} skipped, ${stats.removed} removed`,
      );
      return run.progress;
    } finally {
      dirty.dispose();
    }
  }

  /** The model of the label set in use, which may become another one while it is loaded. */
  private async describeModel(signal: AbortSignal): Promise<void> {
    const { labelSets, models } = this.parts;
    for (;;) {
      const model = models.of(labelSets.active().model);
      await model.describe(signal);
      if (models.of(labelSets.active().model) === model) return;
    }
  }

  private tell(job: JobHandle, progress: RunProgress): void {
    if (progress.state !== 'running' && progress.state !== 'paused') return;
    job.paused(progress.state === 'paused');
    job.progress({ done: progress.done, total: progress.total });
    this.parts.feed.setProgress(asViewProgress(progress));
  }
}

function asViewProgress(progress: RunProgress | null): ViewProgress {
  if (progress === null) return { done: 0, total: 0, documentsPerSecond: 0, secondsLeft: null, state: 'running' };
  const { done, total, documentsPerSecond, secondsLeft, modelChange } = progress;
  const state = progress.state === 'paused' ? 'paused' : 'running';
  const reason = modelChange === null ? {} : { reason: modelChangeText(modelChange) };
  return { done, total, documentsPerSecond, secondsLeft, state, ...reason };
}

/** They are no files, so that no run meets them. */
function untitledDocuments(): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter((document) => document.isUntitled && document.getText().trim() !== '');
}

async function pickFolder(): Promise<readonly vscode.Uri[]> {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: vscode.l10n.t('Tag Folder'),
    ...(first ? { defaultUri: first.uri } : {}),
  });
  return picked ?? [];
}
