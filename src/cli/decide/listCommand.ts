// `glitag decide list`: what was decided, a line each.
import { placeText } from '../../core/review/decidedPlaces';
import { isOnOlderText, keyText } from '../../core/review/decision';
import type { Decision } from '../../core/review/decision';
import { toLines } from '../../core/review/decisionLines';
import { conflictsOf } from '../../core/review/mergeDecisions';
import { exitCodes } from '../exitCodes';
import { shownLine } from '../shownLine';
import { onPaths, readKey } from './decidedFiles';
import type { DecideOptions } from './decideOptions';
import { readDecisions } from './decisionsHome';

export interface ListOptions extends DecideOptions {
  readonly json?: boolean;
}

/** All sets' decisions, unless `--set` names one; of the paths (files with their parts, or folders with all in them), unless there are none. */
export async function listCommand(paths: readonly string[], options: ListOptions): Promise<number> {
  const decisions = (await readDecisions(options.decisions, options.set ?? null)).filter(onPaths(paths));
  process.stdout.write(options.json ? toLines(decisions) : await asText(decisions));
  return exitCodes.done;
}

async function asText(decisions: readonly Decision[]): Promise<string> {
  const conflicts = new Set(conflictsOf(decisions).map(({ key }) => keyText(key)));
  const hashes = new Map<string, string | null>();
  const lines: string[] = [];
  for (const decision of decisions) {
    const name = JSON.stringify([decision.root, decision.path]);
    if (!hashes.has(name)) hashes.set(name, (await readKey(decision))?.hash ?? null);
    lines.push(lineOf(decision, hashes.get(name) ?? null, conflicts.has(keyText(decision))));
  }
  const count = decisions.length === 1 ? '1 decision' : `${decisions.length} decisions`;
  const ends = conflicts.size === 0 ? '' : `, ${conflicts.size} on which people differ`;
  return `${lines.sort().join('')}${count}${ends}\n`;
}

function lineOf(decision: Decision, textHash: string | null, isConflict: boolean): string {
  const { passage, set, label, verdict, by } = decision;
  const notes = [
    ...(by === undefined ? [] : [by]),
    ...(isConflict ? ['people differ'] : []),
    ...(passage === null && isOnOlderText(decision, textHash) ? ['older text'] : []),
  ];
  const place = passage === null ? '' : `:${passage.start}-${passage.end}`;
  const what = label === null ? 'none fits' : `${verdict}  ${label}`;
  const line = `${placeText(decision)}${place}  ${set}  ${what}${notes.length > 0 ? `  (${notes.join(', ')})` : ''}`;
  return `${shownLine(line)}\n`;
}
