// `glitag decide accept|reject|add|none|move|take-back|undo|redo`: one step each.
import { acceptStep, addStep, moveStep, noneFitsStep, rejectStep, takeBackStep } from '../../core/review/steps';
import type { DecisionStep, PlaceText } from '../../core/review/steps';
import { AppError } from '../../shared/errors';
import { exitCodes } from '../exitCodes';
import { decidedPlaces } from './decidedPlaces';
import { checkLabel, decidedSet } from './decideOptions';
import type { DecideOptions } from './decideOptions';
import { withDecisions } from './decisionsHome';
import { printStep } from './printStep';

export type DecideAction =
  | { readonly type: 'accept' | 'reject' | 'add' | 'take-back'; readonly label: string }
  | { readonly type: 'none' }
  | { readonly type: 'move'; readonly from: string; readonly to: string };

/** @returns The exit code. Prints what was done once it is on the disk. */
export async function decideCommand(
  action: DecideAction,
  paths: readonly string[],
  options: DecideOptions,
): Promise<number> {
  const set = decidedSet(options);
  if (action.type === 'move') for (const label of [action.from, action.to]) checkLabel(label, set);
  // What is taken back may be a label that the set has no more.
  else if (action.type !== 'none' && action.type !== 'take-back') checkLabel(action.label, set);
  const places = await decidedPlaces(action, paths, set, options);
  const step = stepOf(action, places, set.name);
  printStep(await withDecisions(options.decisions, options.by, ({ store }) => store.decide(step)), '');
  return exitCodes.done;
}

export async function undoCommand(which: 'undo' | 'redo', options: DecideOptions): Promise<number> {
  return withDecisions(options.decisions, options.by, async ({ store, keepsSteps }) => {
    if (!keepsSteps) {
      throw new AppError(
        'input-invalid',
        `${options.decisions} keeps no steps: take lines back with git, or keep decisions in a .sqlite file.`,
      );
    }
    const applied = await (which === 'undo' ? store.undo() : store.redo());
    if (applied) printStep(applied, which === 'undo' ? 'Undone: ' : 'Done again: ');
    else process.stdout.write(`There is nothing to ${which}.\n`);
    return applied ? exitCodes.done : exitCodes.failed;
  });
}

function stepOf(action: DecideAction, places: readonly PlaceText[], set: string): DecisionStep {
  const tags = (label: string) => places.map((place) => ({ ...place, set, label }));
  switch (action.type) {
    case 'accept':
      return acceptStep(tags(action.label));
    case 'reject':
      return rejectStep(tags(action.label));
    case 'take-back':
      return takeBackStep(tags(action.label));
    case 'add':
      return addStep(places, set, action.label);
    case 'none':
      return noneFitsStep(places.map((place) => ({ ...place, set })));
    case 'move':
      // Whether the model gives the other label, too, is not known here.
      return moveStep(
        tags(action.from).map((tag) => ({ ...tag, otherIsProposed: false })),
        action.to,
      );
  }
}
