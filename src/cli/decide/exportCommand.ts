// `glitag decide export`: decisions as upstream's training rows, on stdout; what is left out, on stderr.
import { byPlace } from '../../core/review/decidedPlaces';
import type { Some } from '../../core/review/decidedPlaces';
import type { Decision } from '../../core/review/decision';
import { exportRow } from '../../core/review/exchange/exportRow';
import type { LabelSet } from '../../core/labelSet';
import { sha256 } from './textHash';
import { exitCodes } from '../exitCodes';
import { readKey } from './decidedFiles';
import { decidedSet } from './decideOptions';
import type { DecideOptions } from './decideOptions';
import { withDecisions } from './decisionsHome';

export interface ExportOptions extends DecideOptions {
  readonly confidence?: boolean;
}

/** JSON Lines, one text each, in the order of the documents. Returns 1 where there is nothing to export. */
export async function exportCommand(options: ExportOptions): Promise<number> {
  const { name, labels } = decidedSet(options);
  return withDecisions(options.decisions, options.by, async ({ store }) => {
    const set = labels ?? setOf(name, [...store.labelsOf(name).keys()].sort());
    const seen = new Map<string, string>();
    let count = 0;
    for await (const page of store.decisions(name)) {
      for (const decisions of byPlace(page)) {
        const leave = (reason: string) => process.stderr.write(`glitag: ${decisions[0].path} ${reason}.\n`);
        const text = await textOf(decisions, leave);
        if (text === null) continue;
        const first = seen.get(sha256(text));
        if (first !== undefined) {
          leave(`has the text of ${first}`);
          continue;
        }
        const row = exportRow(text, decisions, set, { confidence: options.confidence ?? false });
        if (!row) {
          leave(`has no decision on a label of “${name}” that people agree on`);
          continue;
        }
        seen.set(sha256(text), decisions[0].path);
        process.stdout.write(`${JSON.stringify(row)}\n`);
        count++;
      }
    }
    process.stderr.write(`glitag: ${count === 1 ? '1 text' : `${count} texts`} exported.\n`);
    return count === 0 ? exitCodes.failed : exitCodes.done;
  });
}

/** The text that was decided on; null, with the reason said, where it is not to be had any more. */
async function textOf(decisions: Some<Decision>, leave: (reason: string) => void): Promise<string | null> {
  const [first] = decisions;
  if (first.passage !== null) return first.passage.exact;
  const read = await readKey(first);
  if (read === null) leave('is gone, or no text');
  else if (decisions.some(({ textHash }) => textHash !== read.hash)) leave('was decided on an older text');
  else return read.text;
  return null;
}

/** A set of which only names are known. */
function setOf(name: string, labels: readonly string[]): LabelSet {
  return {
    name,
    labels: labels.map((label) => ({ name: label, path: [label] })),
    ...{ mode: 'multi-label', threshold: 0.5, exclusive: [], examples: [], include: [], exclude: [] },
  };
}
