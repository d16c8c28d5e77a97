// Brings the decisions of several people together without losing any.
import { addToList } from '../addToList';
import { atOnce, type Slices } from '../slices';
import { keyText } from './decision';
import type { Decision, DecisionKey, Verdicted } from './decision';

/** One key on which people differ. */
export interface DecisionConflict {
  readonly key: DecisionKey;
  /** One of each person, earliest first. */
  readonly verdicts: readonly Verdicted[];
}

/**
 * The union of both, sorted by key. Of one person's decisions on a key the latest counts. Different people's stay side by side (a
 * conflict, where their verdicts differ) until somebody decides again who has seen them: `settlesMs` says which were seen, and all
 * up to that time go.
 *
 * In any order and grouping, and however often the same decisions come in, the result is the same: a key's state is the highest
 * `settlesMs` and each person's latest decision after it, and both only grow (a join semilattice: Shapiro et al. 2011, "Conflict-free
 * replicated data types").
 */
export function mergeDecisions(a: Iterable<Decision>, b: Iterable<Decision>): Decision[] {
  return atOnce(mergingDecisions(a, b));
}

/** As `mergeDecisions`, for tens of thousands. */
export function* mergingDecisions(a: Iterable<Decision>, b: Iterable<Decision>): Slices<Decision[]> {
  const byKey = new Map<string, Decision[]>();
  for (const decisions of [a, b])
    for (const decision of decisions) {
      addToList(byKey, keyText(decision), decision);
      yield;
    }
  const merged: Decision[] = [];
  for (const [, decisions] of [...byKey].sort(([x], [y]) => compare(x, y))) {
    merged.push(...mergeKey(decisions));
    yield;
  }
  return merged;
}

/** The verdicts that stand on one key, by person; all given ones are of that key. */
export function mergeKey<V extends Verdicted>(verdicts: readonly V[]): V[] {
  const settledMs = Math.max(0, ...verdicts.map(({ settlesMs = 0 }) => settlesMs));
  const latest = new Map<string, V>();
  for (const verdict of verdicts) {
    const { by = '' } = verdict;
    const other = latest.get(by);
    if (verdict.decidedMs > settledMs && (!other || compareVerdicts(verdict, other) > 0)) latest.set(by, verdict);
  }
  // All that are left have the highest: it must not go with the one decision that had it.
  return [...latest.values()]
    .map((verdict) => (settledMs === 0 ? verdict : { ...verdict, settlesMs: settledMs }))
    .sort((x, y) => compare(x.by ?? '', y.by ?? ''));
}

/** Keys on which people differ, in the order of the keys. */
export function conflictsOf(decisions: Iterable<Decision>): DecisionConflict[] {
  const byKey = new Map<string, Decision[]>();
  for (const decision of decisions) addToList(byKey, keyText(decision), decision);
  return [...byKey.values()].flatMap((verdicts) => {
    const [first] = verdicts;
    if (!first || new Set(verdicts.map(({ verdict }) => verdict)).size < 2) return [];
    const { root, path, passage, set, label } = first;
    return [{ key: { root, path, passage, set, label }, verdicts: verdicts.map(verdictedOf).sort(compareVerdicts) }];
  });
}

/** A decision without its key. */
export function verdictedOf({ verdict, textHash, decidedMs, by, settlesMs }: Decision): Verdicted {
  return {
    ...{ verdict, textHash, decidedMs },
    ...(by === undefined ? {} : { by }),
    ...(settlesMs === undefined ? {} : { settlesMs }),
  };
}

/** By time; equally late ones in an order that is the same everywhere. */
function compareVerdicts(a: Verdicted, b: Verdicted): number {
  return (
    a.decidedMs - b.decidedMs ||
    compare(a.by ?? '', b.by ?? '') ||
    compare(a.verdict, b.verdict) ||
    compare(a.textHash, b.textHash)
  );
}

/** By code units, so that it is the same in every language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
