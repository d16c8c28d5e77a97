// Classifies what a command was called for, each document where its results are at home, and brings the first one to sight.
import * as vscode from 'vscode';
import type { Skip } from '../../workspace/types';
import type { Activity, JobHandle } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { Runs } from '../workspace/runs';
import type { Doubts } from './doubts';
import type { SourceText } from './editorTexts';
import type { TextTagger } from './textTagger';

/** How results are brought before the user's eyes. */
export interface ResultStage {
  /** Shows the view, without taking the keyboard focus, and opens the row. */
  reveal(id: string): Promise<void>;
}

/** What is to be classified. */
export interface Wanted {
  readonly texts: readonly SourceText[];
  /** Files of the workspace as a whole: tagged as a run tags them, so that there is one result for one file. */
  readonly files: readonly vscode.Uri[];
}

export class TextClassifier {
  constructor(
    private readonly texts: TextTagger,
    private readonly runs: Runs,
    private readonly labelSets: LabelSets,
    private readonly activity: Activity,
    private readonly stage: ResultStage,
    private readonly doubts: Doubts,
  ) {}

  /**
   * Classifies what `gather` returns and shows it. Returns the files that could not be tagged; null where there was nothing to
   * classify. Reading belongs to the work that progress is shown for and that can be stopped. Throws AppError.
   */
  async classify(title: string, gather: (job: JobHandle) => Wanted | Promise<Wanted>): Promise<readonly Skip[] | null> {
    this.labelSets.active();
    return this.activity.run('working', title, async (job) => {
      const { texts, files } = await gather(job);
      const total = texts.length + files.length;
      if (job.signal.aborted) return [];
      if (total === 0) return null;
      const tell = (done: number) => {
        if (total > 1) job.progress({ done, total });
      };
      tell(0);
      await this.texts.tag(texts, { signal: job.signal, onProgress: tell });
      const skips = await this.runs.tagFiles(job, files, (done) => {
        tell(texts.length + done);
      });
      const first = texts[0]?.id ?? files[0]?.toString();
      if (first !== undefined) await this.stage.reveal(first);
      void this.doubts.afterTexts(texts, files);
      return skips;
    });
  }
}

/** Says in one sentence that there is nothing to classify. */
export function nothingToClassify(): string {
  return vscode.l10n.t('There is no text to classify: the document is empty.');
}
