// A note in the view once decisions suggest better thresholds: what they would be worth, and the way to the report. Never silent,
// and sent away for good until there are twice as many decisions.
import * as vscode from 'vscode';
import { proposingThresholds } from '../../core/evaluation/calibrate/proposal';
import { matrixOf, rulesOf } from '../../core/evaluation/evaluatedSet';
import { inSlices } from '../../workspace/flow/inSlices';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { IndexHome } from '../results/indexHome';
import type { Decisions } from '../review/decisions';
import type { Note } from '../view/viewNotes';
import type { DecidedTexts } from './decidedTexts';
import { gainText } from './proposalWords';

const memoryKey = 'dismissedThresholds';
/** Whoever decides does so again within this time; scores are looked at when there is a pause. */
const pauseMs = 1_500;

export interface ThresholdOfferParts {
  readonly labelSets: LabelSets;
  readonly decisions: Decisions;
  readonly index: IndexHome;
  readonly texts: DecidedTexts;
  /** `workspaceState`: what was sent away stays away in later windows. */
  readonly memory: vscode.Memento;
  readonly reporter: Reporter;
  readonly tell: (notes: readonly Note[]) => void;
  readonly show: () => Promise<void>;
}

export class ThresholdOffer implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking = new AbortController();

  constructor(private readonly parts: ThresholdOfferParts) {
    const soon = () => {
      this.lookSoon();
    };
    const { decisions, index, labelSets } = parts;
    this.subscription = vscode.Disposable.from(
      decisions.onDidChange(soon),
      index.onDidRead(soon),
      labelSets.onDidChange(() => {
        // What was said of other labels, or other thresholds, is no longer true.
        parts.tell([]);
        soon();
      }),
    );
  }

  dispose(): void {
    this.looking.abort();
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private lookSoon(): void {
    // What was decided is learned from first: the model has no time for decisions of before.
    this.looking.abort();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.looking = new AbortController();
      const { signal } = this.looking;
      this.look(signal).catch((error: unknown) => {
        if (!signal.aborted) this.parts.reporter.silently(error);
      });
    }, pauseMs);
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { decisions, labelSets, memory, reporter, show, tell, texts } = this.parts;
    const { active } = labelSets.read();
    // Nobody asked for it: no reason to start a model. Whoever decides on something has it started.
    if (!active || !decisions.isWanted || texts.wakesModel(active)) return;
    const { rows } = await texts.rows(active, false, signal);
    signal.throwIfAborted();
    if (active !== labelSets.read().active) return;
    const decided = rows.reduce((sum, { labels }) => sum + labels.length, 0);
    const matrix = matrixOf(rows, active);
    const dismissed = memory.get<Readonly<Record<string, number>>>(memoryKey, {});
    const isAsked = decided >= 2 * (dismissed[active.name] ?? 0);
    const proposal = isAsked ? await inSlices(proposingThresholds(matrix, rulesOf(active))) : null;
    signal.throwIfAborted();
    if (!proposal?.isBetter) {
      tell([]);
      return;
    }
    const away = async () => {
      tell([]);
      await memory.update(memoryKey, { ...dismissed, [active.name]: decided });
    };
    const text = vscode.l10n.t('Your decisions suggest other thresholds: {0}.', gainText(proposal));
    const run = () => {
      show().catch((error: unknown) => {
        reporter.error(error);
      });
    };
    tell([{ id: active.name, severity: 'info', text, action: { title: vscode.l10n.t('Show'), run }, dismiss: away }]);
  }
}
