// `glitag decide export`: decisions as upstream's training rows, on stdout; what is left out, on stderr.
import { exportRows } from '../../core/review/exchange/exportRows';
import type { LeftOut } from '../../core/review/exchange/exportRows';
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
    let count = 0;
    const rows = exportRows(store.decisions(name), set, {
      confidence: options.confidence ?? false,
      read: async (key) => {
        const read = await readKey(key);
        return read && { text: read.text, hashes: [read.hash] };
      },
      hashOf: sha256,
    });
    for await (const one of rows) {
      if ('row' in one) {
        process.stdout.write(`${JSON.stringify(one.row)}\n`);
        count++;
      } else process.stderr.write(`glitag: ${one.leftOut.place.path} ${reasonOf(one.leftOut, name)}.\n`);
    }
    process.stderr.write(`glitag: ${count === 1 ? '1 text' : `${count} texts`} exported.\n`);
    return count === 0 ? exitCodes.failed : exitCodes.done;
  });
}

function reasonOf(leftOut: LeftOut, set: string): string {
  switch (leftOut.reason) {
    case 'gone':
      return 'is gone, or no text';
    case 'older-text':
      return 'was decided on an older text';
    case 'same-text':
      return `has the text of ${leftOut.first.path}`;
    case 'undecided':
      return `has no decision on a label of “${set}” that people agree on`;
  }
}

/** A set of which only names are known. */
function setOf(name: string, labels: readonly string[]): LabelSet {
  return {
    name,
    labels: labels.map((label) => ({ name: label, path: [label] })),
    ...{ mode: 'multi-label', threshold: 0.5, exclusive: [], examples: [], include: [], exclude: [] },
  };
}
