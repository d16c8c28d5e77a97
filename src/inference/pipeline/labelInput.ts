// The `labels` argument: one set for all texts or one for each, flat or hierarchical.
import { flattenLabels } from '../../core/flattenLabels';
import type { LabelTree } from '../../core/flattenLabels';
import { findMarker } from '../../core/markers';
import { AppError } from '../../shared/errors';

/** A flat list, a tree, or a list with one of either per text. The first element decides which. */
export type LabelsOption =
  | readonly string[]
  | Readonly<Record<string, LabelTree>>
  | readonly (readonly string[])[]
  | readonly Readonly<Record<string, LabelTree>>[];

export interface ResolvedLabels {
  readonly perText: boolean;
  /** Flat labels: one list if shared, else one per text as given. */
  readonly lists: readonly (readonly string[])[];
  /** The structures that `lists` came from. */
  readonly trees: readonly LabelTree[];
}

/** @throws AppError input-invalid. */
export function resolveLabels(labels: LabelsOption, separator: string): ResolvedLabels {
  const given: unknown = labels;
  if (typeof given !== 'object' || given === null)
    throw new AppError('input-invalid', 'The labels must be a list or an object of labels.');
  if (!Array.isArray(given)) return shared(given as LabelTree, separator);
  const entries = given as readonly unknown[];
  if (entries.length === 0) throw noLabels();
  if (typeof entries[0] === 'string') return shared(entries as LabelTree, separator);
  const trees = entries.map((entry) => {
    if (typeof entry !== 'object' || entry === null)
      throw new AppError('input-invalid', 'The labels mix lists for single texts with labels for all texts.');
    return entry as LabelTree;
  });
  return { perText: true, lists: trees.map((tree) => flat(tree, separator)), trees };
}

/** What the default mode asks beyond upstream: a list per text, none of them empty, no marker texts. */
export function checkLabels(labels: ResolvedLabels, textCount: number): void {
  if (labels.perText && labels.lists.length !== textCount)
    throw new AppError(
      'input-invalid',
      `There are ${textCount} texts but ${labels.lists.length} lists of labels. Give one list per text, or one for all.`,
    );
  for (const [index, list] of labels.lists.entries()) {
    if (list.length === 0)
      throw labels.perText ? new AppError('input-invalid', `Text ${index + 1} has no labels.`) : noLabels();
    for (const label of list) refuseMarker(label, 'label');
  }
}

/** Labels and prompts come from settings, so a marker in them is a mistake to be told, not to be hidden. */
export function refuseMarker(text: string, what: 'label' | 'prompt'): void {
  const marker = findMarker(text);
  if (marker !== null)
    throw new AppError(
      'input-invalid',
      `The ${what} "${text}" holds the marker ${marker}, which the model reads as structure. Take it out.`,
    );
}

function shared(tree: LabelTree, separator: string): ResolvedLabels {
  const list = flat(tree, separator);
  if (list.length === 0) throw noLabels();
  return { perText: false, lists: [list], trees: [tree] };
}

function flat(tree: LabelTree, separator: string): string[] {
  try {
    return flattenLabels(tree, separator);
  } catch (cause) {
    throw new AppError(
      'input-invalid',
      `A label is neither a string nor a list nor an object: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function noLabels(): AppError {
  return new AppError('input-invalid', 'There are no labels. Give at least one.');
}
