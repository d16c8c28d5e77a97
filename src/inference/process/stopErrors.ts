// Why calls end and the classifier is not started again, in words for a user.
import { AppError } from '../../shared/errors';

/** @param reason What happened, as a clause. */
export function doesNotRun(reason: string): AppError {
  return new AppError(
    'child-stopped',
    `The classifier process does not run: ${reason}. Check the setting that names the Node executable, or reinstall GLiTag.`,
  );
}

/** The files of a model were replaced between the question what it is and the work. */
export function modelChanged(name: string): AppError {
  return new AppError(
    'model-changed',
    `The files of the model "${name}" have been replaced while it was in use. Run the command again.`,
  );
}

/** @param reason What happened the last time, as a clause. */
export function diesTooOften(crashes: number, windowMs: number, reason: string): AppError {
  const minutes = Math.round(windowMs / 60_000);
  return new AppError(
    'child-stopped',
    `The classifier process died ${crashes} times within ${minutes} minutes and is not started again ` +
      `(last time ${reason}). See the log; then restart the classifier, or wait ${minutes} minutes.`,
  );
}
