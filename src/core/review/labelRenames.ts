// Labels that disappeared from a set while decisions on them are kept: which label of today may be the one that was meant.
import { nearestName } from '../nearestName';

export interface LabelRename {
  readonly from: string;
  readonly to: string;
  /** Decisions that would follow. */
  readonly decisions: number;
}

/**
 * For each decided label that the set does not have, the near one that it has, if there is one. Only labels without decisions are
 * near: they are new, and two labels never become one. Where two decided labels would become the same, none is proposed for the
 * one with fewer decisions. To be offered, never to be done silently.
 *
 * A label that moved to another parent (`topic.hiring` to `people.hiring`) is near, if its last part is that of no other new label.
 */
export function proposeRenames(decided: ReadonlyMap<string, number>, labels: readonly string[]): LabelRename[] {
  const gone = [...decided].filter(([label]) => !labels.includes(label)).sort((a, b) => b[1] - a[1]);
  const fresh = new Set(labels.filter((label) => !decided.has(label)));
  const renames: LabelRename[] = [];
  for (const [from, decisions] of gone) {
    const to = nearestName(from, fresh) ?? sameLastPart(from, fresh);
    if (to === null) continue;
    fresh.delete(to);
    renames.push({ from, to, decisions });
  }
  return renames;
}

function sameLastPart(label: string, fresh: ReadonlySet<string>): string | null {
  const found = [...fresh].filter((one) => lastPart(one) === lastPart(label));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function lastPart(label: string): string {
  return label.slice(label.lastIndexOf('.') + 1).toLowerCase();
}
