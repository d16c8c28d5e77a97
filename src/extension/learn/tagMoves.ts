// What other scores changed: how many tags documents gained and lost, and of which labels most.
import type { LabelSet } from '../../core/labelSet';
import { Breather } from '../../workspace/flow/breather';
import { tagsUnder, type Shown } from '../results/shownDocument';

export interface ShownRows {
  readonly documents: ReadonlyMap<string, Shown>;
  readonly set: LabelSet;
}

export interface TagMoves {
  readonly gained: number;
  readonly lost: number;
  /** Labels with gained or lost tags, those with most first. */
  readonly labels: readonly string[];
}

/** Over the documents that are in both; in slices of the event loop. */
export async function tagMoves(before: ShownRows, after: ShownRows): Promise<TagMoves> {
  const breather = new Breather();
  const touched = new Map<string, number>();
  let [gained, lost] = [0, 0];
  for (const [uri, shown] of after.documents) {
    const old = before.documents.get(uri);
    if (!old) continue;
    const had = labelsOf(old, before.set);
    const has = labelsOf(shown, after.set);
    for (const label of new Set([...had, ...has])) {
      if (had.has(label) && has.has(label)) continue;
      if (has.has(label)) gained++;
      else lost++;
      touched.set(label, (touched.get(label) ?? 0) + 1);
    }
    if (breather.due) await breather.pause();
  }
  const labels = [...touched].sort(([, a], [, b]) => b - a).map(([label]) => label);
  return { gained, lost, labels };
}

function labelsOf(shown: Shown, set: LabelSet): Set<string> {
  return new Set(tagsUnder(shown, set).tags.map(({ label }) => label));
}
