// What people decide in the view, from the palette and in editors: accept, reject, move, add, none fits, take back.
import * as vscode from 'vscode';
import { isUndecided } from '../../core/review/reviewOrder';
import {
  acceptStep,
  addStep,
  moveStep,
  noneFitsStep,
  rejectStep,
  stepName,
  takeBackStep,
  type DecisionStep,
} from '../../core/review/steps';
import type { AppliedStep } from '../../workspace/decisions/decisionStore';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { RowTarget } from '../../shared/viewMessages';
import type { Decisions } from './decisions';
import { moveTarget, tagTarget, type Targets } from './targets';

const messageMs = 6_000;

export class Deciding {
  constructor(
    private readonly targets: Targets,
    private readonly decisions: Decisions,
    private readonly labelSets: LabelSets,
    private readonly reporter: Reporter,
  ) {}

  /** A label that is no tag is added. */
  async accept(rows: readonly RowTarget[]): Promise<void> {
    const found = await this.targets.tags(rows, isUndecided);
    const wanted = found.filter(({ tag }) => tag === null || tag.state === 'rejected' || isUndecided(tag));
    const [tags, others] = [wanted.filter(({ tag }) => tag !== null), wanted.filter(({ tag }) => tag === null)];
    const step = acceptStep(tags.map(tagTarget));
    const added = others.flatMap(({ place, set, label }) => addStep([place], set, label).decisions);
    await this.decide({
      title: { action: 'accept', count: wanted.length },
      decisions: [...step.decisions, ...added],
    });
  }

  /** What somebody added goes. */
  async reject(rows: readonly RowTarget[]): Promise<void> {
    const found = await this.targets.tags(rows, isUndecided);
    const wanted = found.filter(({ tag }) => tag?.state !== 'rejected' || tag.conflict === true);
    const added = wanted.filter(({ tag }) => tag?.state === 'added' && tag.conflict !== true);
    const others = wanted.filter((target) => !added.includes(target));
    await this.decide({
      title: { action: 'reject', count: wanted.length },
      decisions: [...rejectStep(others.map(tagTarget)).decisions, ...takeBackStep(added.map(tagTarget)).decisions],
    });
  }

  async move(rows: readonly RowTarget[]): Promise<void> {
    const tags = (await this.targets.tags(rows, isUndecided)).filter(({ tag }) => tag !== null);
    if (tags.length === 0) {
      this.sayNothing();
      return;
    }
    const own = new Set(tags.map(({ label }) => label));
    const label = await this.pickLabel(
      tags.length === 1
        ? vscode.l10n.t('Move “{0}” to', tags[0]?.label ?? '')
        : vscode.l10n.t('Move {0} tags to', tags.length.toLocaleString()),
      own.size === 1 ? own : new Set(),
    );
    if (label === undefined) return;
    const moved = tags.filter((target) => target.label !== label);
    await this.decide(
      moveStep(
        moved.map((target) => moveTarget(target, this.isProposed(target.id, label))),
        label,
      ),
    );
  }

  async add(rows: readonly RowTarget[]): Promise<void> {
    const { name: set } = this.labelSets.shown();
    const places = await this.targets.places(rows);
    if (places.length === 0) {
      this.sayNothing();
      return;
    }
    const there = (id: string) => this.targets.tagsOf(id).filter(({ state }) => state !== 'rejected');
    const known = places.length === 1 ? there(places[0]?.id ?? '').map(({ label }) => label) : [];
    const title =
      places.length === 1
        ? vscode.l10n.t('Add a Tag')
        : vscode.l10n.t('Add a Tag to {0} Documents', places.length.toLocaleString());
    const label = await this.pickLabel(title, new Set(known));
    if (label === undefined) return;
    const lacking = places.filter(({ id }) => !there(id).some((tag) => tag.label === label));
    await this.decide(
      addStep(
        lacking.map(({ place }) => place),
        set,
        label,
      ),
    );
  }

  async noneFits(rows: readonly RowTarget[]): Promise<void> {
    const { name: set } = this.labelSets.shown();
    const places = await this.targets.places(rows);
    await this.decide(noneFitsStep(places.map(({ place }) => ({ ...place, set }))));
  }

  /** A tag that “none fits” rejects has no decision of its own: that one is taken back then. */
  async takeBack(rows: readonly RowTarget[]): Promise<void> {
    const { name: set, labels } = this.labelSets.shown();
    const taken = [];
    for (const row of rows) {
      const one = row.label === null ? undefined : labels[row.label]?.name;
      for (const { place } of await this.targets.places([row])) {
        const passage = JSON.stringify(place.passage);
        const decided = this.decisions.of(place, set).filter((other) => JSON.stringify(other.passage) === passage);
        const own = decided.filter(({ label }) => one === undefined || label === one);
        const keys = own.length > 0 ? own : decided.filter(({ label }) => label === null);
        for (const label of new Set(keys.map((key) => key.label))) taken.push({ ...place, set, label });
      }
    }
    await this.decide(takeBackStep(taken));
  }

  async undo(): Promise<void> {
    const step = await this.decisions.undo();
    if (step) this.say(vscode.l10n.t('Undone: {0}', stepName(step.title)), step);
    else this.tell(vscode.l10n.t('There is no decision to undo.'));
  }

  async redo(): Promise<void> {
    const step = await this.decisions.redo();
    if (step) this.say(vscode.l10n.t('Done again: {0}', stepName(step.title)), step);
    else this.tell(vscode.l10n.t('There is no decision to redo.'));
  }

  async decide(step: DecisionStep): Promise<void> {
    if (step.decisions.length === 0) {
      this.sayNothing();
      return;
    }
    const applied = await this.decisions.decide(step);
    if (applied.changed === 0) this.sayNothing();
    else this.say(vscode.l10n.t('Done: {0}. “Undo Decision” takes it back.', stepName(applied.title)), applied);
  }

  private isProposed(id: string, label: string): boolean {
    return this.targets.tagsOf(id).some((tag) => tag.label === label && tag.state === 'proposed');
  }

  private async pickLabel(title: string, without: ReadonlySet<string>): Promise<string | undefined> {
    const labels = this.labelSets.shown().labels.filter(({ name }) => !without.has(name));
    const items = labels.map(({ name, description }) => ({
      label: name,
      iconPath: new vscode.ThemeIcon('tag'),
      ...(description === undefined ? {} : { detail: description }),
    }));
    return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.label;
  }

  private say(message: string, { kept }: AppliedStep): void {
    this.tell(
      kept === 0
        ? message
        : vscode.l10n.t('{0} ({1} decided in another window since stay as they are)', message, kept.toLocaleString()),
    );
  }

  private sayNothing(): void {
    this.tell(vscode.l10n.t('There is nothing here to decide on: tag it first, and save a new document.'));
  }

  private tell(message: string): void {
    this.reporter.done(message);
    vscode.window.setStatusBarMessage(message, messageMs);
  }
}
