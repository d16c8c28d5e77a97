// `glitag decide export`: decisions as upstream's training rows, on stdout.
import { exitCodes } from '../exitCodes';
import { decidedSet } from './decideOptions';
import type { DecideOptions } from './decideOptions';
import { decidedTrainingRows } from './decidedTrainingRows';
import { readDecisions } from './decisionsHome';

export interface ExportOptions extends DecideOptions {
  readonly confidence?: boolean;
}

/** JSON Lines, one text each, in the order of the documents. Returns 1 where there is nothing to export. */
export async function exportCommand(options: ExportOptions): Promise<number> {
  const set = decidedSet(options);
  const decisions = await readDecisions(options.decisions, set.name);
  let count = 0;
  for await (const { row } of decidedTrainingRows(decisions, set, options.confidence)) {
    process.stdout.write(`${JSON.stringify(row)}\n`);
    count++;
  }
  process.stderr.write(`glitag: ${count === 1 ? '1 text' : `${count} texts`} exported.\n`);
  return count === 0 ? exitCodes.failed : exitCodes.done;
}
