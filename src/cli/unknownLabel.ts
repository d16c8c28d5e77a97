// What is said of a label on the command line that the label set does not have.
import { nearestName } from '../core/nearestName';
import { AppError } from '../shared/errors';

/** `names`: those that would have done. */
export function unknownLabel(label: string, set: string, names: Iterable<string>): AppError {
  const near = nearestName(label, names);
  const advice = near === null ? 'Name a label of the set, or other labels with --labels.' : `Did you mean “${near}”?`;
  return new AppError('input-invalid', `The label set “${set}” has no label “${label}”. ${advice}`);
}
