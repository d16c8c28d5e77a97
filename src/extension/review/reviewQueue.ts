// "Next to Review" and "Previous to Review": through the tags that nobody has decided on, the least certain first, in the editor.
import * as vscode from 'vscode';
import {
  compareForReview,
  progressText,
  reviewOrder,
  reviewProgress,
  type ReviewItem,
} from '../../core/review/reviewOrder';
import { Breather } from '../../workspace/flow/breather';
import type { RowTarget } from '../../shared/viewMessages';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';
import { labelRow } from './targets';

export class ReviewQueue {
  /** Where one is; the tag may be decided by now. */
  private last: ReviewItem<string> | null = null;

  constructor(
    private readonly results: Results,
    private readonly labelSets: LabelSets,
    private readonly open: (row: RowTarget) => Promise<void>,
  ) {}

  async step(by: 1 | -1): Promise<void> {
    const set = this.labelSets.shown();
    const documents = [];
    const breather = new Breather();
    for (const id of this.results.idsWithParts()) {
      const tags = this.results.effective(id);
      if (tags) documents.push({ document: id, tags });
      if (breather.due) await breather.pause();
    }
    const order = reviewOrder(documents, set);
    const item = order[this.placeOf(order, by)];
    const progress = progressText(reviewProgress(documents));
    if (!item) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('Nothing is left to review: {0}.', progress), 6_000);
      return;
    }
    this.last = item;
    const label = set.labels.findIndex(({ name }) => name === item.tag.label);
    await this.open(labelRow(item.document, label));
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0}: {1}', item.tag.label, progress), 6_000);
  }

  /** Behind (or before) the last one; where that was decided, the first that is left behind its place. Round the ends. */
  private placeOf(order: readonly ReviewItem<string>[], by: 1 | -1): number {
    const { last } = this;
    if (!last) return by === 1 ? 0 : order.length - 1;
    const at = order.findIndex(({ document, tag }) => document === last.document && tag.label === last.tag.label);
    const behind = order.findIndex((item) => compareForReview(item, last) >= 0);
    const next = at === -1 ? (by === 1 ? behind : (behind === -1 ? order.length : behind) - 1) : at + by;
    if (next < 0) return by === 1 ? 0 : order.length - 1;
    return next < order.length ? next : 0;
  }
}
