// What all `glitag decide` commands are told: where decisions are, and under which label set.
import type { LabelSet } from '../../core/labelSet';
import { AppError } from '../../shared/errors';
import { readLabelSet } from '../labelsFile';
import type { FilesOptions } from '../tag/tagFiles';
import type { TagModelOptions } from '../tag/withTagModel';
import { unknownLabel } from '../unknownLabel';

/** The files and the model are asked for where tags have to be known. */
export interface DecideOptions extends FilesOptions, TagModelOptions {
  readonly decisions: string;
  readonly labels?: string;
  readonly set?: string;
  readonly threshold?: number;
  readonly by?: string;
}

/** Name of the label set, and its labels where a file of them or the built-in set says which there are. */
export interface DecidedSet {
  readonly name: string;
  /** Null: --set names a set whose labels are not known here. */
  readonly labels: LabelSet | null;
}

/** `--set` alone is a name; with `--labels` it is another name for them. Throws AppError label-set-invalid. */
export function decidedSet({
  labels,
  set,
  threshold,
}: Pick<DecideOptions, 'labels' | 'set' | 'threshold'>): DecidedSet {
  if (labels === undefined && set !== undefined) return { name: set, labels: null };
  const read = readLabelSet(labels, threshold);
  return { name: set ?? read.name, labels: read };
}

/** The labels of the set, where tags have to be known. Throws AppError input-invalid where they are not. */
export function knownLabels({ name, labels }: DecidedSet): LabelSet {
  if (labels) return labels;
  throw new AppError(
    'input-invalid',
    `Name the labels of the set “${name}” with --labels, too: the tags are not known without.`,
  );
}

/** Throws AppError input-invalid where the set is known and does not have the label. */
export function checkLabel(label: string, { name, labels }: DecidedSet): void {
  if (!labels || labels.labels.some((one) => one.name === label)) return;
  const names = labels.labels.map((one) => one.name);
  throw unknownLabel(label, name, names);
}
