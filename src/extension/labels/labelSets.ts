// The user's label sets, parsed, and which of them is in use.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import { parseLabelSets } from '../../core/parseLabelSets';
import { AppError, asAppError } from '../../shared/errors';
import type { Config } from '../settings/config';

export interface LabelSetState {
  readonly sets: readonly LabelSet[];
  /** The set in use; null where there is none that can be used. */
  readonly active: LabelSet | null;
  /** Why there is no set in use, in words; null where there is one. */
  readonly problem: string | null;
}

export class LabelSets implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<LabelSetState>();
  private readonly subscription: vscode.Disposable;
  private state: LabelSetState | null = null;

  /** Fires when the sets, or which of them is in use, may have changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly config: Config,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscription = config.onDidChange((names) => {
      if (!names.includes('labelSets') && !names.includes('activeLabelSet')) return;
      this.state = null;
      this.changed.fire(this.read());
    });
  }

  /** Parsed at first use and kept until a setting changes. */
  read(): LabelSetState {
    this.state ??= this.parse();
    return this.state;
  }

  /** The set in use. Throws AppError `label-set-invalid` that says what to change. */
  active(): LabelSet {
    const { active, problem } = this.read();
    if (active) return active;
    throw new AppError('label-set-invalid', problem ?? vscode.l10n.t('There is no label set.'));
  }

  async choose(name: string): Promise<void> {
    await this.config.setActiveLabelSet(name);
  }

  private parse(): LabelSetState {
    const { sets, problems } = parseLabelSets(this.config.labelSets());
    for (const { message } of problems) this.log.warn(message);
    let wanted: string;
    try {
      wanted = this.config.get('activeLabelSet');
    } catch (error) {
      // The state is read while the extension starts: a wrong value is a problem to show, not a reason not to start.
      return { sets, active: null, problem: asAppError(error, 'setting-invalid').message };
    }
    const active = wanted === '' ? sets[0] : sets.find(({ name }) => name === wanted);
    if (active) return { sets, active, problem: null };
    const own = problems.find(({ set }) => wanted === '' || set === wanted);
    return { sets, active: null, problem: own?.message ?? missing(wanted) };
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
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
