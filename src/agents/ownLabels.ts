// Labels that an agent thought of, as a label set.
import type { LabelSet } from '../core/labelSet';
import { firstError } from '../core/labelSetProblems';
import { parseLabelSets } from '../core/parseLabelSets';
import { AppError } from '../shared/errors';

/** Each is a label of its own, whatever is in it. Throws AppError label-set-invalid. */
export function ownLabels(labels: readonly string[]): LabelSet {
  const { sets, problems } = parseLabelSets({ labels: { labels: [...new Set(labels)] } });
  const [set] = sets;
  if (set) return set;
  throw new AppError('label-set-invalid', firstError(problems) ?? 'The labels cannot be used.');
}

/** The set of this name among `sets`; the first where none is named. Throws AppError label-set-invalid. */
export function labelSetCalled(sets: readonly LabelSet[], name: string | undefined, inUse: LabelSet): LabelSet {
  const found = name === undefined ? inUse : sets.find((set) => set.name === name);
  if (found) return found;
  const known = sets.map((set) => `“${set.name}”`).join(', ');
  throw new AppError('label-set-invalid', `There is no label set “${name ?? ''}”. There are: ${known}.`);
}
