// Names of the two ways to decide, as callers write them.
import type { ClassificationMode } from '../../core/labelSet';
import { AppError } from '../../shared/errors';

const names: Readonly<Record<string, ClassificationMode>> = {
  single: 'single-label',
  'single-label': 'single-label',
  single_label: 'single-label',
  multi: 'multi-label',
  'multi-label': 'multi-label',
  multi_label: 'multi-label',
};

/**
 * Trimmed, any case: single, single-label, single_label, multi, multi-label, multi_label.
 * @throws AppError input-invalid.
 */
export function classificationTypeOf(name: string): ClassificationMode {
  const type = Object.hasOwn(names, name.trim().toLowerCase()) ? names[name.trim().toLowerCase()] : undefined;
  if (type) return type;
  throw new AppError(
    'input-invalid',
    `The classification type "${name}" is unknown. Use "single-label" or "multi-label".`,
  );
}

/** What upstream makes of a constructor's value: anything but exactly "single-label" is multi-label (parity only). */
export function constructorTypeAsUpstream(name: string): ClassificationMode {
  return name === 'single-label' ? 'single-label' : 'multi-label';
}
