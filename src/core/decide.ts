// Decides which scores are tags: thresholds, single-label or multi-label, groups whose children exclude each other.
import { joinName, defaultSeparator } from './flattenLabels';
import type { Label, LabelSet } from './labelSet';
import type { LabelScore, TagResult } from './tagResult';

/** Lowest score with which the label becomes a tag: its own threshold, else the set's. */
export function thresholdOf(label: Label, set: Pick<LabelSet, 'threshold'>): number {
  return label.threshold ?? set.threshold;
}

/**
 * The tags of one document. `scores` holds one score a label of the set, in any order; labels that the set does not have are
 * left out. A score that is not a finite number never makes a tag and is returned as 0.
 *
 * - multi-label: every label whose score reaches its threshold, less those that an exclusive group refuses.
 * - single-label: the best label alone; where even that misses its threshold, there is no tag ("none fits").
 * - exclusive group: the competitors are the parent's direct children. Each is represented by its best descendant (itself, if it
 *   is a leaf) that reaches its threshold; the best child wins and keeps all its descendants. Groups inside groups are decided
 *   each by itself, which gives the same result in any order: the best of a branch is always the best of its inner group too.
 *
 * Tags are best first; equals keep the order of the set. Throws RangeError if a label of the set has no score.
 */
export function decide(scores: readonly LabelScore[], set: LabelSet): TagResult {
  const byName = new Map(scores.map((score) => [score.label, score]));
  const all: LabelScore[] = [];
  const fitting: Candidate[] = [];
  for (const label of set.labels) {
    const given = byName.get(label.name);
    if (!given) throw new RangeError(`The label “${label.name}” of the set “${set.name}” has no score.`);
    const valid = Number.isFinite(given.score);
    const score = valid ? given : { ...given, score: 0 };
    all.push(score);
    if (valid) fitting.push({ label, score });
  }
  const tags = set.mode === 'single-label' ? winner(fitting, set) : multiLabel(fitting, set);
  return { tags: tags.map(({ score }) => score).sort((a, b) => b.score - a.score), scores: all };
}

interface Candidate {
  readonly label: Label;
  readonly score: LabelScore;
}

/** The first of the best; empty where it misses its threshold. */
function winner(candidates: readonly Candidate[], set: LabelSet): Candidate[] {
  const best = bestOf(candidates);
  return best && best.score.score >= thresholdOf(best.label, set) ? [best] : [];
}

function multiLabel(candidates: readonly Candidate[], set: LabelSet): Candidate[] {
  const fitting = candidates.filter(({ label, score }) => score.score >= thresholdOf(label, set));
  const winners = new Map<string, string>();
  for (const parent of set.exclusive) {
    const best = bestOf(fitting.filter(({ label }) => childUnder(parent, label) !== null));
    if (best) winners.set(parent, childUnder(parent, best.label) ?? '');
  }
  return fitting.filter(({ label }) =>
    [...winners].every(([parent, child]) => {
      const own = childUnder(parent, label);
      return own === null || own === child;
    }),
  );
}

function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (best, candidate) => (!best || candidate.score.score > best.score.score ? candidate : best),
    undefined,
  );
}

/** Name of the direct child of `parent` through which the label hangs under it; null where it does not. */
export function childUnder(parent: string, label: Label): string | null {
  const parents = parentsOf(label);
  const depth = parents.indexOf(parent);
  return depth < 0 ? null : (label.path[depth + 1] ?? null);
}

/** Full names of the label's parents, root first. */
export function parentsOf(label: Label): string[] {
  const names: string[] = [];
  for (const part of label.path.slice(0, -1)) names.push(joinName(names.at(-1) ?? '', part, defaultSeparator));
  return names;
}
