// Decided texts as upstream's training rows; what is left out is told on stderr.
import { exportRows } from '../../core/review/exchange/exportRows';
import type { LeftOut, PlacedRow } from '../../core/review/exchange/exportRows';
import type { LabelSet } from '../../core/labelSet';
import type { Decision } from '../../core/review/decision';
import { readKey } from './decidedFiles';
import type { DecidedSet } from './decideOptions';
import { sha256 } from '../../workspace/read/sha256';

/** One text each, in the order of the documents. `decisions`: those under the set; `confidence`: labels are 1 and 0. */
export async function* decidedTrainingRows(
  decisions: readonly Decision[],
  { name, labels }: DecidedSet,
  confidence = false,
): AsyncGenerator<PlacedRow, void, undefined> {
  const set = labels ?? setOf(name, labelsOf(decisions));
  const rows = exportRows([decisions], set, {
    confidence,
    read: async (key) => {
      const read = await readKey(key);
      return read && { text: read.text, hashes: [read.hash] };
    },
    hashOf: sha256,
  });
  for await (const one of rows) {
    if ('row' in one) yield one;
    else process.stderr.write(`glitag: ${one.leftOut.place.path} ${reasonOf(one.leftOut, name)}.\n`);
  }
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

function labelsOf(decisions: readonly Decision[]): string[] {
  return [...new Set(decisions.flatMap(({ label }) => label ?? []))].sort();
}

/** A set of which only names are known. */
function setOf(name: string, labels: readonly string[]): LabelSet {
  return {
    name,
    labels: labels.map((label) => ({ name: label, path: [label] })),
    ...{ mode: 'multi-label', threshold: 0.5, exclusive: [], examples: [], include: [], exclude: [] },
  };
}
