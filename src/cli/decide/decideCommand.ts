// `glitag decide accept|reject|add|none|move|take-back|undo|redo`: one step each.
import {
  acceptStep,
  addStep,
  moveStep,
  noneFitsStep,
  rejectStep,
  stepName,
  takeBackStep,
} from '../../core/review/steps';
import type { DecisionStep } from '../../core/review/steps';
import { AppError } from '../../shared/errors';
import type { AppliedStep } from '../../workspace/decisions/decisionStore';
import { exitCodes } from '../exitCodes';
import { decidedFiles } from './decidedFiles';
import { checkLabel, decidedSet } from './decideOptions';
import type { DecideOptions } from './decideOptions';
import { withDecisions } from './decisionsHome';

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
  const places = await decidedFiles(paths);
  const step = stepOf(action, places, set.name);
  return withDecisions(options.decisions, options.by, async ({ store }) => {
    print(await store.decide(step), '');
    return exitCodes.done;
  });
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
    if (applied) print(applied, which === 'undo' ? 'Undone: ' : 'Done again: ');
    else process.stdout.write(`There is nothing to ${which}.\n`);
    return applied ? exitCodes.done : exitCodes.failed;
  });
}

function stepOf(action: DecideAction, places: Awaited<ReturnType<typeof decidedFiles>>, set: string): DecisionStep {
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

function print({ title, changed, kept }: AppliedStep, prefix: string): void {
  const notes = [
    ...(changed === 0 ? ['nothing changed'] : []),
    ...(kept > 0 ? [`${kept} decided since and left as they are`] : []),
  ];
  const name = stepName(title);
  const start = prefix === '' ? name.charAt(0).toUpperCase() + name.slice(1) : prefix + name;
  process.stdout.write(`${start}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}\n`);
}
