// What a run that ended early leaves, and how to go on.
import { AppError } from '../../shared/errors';
import { isServerAway } from '../exitCodes';

export function stoppedError(cause?: unknown): AppError {
  return new AppError('cancelled', 'Stopped. With --index the results so far are kept.', { cause });
}

/** An outage of a server also says what it leaves; other errors stay as they are. */
export function withWayOn(error: unknown, index: string | undefined): unknown {
  if (!(error instanceof AppError) || !isServerAway(error)) return error;
  const way =
    index === undefined
      ? 'Nothing was kept. With --index FILE results are, and the same command goes on where it stopped.'
      : `The results so far are in ${index}: give the same command again to go on.`;
  return new AppError(error.code, `${error.message} ${way}`, { cause: error });
}
