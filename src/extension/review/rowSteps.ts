// From rows to the step of decisions that a command, or another extension, makes of them.
import { isUndecided } from '../../core/review/reviewOrder';
import { acceptStep, addStep, rejectStep, takeBackStep, type DecisionStep } from '../../core/review/steps';
import type { RowTarget } from '../../shared/viewMessages';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions } from './decisions';
import { tagTarget, type PlaceTarget, type Targets } from './targets';

export class RowSteps {
  constructor(
    private readonly targets: Targets,
    private readonly decisions: Decisions,
    private readonly labelSets: LabelSets,
  ) {}

  /** A label that is no tag is added. */
  async accept(rows: readonly RowTarget[]): Promise<DecisionStep> {
    const found = await this.targets.tags(rows, isUndecided);
    const wanted = found.filter(({ tag }) => tag === null || tag.state === 'rejected' || isUndecided(tag));
    const [tags, others] = [wanted.filter(({ tag }) => tag !== null), wanted.filter(({ tag }) => tag === null)];
    const step = acceptStep(tags.map(tagTarget));
    const added = others.flatMap(({ place, set, label }) => addStep([place], set, label).decisions);
    return { title: { action: 'accept', count: wanted.length }, decisions: [...step.decisions, ...added] };
  }

  /** What somebody added goes. */
  async reject(rows: readonly RowTarget[]): Promise<DecisionStep> {
    const found = await this.targets.tags(rows, isUndecided);
    const wanted = found.filter(({ tag }) => tag?.state !== 'rejected' || tag.conflict === true);
    const added = wanted.filter(({ tag }) => tag?.state === 'added' && tag.conflict !== true);
    const others = wanted.filter((target) => !added.includes(target));
    return {
      title: { action: 'reject', count: wanted.length },
      decisions: [...rejectStep(others.map(tagTarget)).decisions, ...takeBackStep(added.map(tagTarget)).decisions],
    };
  }

  /** Only where the label is no tag. */
  add(places: readonly PlaceTarget[], set: string, label: string): DecisionStep {
    const lacking = places.filter(({ id }) => !this.targets.liveTagsOf(id).some((tag) => tag.label === label));
    return addStep(
      lacking.map(({ place }) => place),
      set,
      label,
    );
  }

  /** A tag that “none fits” rejects has no decision of its own: that one is taken back then. */
  async takeBack(rows: readonly RowTarget[]): Promise<DecisionStep> {
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
    return takeBackStep(taken);
  }
}
