// The user's label sets, parsed, and which of them is in use.
import * as vscode from 'vscode';
import type { Example, LabelSet } from '../../core/labelSet';
import type { LabelSetProblem } from '../../core/labelSetProblems';
import { parseLabelSets, type KnownModels } from '../../core/parseLabelSets';
import { AppError, asAppError } from '../../shared/errors';
import { taskKey, taskOf } from '../../shared/task';
import type { SettingName } from '../host/names';
import type { Config } from '../settings/config';

export interface LabelSetState {
  readonly sets: readonly LabelSet[];
  /**
   * The set in use; null where there is none that can be used. While it is being edited and has a mistake, what is shown stays
   * under the labels that it had before.
   */
  readonly active: LabelSet | null;
  /** Why nothing can be tagged, in words; null where it can. */
  readonly problem: string | null;
  /** Every mistake of every set; those that are only warnings keep no set from being used. */
  readonly problems: readonly LabelSetProblem[];
  /** Sets that cannot be used, with the first reason. */
  readonly broken: readonly LabelSetProblem[];
}

const deciding: readonly SettingName[] = ['labelSets', 'activeLabelSet', 'models'];

export type Prepare = (to: LabelSet, before: LabelSet, signal: AbortSignal) => Promise<void>;

export class LabelSets implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<LabelSetState>();
  private readonly subscription: vscode.Disposable;
  private state: LabelSetState | null = null;
  private readonly preparations: Prepare[] = [];
  /** A set that is in use and not shown yet. */
  private switching: {
    readonly to: LabelSetState;
    readonly abort: AbortController;
    readonly done: Promise<void>;
  } | null = null;
  /** The set that was in use last. */
  private before: LabelSet | null = null;
  /** What decisions teach, by the name of the set; `key`: of the set as it was written then. */
  private readonly lessons = new Map<string, { readonly key: string; readonly examples: readonly Example[] }>();

  /** Names that sets may give as their model. */
  readonly models: KnownModels = () => this.config.modelNames();
  /** Fires when the sets, or which of them is in use, may have changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly config: Config,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscription = config.onDidChange((names) => {
      if (!names.some((name) => deciding.includes(name))) return;
      this.take(this.taught(this.parse()));
    });
  }

  /**
   * What has to be done before another set's labels are shown, so that there is something to show: until then everybody is told
   * the labels before. A failure is logged, and ends the waiting.
   */
  beforeSwitch(prepare: Prepare): void {
    this.preparations.push(prepare);
  }

  /** Resolves when the set in use is the one that is shown. */
  async settled(): Promise<void> {
    while (this.switching) await this.switching.done;
  }

  /** Parsed at first use and kept until a setting changes. */
  read(): LabelSetState {
    this.state ??= this.taught(this.parse());
    return this.state;
  }

  /** The set in use as it is written, without what decisions teach. */
  get written(): LabelSet | null {
    const { active } = this.switching?.to ?? this.read();
    // Settings give texts; only decisions come as vectors that are kept.
    return active && { ...active, examples: active.examples.filter(({ kept }) => !kept) };
  }

  /**
   * What decisions teach the set (one that `written` gave): examples of its own from now on, while the model is asked the same.
   * Resolves when that is shown; nothing is told before.
   */
  async teach(set: LabelSet, examples: readonly Example[]): Promise<void> {
    this.lessons.set(set.name, { key: keyOf(set), examples });
    const now = this.switching?.to ?? this.read();
    const { written } = this;
    if (now.active && written) {
      const to = this.taught({ ...now, active: written });
      if (to.active && keyOf(to.active) !== keyOf(now.active)) this.take(to, false);
    }
    await this.settled();
  }

  /** The set to tag with; what is shown follows a moment later. Throws AppError `label-set-invalid` that says what to change. */
  active(): LabelSet {
    return usable(this.switching?.to ?? this.read());
  }

  /** The set whose labels are shown: what rows and decisions on them are about. Throws as `active`. */
  shown(): LabelSet {
    return usable(this.read());
  }

  /** Resolves when the set is shown. */
  async choose(name: string): Promise<void> {
    await this.config.setActiveLabelSet(name);
    await this.settled();
  }

  /** `tells`: all but the labels may have changed too, and counts at once. */
  private take(to: LabelSetState, tells = true): void {
    this.switching?.abort.abort();
    this.switching = null;
    const before = this.state?.active ?? null;
    const { active } = to;
    if (!before || !active || keyOf(before) === keyOf(active)) {
      this.publish(to);
      return;
    }
    const abort = new AbortController();
    const done = this.prepare(active, before, abort.signal).then(() => {
      if (abort.signal.aborted) return;
      this.switching = null;
      this.publish(to);
    });
    this.switching = { to, abort, done };
    if (tells) this.publish({ ...to, active: before });
  }

  private taught(state: LabelSetState): LabelSetState {
    const { active } = state;
    const lesson = this.lessons.get(active?.name ?? '');
    if (!active || lesson?.key !== keyOf(active)) return state;
    return { ...state, active: { ...active, examples: [...active.examples, ...lesson.examples] } };
  }

  private publish(state: LabelSetState): void {
    this.state = state;
    this.changed.fire(state);
  }

  private async prepare(to: LabelSet, before: LabelSet, signal: AbortSignal): Promise<void> {
    const all = await Promise.allSettled(this.preparations.map((prepare) => prepare(to, before, signal)));
    for (const one of all)
      if (one.status === 'rejected' && !signal.aborted)
        this.log.error(`Results could not be taken over to the label set: ${String(one.reason)}`);
  }

  private parse(): LabelSetState {
    const { sets, problems } = parseLabelSets(this.config.labelSets(), this.models);
    for (const { message } of problems) this.log.warn(message);
    const errors = problems.filter(({ warning }) => !warning);
    const broken = errors.filter(({ set }, index) => errors.findIndex((other) => other.set === set) === index);
    const known = { sets, problems, broken };
    let wanted: string;
    try {
      wanted = this.config.get('activeLabelSet');
    } catch (error) {
      // The state is read while the extension starts: a wrong value is a problem to show, not a reason not to start.
      return { ...known, active: null, problem: asAppError(error, 'setting-invalid').message };
    }
    const before = this.before;
    const edited = broken.find(({ set }) => set === before?.name && (wanted === '' || wanted === set));
    if (before && edited) return { ...known, active: before, problem: edited.message };
    const active = wanted === '' ? sets[0] : sets.find(({ name }) => name === wanted);
    if (active) {
      this.before = active;
      return { ...known, active, problem: null };
    }
    const own = broken.find(({ set }) => wanted === '' || set === wanted);
    return { ...known, active: null, problem: own?.message ?? missing(wanted) };
  }

  dispose(): void {
    this.switching?.abort.abort();
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function usable({ active, problem }: LabelSetState): LabelSet {
  if (active && problem === null) return active;
  throw new AppError('label-set-invalid', problem ?? vscode.l10n.t('There is no label set.'));
}

/** Equal where the same model is asked the same, so that only decisions differ. */
function keyOf(set: LabelSet): string {
  return JSON.stringify([set.model ?? null, taskKey(taskOf(set))]);
}

function missing(wanted: string): string {
  if (wanted === '')
    return vscode.l10n.t(
      'There is no label set. Add one to “glitag.labelSets” in Settings; it offers skeletons to start from.',
    );
  return vscode.l10n.t(
    'The label set “{0}” is not among those of “glitag.labelSets”. Choose another one with “GLiTag: Choose Label Set”, or add it in Settings.',
    wanted,
  );
}
