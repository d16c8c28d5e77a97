// `glitag index merge OUT IN…`: several indexes as one.
import path from 'node:path';
import { mergeIndexes } from '../../workspace/store/mergeIndexes';
import { exitCodes } from '../exitCodes';

/** Throws AppError. */
export async function mergeCommand(out: string, inputs: readonly string[]): Promise<number> {
  await mergeIndexes(
    path.resolve(out),
    inputs.map((input) => path.resolve(input)),
  );
  return exitCodes.done;
}
