// Classifies texts of documents and puts the results where the view shows them.
import * as vscode from 'vscode';
import type { Activity, JobHandle } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { SessionResults } from '../results/sessionResults';
import type { Tagger } from './tagger';
import type { SourceText } from './editorTexts';

/** How results are brought before the user's eyes. */
export interface ResultStage {
  /** Shows the view, without taking the keyboard focus, and opens the row. */
  reveal(id: string): Promise<void>;
}

export class TextClassifier {
  constructor(
    private readonly tagger: Tagger,
    private readonly labelSets: LabelSets,
    private readonly results: SessionResults,
    private readonly activity: Activity,
    private readonly stage: ResultStage,
  ) {}

  /**
   * Classifies what `gather` returns and shows it. False where there was no text. Reading belongs to the work that progress
   * is shown for and that can be stopped. Throws AppError.
   */
  async classify(title: string, gather: (job: JobHandle) => Promise<readonly SourceText[]>): Promise<boolean> {
    const set = this.labelSets.active();
    return this.activity.run('working', title, async (job) => {
      const texts = await gather(job);
      if (texts.length === 0 || job.signal.aborted) return job.signal.aborted;
      if (texts.length > 1) job.progress({ done: 0, total: texts.length });
      const outcomes = await this.tagger.score(
        texts.map(({ id, text, breaks }) => ({ id, text, ...(breaks.length > 0 ? { breaks } : {}) })),
        set,
        {
          signal: job.signal,
          onProgress: (done) => {
            if (texts.length > 1) job.progress({ done, total: texts.length });
          },
        },
      );
      this.results.put(
        texts.flatMap((source, index) => {
          const outcome = outcomes[index];
          return outcome ? [{ ...source, outcome }] : [];
        }),
      );
      const [first] = texts;
      if (first) await this.stage.reveal(first.id);
      return true;
    });
  }
}

/** Says in one sentence that there is nothing to classify. */
export function nothingToClassify(): string {
  return vscode.l10n.t('There is no text to classify: the document is empty.');
}
