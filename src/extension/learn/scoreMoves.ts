// What decisions did to the score that somebody looks at: the model is asked how it would be without each of them.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import { placeText } from '../../core/review/decidedPlaces';
import { isNoticeable, type Mover } from '../../core/review/scoreMoves';
import type { Classifier } from '../../shared/classifier';
import { scoreMove } from '../../shared/scoresWithout';
import { taskOf } from '../../shared/task';
import type { MovedScore } from '../../shared/viewMessages';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions } from '../review/decisions';
import type { IndexFile } from '../workspace/indexFile';

export interface ScoreMovesParts {
  readonly labelSets: Pick<LabelSets, 'read'>;
  readonly decisions: Pick<Decisions, 'documents' | 'of' | 'keys'>;
  readonly file: Pick<IndexFile, 'current'>;
  readonly models: { of(model: string | undefined): Pick<Classifier, 'rescore'> };
  readonly reporter: Pick<Reporter, 'silently'>;
}

export class ScoreMoves {
  private asked = new AbortController();

  constructor(private readonly parts: ScoreMovesParts) {}

  /**
   * Tells nothing where nothing was learned that is about the score, and where another score was asked about meanwhile. Never throws:
   * nobody asked for this in so many words, so that a failure goes to the log.
   * @param id URI of a document of the index.
   * @param label Its position in the set in use.
   */
  async tell(id: string, label: number, tell: (moved: MovedScore) => void): Promise<void> {
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const { labelSets, reporter } = this.parts;
    const state = labelSets.read();
    try {
      const moved = state.active && (await this.moved(id, label, state.active, signal));
      if (moved && !signal.aborted && labelSets.read() === state) tell(moved);
    } catch (error) {
      if (!signal.aborted) reporter.silently(error);
    }
  }

  private async moved(id: string, label: number, set: LabelSet, signal: AbortSignal): Promise<MovedScore | null> {
    const { file, models } = this.parts;
    const key = file.current;
    if (!set.examples.some(({ kept }) => kept) || key?.model == null) return null;
    const text = key.store.keptText(id, key.task, key.model);
    if (!text) return null;
    const move = await scoreMove(models.of(set.model), text.vectors, taskOf(set), label, {
      signal,
      priority: 'interactive',
    });
    if (!move || (move.movers.length === 0 && !isNoticeable(move.after - move.before))) return null;
    return { before: move.before, by: this.named(move.movers, set, label, id) };
  }

  /** `own`: URI of the document that has the score. */
  private named(movers: readonly Mover[], set: LabelSet, label: number, own: string): MovedScore['by'] {
    const name = set.labels[label]?.name ?? '';
    return movers.flatMap(({ example, change }) => {
      const { kept, labels = [], rejected = [] } = set.examples[example] ?? {};
      const title = kept && this.titleOf(kept.hash, set.name, own);
      const carries = labels.includes(name) ? true : rejected.includes(name) ? false : null;
      return title === undefined ? [] : [{ title, carries, change }];
    });
  }

  /** The decided document with this text. */
  private titleOf(hash: string, set: string, own: string): string | undefined {
    const { decisions } = this.parts;
    for (const key of decisions.documents(set)) {
      if (!decisions.of(key, set).some(({ passage, textHash }) => passage === null && textHash === hash)) continue;
      return decisions.keys.uriOf(key) === own ? vscode.l10n.t('this document') : placeText(key);
    }
    return undefined;
  }
}
