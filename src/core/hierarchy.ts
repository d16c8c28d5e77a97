// The way back from flat label names to a hierarchy: upstream's `return_hierarchical` and its three helpers.
import { defaultSeparator, joinName } from './flattenLabels';
import type { LabelTree } from './flattenLabels';

export interface ScoredLabel {
  readonly label: string;
  readonly score: number;
}

/** Scores in the shape of the labels they were asked for. */
export interface NestedScores {
  readonly [name: string]: number | NestedScores;
}

/** A label name and its parts, root first (upstream: `full`, `level_0`, `level_1`, …). */
export interface ParsedLabel {
  readonly full: string;
  readonly levels: readonly string[];
}

/** Splits a full name at every separator; a name without one has one level, also the empty name. */
export function parseHierarchicalPrediction(label: string, separator = defaultSeparator): ParsedLabel {
  return { full: label, levels: label.split(separator) };
}

/** Predictions by the first part of their names, groups in order of appearance, best first inside; ties keep their order. */
export function groupPredictionsByHierarchy<P extends ScoredLabel>(
  predictions: readonly P[],
  separator = defaultSeparator,
): Map<string, P[]> {
  const groups = new Map<string, P[]>();
  for (const prediction of predictions) {
    const root = parseHierarchicalPrediction(prediction.label, separator).levels[0] ?? '';
    const group = groups.get(root);
    if (group) group.push(prediction);
    else groups.set(root, [prediction]);
  }
  for (const group of groups.values()) group.sort((a, b) => b.score - a.score);
  return groups;
}

/** The best prediction of each group; the first of equals. */
export function bestPerCategory<P extends ScoredLabel>(
  predictions: readonly P[],
  separator = defaultSeparator,
): Map<string, P> {
  const best = new Map<string, P>();
  for (const [root, [first]] of groupPredictionsByHierarchy(predictions, separator)) if (first) best.set(root, first);
  return best;
}

/**
 * Scores in the shape of `labels` (upstream: `return_hierarchical`): each leaf's score is that of the last prediction with its
 * name, else the one in `allScores`, else 0. A single string becomes `{string: score}`, and so does each string of a list; a
 * leaf of any other type becomes `{}`.
 */
export function nestScores(
  labels: LabelTree,
  predictions: readonly ScoredLabel[],
  allScores: ReadonlyMap<string, number> = new Map(),
  separator = defaultSeparator,
): NestedScores {
  const predicted = new Map(predictions.map(({ label, score }) => [label, score]));
  const scoreOf = (name: string): number => predicted.get(name) ?? allScores.get(name) ?? 0;

  const nest = (value: unknown, prefix: string): NestedScores => {
    if (typeof value === 'string') return nest([value], prefix);
    if (Array.isArray(value)) {
      const names = (value as unknown[]).filter((name) => typeof name === 'string');
      return fromEntries(names.map((name) => [name, scoreOf(joinName(prefix, name, separator))]));
    }
    if (typeof value !== 'object' || value === null) return {};
    return fromEntries(
      Object.entries(value).map(([name, child]) => [name, nest(child, joinName(prefix, name, separator))]),
    );
  };
  return nest(labels, '');
}

/** `Object.fromEntries` defines properties instead of assigning them, so a label named `__proto__` is only a label. */
function fromEntries(entries: readonly (readonly [string, number | NestedScores])[]): NestedScores {
  return Object.fromEntries(entries);
}
