// Refuses a task that no model could answer, before anything is encoded.
import { findMarker } from '../../core/markers';
import type { ClassificationTask } from '../../shared/classifier';
import { AppError } from '../../shared/errors';

/** @throws AppError input-invalid. */
export function checkTask(task: ClassificationTask): void {
  if (task.labels.length === 0) throw new AppError('input-invalid', 'The label set has no labels. Add at least one.');
  for (const label of task.labels) {
    if (label.trim() === '') throw new AppError('input-invalid', 'A label of the label set is empty. Give it a name.');
    const marker = findMarker(label);
    if (marker !== null)
      throw new AppError(
        'input-invalid',
        `The label "${label.slice(0, 80)}" holds ${marker}, by which the model tells labels from text. Rename it.`,
      );
  }
}
