// What vanished from a team's file: taken back by somebody, or is it another file than before?
import type { Slices } from '../slices';
import { keyText } from './decision';
import type { Decision } from './decision';
import { mergingDecisions } from './mergeDecisions';

/** More than a team takes back between two looks at its file: then the file was cut, or is of another branch. */
export const mostTakenBack = 200;
/** Of the lines that were there: as many vanish at once only where the file was cut, or is of another branch. */
export const takenBackShare = 1 / 3;

export interface TakeBacks {
  /** Decisions that were in the file (`base`) and stand no more, though neither their authors nor others decided later: these have none on the keys now, or an older one again. */
  readonly vanished: readonly Decision[];
  /** Few enough that people took them back: at most `mostTakenBack`, fewer than `takenBackShare`, and the file is not empty. */
  readonly areTakenBack: boolean;
}

/** `now`: all of the file; half a file says nothing of what was taken back. */
export function* findingTakeBacks(base: readonly Decision[], now: readonly Decision[]): Slices<TakeBacks> {
  const kept = new Set<string>();
  for (const decision of now) {
    kept.add(decidedText(decision));
    yield;
  }
  const vanished: Decision[] = [];
  for (const decision of yield* mergingDecisions(base, now)) {
    if (!kept.has(decidedText(decision))) vanished.push(decision);
    yield;
  }
  const areFew = vanished.length <= mostTakenBack && vanished.length < base.length * takenBackShare;
  return { vanished, areTakenBack: now.length > 0 && vanished.length > 0 && areFew };
}

/** Without what a decision settles: that grows with others' on the key. */
function decidedText(decision: Decision): string {
  const { verdict, textHash, decidedMs, by = '' } = decision;
  return JSON.stringify([keyText(decision), by, verdict, textHash, decidedMs]);
}
