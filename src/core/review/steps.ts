// Steps: decisions that are made, undone and redone together, with a name that says what they did.
import { counted, wholeNumber } from '../countText';
import type { DecidedPlace, DecisionKey, NewDecision, SetPlace } from './decision';

/** What a step did, for "Undo: accept 14 tags"; `stepName` says it in words. */
export interface StepTitle {
  readonly action: 'accept' | 'reject' | 'add' | 'none-fits' | 'move' | 'take-back' | 'import';
  /** Tags (`none-fits`: places; `import`: decisions). */
  readonly count: number;
  /** For `move` and `add`: the label that was given. */
  readonly label?: string;
}

export interface DecisionStep {
  readonly title: StepTitle;
  readonly decisions: readonly NewDecision[];
}

/** A place with the sha256 (hex) of its text as it is now: of the passage, where there is one. */
export interface PlaceText extends DecidedPlace {
  readonly textHash: string;
}

/** One tag that a row shows. */
export interface TagTarget extends PlaceText {
  readonly set: string;
  readonly label: string;
}

export interface MoveTarget extends TagTarget {
  /** The model gave the other label too: it is then accepted, else added. */
  readonly otherIsProposed: boolean;
}

export function acceptStep(tags: readonly TagTarget[]): DecisionStep {
  return { title: { action: 'accept', count: tags.length }, decisions: tags.map(decided('accepted')) };
}

export function rejectStep(tags: readonly TagTarget[]): DecisionStep {
  return { title: { action: 'reject', count: tags.length }, decisions: tags.map(decided('rejected')) };
}

/** Tags are proposed again; an added one goes. */
export function takeBackStep(tags: readonly (PlaceText & DecisionKey)[]): DecisionStep {
  return { title: { action: 'take-back', count: tags.length }, decisions: tags.map(decided(null)) };
}

/** Gives a label that the model did not. */
export function addStep(places: readonly PlaceText[], set: string, label: string): DecisionStep {
  const decisions = places.map((place) => decided('added')({ ...place, set, label }));
  return { title: { action: 'add', count: places.length, label }, decisions };
}

/** No label of the set fits: all tags of the places are rejected, but those that are accepted or added later. */
export function noneFitsStep(places: readonly (PlaceText & SetPlace)[]): DecisionStep {
  const decisions = places.map((place) => decided('none-fits')({ ...place, label: null }));
  return { title: { action: 'none-fits', count: places.length }, decisions };
}

/** Rejects each tag and gives the other label in its place. */
export function moveStep(tags: readonly MoveTarget[], label: string): DecisionStep {
  const decisions = tags.flatMap((tag) => [
    decided('rejected')(tag),
    decided(tag.otherIsProposed ? 'accepted' : 'added')({ ...tag, label }),
  ]);
  return { title: { action: 'move', count: tags.length, label }, decisions };
}

/** "accept 14 tags", "none fits", "move 2 tags to topic.planning": goes on behind "Undo: ". */
export function stepName({ action, count, label = '' }: StepTitle): string {
  const tags = counted(count, 'tag');
  switch (action) {
    case 'accept':
      return `accept ${tags}`;
    case 'reject':
      return `reject ${tags}`;
    case 'add':
      return count === 1 ? `add ${label}` : `add ${label} to ${wholeNumber(count)} documents`;
    case 'none-fits':
      return count === 1 ? 'none fits' : `none fits ${wholeNumber(count)} documents`;
    case 'move':
      return `move ${tags} to ${label}`;
    case 'take-back':
      return `take back ${tags}`;
    case 'import':
      return `import ${counted(count, 'decision')}`;
  }
}

const done: Readonly<Record<string, string>> = {
  accept: 'Accepted',
  reject: 'Rejected',
  add: 'Added',
  move: 'Moved',
  take: 'Took',
  import: 'Imported',
};

/** What was done, from the name of the step: "Accepted 14 tags". */
export function stepDone(name: string): string {
  return name.replace(/^\S+/u, (verb) => done[verb] ?? verb.charAt(0).toUpperCase() + verb.slice(1));
}

function decided(verdict: NewDecision['verdict']) {
  return ({ root, path, passage, set, label, textHash }: DecisionKey & PlaceText): NewDecision => ({
    ...{ root, path, passage, set, label },
    verdict,
    textHash,
  });
}
