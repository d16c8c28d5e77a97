// What people decide in the view, from the palette and in editors: accept, reject, move, add, none fits, take back.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { LabelSet } from '../../core/labelSet';
import { isUndecided } from '../../core/review/reviewOrder';
import { moveStep, noneFitsStep, stepName, type DecisionStep } from '../../core/review/steps';
import type { AppliedStep } from '../../workspace/decisions/decisionStore';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { RowTarget } from '../../shared/viewMessages';
import type { Decisions } from './decisions';
import type { RowSteps } from './rowSteps';
import { moveTarget, type Targets } from './targets';

const messageMs = 6_000;

export class Deciding {
  constructor(
    private readonly targets: Targets,
    private readonly steps: RowSteps,
    private readonly decisions: Decisions,
    private readonly labelSets: LabelSets,
    private readonly reporter: Reporter,
  ) {}

  async accept(rows: readonly RowTarget[]): Promise<void> {
    await this.decide(await this.steps.accept(rows));
  }

  async reject(rows: readonly RowTarget[]): Promise<void> {
    await this.decide(await this.steps.reject(rows));
  }

  async move(rows: readonly RowTarget[]): Promise<void> {
    // The label is one of this set, whatever set is in use when it is picked.
    const { labels } = this.labelSets.shown();
    const tags = (await this.targets.tags(rows, isUndecided)).filter(({ tag }) => tag !== null);
    if (tags.length === 0) {
      this.sayNothing();
      return;
    }
    const own = new Set(tags.map(({ label }) => label));
    const label = await this.pickLabel(
      labels,
      tags.length === 1
        ? vscode.l10n.t('Move “{0}” to', tags[0]?.label ?? '')
        : vscode.l10n.t('Move {0} tags to', wholeNumber(tags.length)),
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
    // The label is one of this set, whatever set is in use when it is picked.
    const { name: set, labels } = this.labelSets.shown();
    const places = await this.targets.places(rows);
    if (places.length === 0) {
      this.sayNothing();
      return;
    }
    const [only] = places;
    const known = places.length === 1 && only ? this.targets.liveTagsOf(only.id).map(({ label }) => label) : [];
    const title =
      places.length === 1
        ? vscode.l10n.t('Add a Tag')
        : vscode.l10n.t('Add a Tag to {0} Documents', wholeNumber(places.length));
    const label = await this.pickLabel(labels, title, new Set(known));
    if (label !== undefined) await this.decide(this.steps.add(places, set, label));
  }

  async noneFits(rows: readonly RowTarget[]): Promise<void> {
    const { name: set } = this.labelSets.shown();
    const places = await this.targets.places(rows);
    await this.decide(noneFitsStep(places.map(({ place }) => ({ ...place, set }))));
  }

  async takeBack(rows: readonly RowTarget[]): Promise<void> {
    await this.decide(await this.steps.takeBack(rows));
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

  private async pickLabel(
    labels: LabelSet['labels'],
    title: string,
    without: ReadonlySet<string>,
  ): Promise<string | undefined> {
    const offered = labels.filter(({ name }) => !without.has(name));
    const items = offered.map(({ name, description }) => ({
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
        : vscode.l10n.t('{0} ({1} decided in another window since stay as they are)', message, wholeNumber(kept)),
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
