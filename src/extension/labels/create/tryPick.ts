// The quick pick in which labels are typed and tried: scores while typing, thresholds in steps with the tags that would come.
import * as vscode from 'vscode';
import type { LabelSet } from '../../../core/labelSet';
import { parseLabelSets } from '../../../core/parseLabelSets';
import { scoreText } from '../../../core/scoreText';
import { parseTypedLabels } from '../../../core/typedLabels';
import { asAppError } from '../../../shared/errors';
import { nextStep, stepRows, tryRows, type Tried, type TryRow } from './tryRows';
import type { Tryout } from './tryout';
import { labelsText } from '../../host/countWords';

/** What is written so far. */
export interface Draft {
  /** Labels as they are typed (core/typedLabels). */
  readonly text: string;
  readonly mode?: LabelSet['mode'];
  /** Absent: the mode's own. */
  readonly threshold?: number;
}

type Answer = { readonly draft: Draft; readonly entry: object } | 'back' | null;

interface TryItem extends vscode.QuickPickItem {
  readonly does?: 'save' | 'thresholds';
  readonly threshold?: number;
}

const typingPauseMs = 150;

/** The entry of `glitag.labelSets` that the draft makes. */
export function entryOf({ text, mode, threshold }: Draft): object {
  const { labels, exclusive } = parseTypedLabels(text);
  return {
    labels,
    ...(mode === undefined ? {} : { mode }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(exclusive.length === 0 ? {} : { exclusive }),
  };
}

/** Resolves with the draft to be saved, `back`, or null where the user closed it. */
export async function tryLabels(draft: Draft, tryout: Promise<Tryout>): Promise<Answer> {
  const pick = vscode.window.createQuickPick<TryItem>();
  try {
    return await new Promise<Answer>((resolve) => {
      new TryPick(pick, draft, tryout, resolve).start();
    });
  } finally {
    pick.dispose();
  }
}

class TryPick {
  private choosing = false;
  private tried: readonly Tried[] = [];
  private triedSet: LabelSet | null = null;
  private failure: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private abort = new AbortController();
  /** Null until the texts are there. */
  private texts: Tryout | null = null;
  private readonly lower = button('remove', vscode.l10n.t('Lower Threshold'));
  private readonly higher = button('add', vscode.l10n.t('Higher Threshold'));

  constructor(
    private readonly pick: vscode.QuickPick<TryItem>,
    private draft: Draft,
    private readonly tryout: Promise<Tryout>,
    private readonly resolve: (answer: Answer) => void,
  ) {}

  start(): void {
    const { pick } = this;
    pick.title = vscode.l10n.t('New Label Set: try it');
    pick.step = 2;
    pick.totalSteps = 3;
    pick.placeholder = vscode.l10n.t(
      'For example: urgent; topic: planning, hiring (new people); tone (one of): calm, angry',
    );
    pick.ignoreFocusOut = true;
    pick.keepScrollPosition = true;
    pick.buttons = [vscode.QuickInputButtons.Back, this.lower, this.higher];
    pick.value = this.draft.text;
    pick.onDidChangeValue((text) => {
      this.draft = { ...this.draft, text };
      this.choosing = false;
      this.soon();
    });
    pick.onDidTriggerButton((pressed) => {
      if (pressed === vscode.QuickInputButtons.Back) this.end('back');
      else this.setThreshold(nextStep(this.threshold, pressed === this.higher ? 1 : -1));
    });
    pick.onDidAccept(() => {
      this.accept(pick.selectedItems[0]);
    });
    pick.onDidHide(() => {
      this.end(null);
    });
    this.draw();
    pick.show();
    void this.score();
  }

  private get set(): LabelSet | null {
    return parseLabelSets({ new: entryOf(this.draft) }).sets[0] ?? null;
  }

  private get threshold(): number {
    return this.set?.threshold ?? this.draft.threshold ?? 0.5;
  }

  private end(answer: Answer): void {
    clearTimeout(this.timer);
    this.abort.abort();
    this.resolve(answer);
  }

  private accept(item: TryItem | undefined): void {
    if (item?.threshold !== undefined) this.setThreshold(item.threshold);
    else if (item?.does === 'thresholds') {
      this.choosing = true;
      this.draw();
    } else if (item?.does === 'save' && this.set) this.end({ draft: this.draft, entry: entryOf(this.draft) });
  }

  private setThreshold(threshold: number): void {
    this.draft = { ...this.draft, threshold };
    this.choosing = false;
    // The same scores, decided anew.
    this.draw();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.abort.abort();
    this.timer = setTimeout(() => {
      void this.score();
    }, typingPauseMs);
  }

  private async score(): Promise<void> {
    const { set } = this;
    const abort = (this.abort = new AbortController());
    this.pick.busy = set !== null;
    try {
      this.texts = await this.tryout;
      const tried = set ? await this.texts.score(set, abort.signal) : [];
      if (abort.signal.aborted) return;
      this.tried = tried;
      this.triedSet = set;
      this.failure = null;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.tried = [];
      this.failure = asAppError(error, 'inference-failed').message;
    }
    this.pick.busy = false;
    this.draw();
  }

  private draw(): void {
    const { pick } = this;
    const active = pick.activeItems[0];
    pick.items = this.choosing && this.set ? this.items(stepRows(this.tried, this.set)) : this.overview();
    // New scores must not put the cursor on another row, where the next Enter would do something else.
    const same =
      active && pick.items.find(({ does, label }) => (active.does ? does === active.does : label === active.label));
    if (same) pick.activeItems = [same];
  }

  private overview(): TryItem[] {
    const { set } = this;
    const always = { alwaysShow: true };
    if (!set) {
      const [problem] = parseLabelSets({ new: entryOf(this.draft) }).problems;
      const nothing = parseTypedLabels(this.draft.text).labels;
      const empty = Array.isArray(nothing) && nothing.length === 0;
      const label = empty ? vscode.l10n.t('Type labels, separated by commas') : (problem?.message ?? '');
      return [{ ...always, label, iconPath: new vscode.ThemeIcon('info') }];
    }
    const rows = this.triedSet ? tryRows(this.tried, { ...this.triedSet, threshold: set.threshold }) : [];
    return [
      {
        ...always,
        label: vscode.l10n.t('Save this label set'),
        description: labelsText(set.labels.length),
        iconPath: new vscode.ThemeIcon('save'),
        does: 'save',
      },
      {
        ...always,
        label: vscode.l10n.t('Threshold {0}', scoreText(set.threshold)),
        description: vscode.l10n.t('choose another one, and see which tags would come'),
        iconPath: new vscode.ThemeIcon('settings'),
        does: 'thresholds',
      },
      ...this.items(rows),
      ...(this.failure === null ? [] : [{ ...always, label: this.failure, iconPath: new vscode.ThemeIcon('error') }]),
      ...(this.texts?.isEmpty
        ? [
            {
              ...always,
              label: vscode.l10n.t('Open a document to try the labels on'),
              iconPath: new vscode.ThemeIcon('info'),
            },
          ]
        : []),
    ];
  }

  private items(rows: readonly TryRow[]): TryItem[] {
    return rows.map(({ kind, label, description, threshold }): TryItem => {
      const icon = { tag: 'tag', score: 'blank', text: 'file', step: 'blank' }[kind];
      return {
        label,
        description,
        alwaysShow: true,
        iconPath: new vscode.ThemeIcon(threshold === this.threshold ? 'check' : icon),
        ...(threshold === undefined ? {} : { threshold }),
      };
    });
  }
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}
