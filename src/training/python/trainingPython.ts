// A Python that can train: one that has all packages, or an offer to make an environment that does.
import type { CancelSignal } from '../../shared/classifier';
import { finishedEnvironment, offerOf } from './environment';
import type { EnvironmentOffer } from './environment';
import { findPython } from './findPython';
import { missingPackages } from './missingPackages';

/** A Python that has all packages that training needs. */
export interface TrainingPython {
  readonly kind: 'ready';
  /** Path of the program. */
  readonly program: string;
  /** Folder that holds the package `glitag_train` of this build. */
  readonly packageFolder: string;
}

export interface PythonPlaces {
  /** Path or name of a Python that the user named; null looks for one. */
  readonly named: string | null;
  /** Folder that holds `glitag_train`, `requirements.txt` and `needs.txt`: dist/training. */
  readonly packageFolder: string;
  /** Folder in which environments are kept; it need not be there. */
  readonly environments: string;
}

/**
 * The environment that was made before, or else the user's own Python where it has everything. Nothing is written.
 * Throws AppError python-missing, with what to install, where there is no Python that could do it.
 */
export async function findTrainingPython(
  places: PythonPlaces,
  signal: CancelSignal,
): Promise<TrainingPython | EnvironmentOffer> {
  const { named, packageFolder } = places;
  const ready = (program: string): TrainingPython => ({ kind: 'ready', program, packageFolder });
  // One that the user named goes before what was made without asking for it.
  const made = named === null ? finishedEnvironment(places) : null;
  if (made !== null && (await missingPackages(made, packageFolder, signal)).length === 0) return ready(made);
  const base = await findPython(named, signal);
  const missing = await missingPackages(base.program, packageFolder, signal);
  return missing.length === 0 ? ready(base.program) : offerOf(base, places);
}
