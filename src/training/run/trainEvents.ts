// What `python -m glitag_train … --progress jsonl` says, an object a line. Its twin are the events in training/README.md.
import * as v from 'valibot';
import { AppError } from '../../shared/errors';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const steps = { step: count, steps: count };

const event = v.variant('event', [
  v.object({ event: v.literal('data'), rows: count, labels: count }),
  v.object({ event: v.literal('read'), texts: count, of: count, seconds_left: seconds }),
  v.object({ event: v.literal('start'), ...steps }),
  v.object({ event: v.literal('step'), ...steps, loss: v.pipe(v.number(), v.finite()), seconds_left: seconds }),
  v.object({ event: v.literal('checkpoint'), ...steps }),
  v.object({ event: v.literal('write') }),
  v.object({ event: v.literal('done'), model: v.string() }),
]);

/**
 * - `data`: the rows were read. `read`: so many texts `of` all went through the layers that are not trained.
 * - `start`: training begins at `step`, which is not 0 where it goes on.
 * - `step`: the loss of the last steps, and the seconds that the rest will take. `checkpoint`: a kill loses nothing before this step.
 * - `write`: the new model's file is being made. `done`: the folder of the trained weights.
 */
export type TrainEvent = v.InferOutput<typeof event>;

/** Throws AppError training-failed where the line is none of these. */
export function parseTrainEvent(line: string): TrainEvent {
  try {
    return v.parse(event, JSON.parse(line));
  } catch (error) {
    throw new AppError(
      'training-failed',
      `The training said something that GLiTag does not know: ${line.slice(0, 200)}`,
      {
        cause: error,
      },
    );
  }
}
