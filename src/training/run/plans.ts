// How a model of each kind is trained: the commands of `python -m glitag_train`, and what they leave behind.
import fs from 'node:fs';
import path from 'node:path';
import { isCheckpointFile } from '../../inference/model/checkpointFiles';
import { AppError } from '../../shared/errors';
import type { RunPaths } from './runFolder';

export interface TrainingPlan {
  /** Command line of the training; with `--resume` it goes on. It says TrainEvents. */
  train(paths: RunPaths): readonly string[];
  /** What the training ends with: a folder that is there whole or not at all. */
  trained(paths: RunPaths): string;
  /** Command line that makes a model folder of a checkpoint, be it the base or what was trained; null where both are one already. */
  export: ((checkpoint: string, model: string) => readonly string[]) | null;
}

/** Upstream's training of all weights of a PyTorch checkpoint. */
function checkpointPlan(base: string, seed: number): TrainingPlan {
  return {
    train: ({ trainRows, training }) => [
      ...['train', trainRows, '--base', base, '--out', training, '--progress', 'jsonl'],
      // What is kept back is measured here, with GLiTag's own classifier.
      ...['--eval_share', '0', '--seed', String(seed), '--save_steps', '50', '--logging_steps', '1'],
    ],
    trained: ({ training }) => path.join(training, 'final_model'),
    export: (checkpoint, model) => ['export', checkpoint, model],
  };
}

/** Heads and top layers of a model in the form of the embedded one: minutes. */
function adaptPlan(base: string, seed: number): TrainingPlan {
  return {
    train: ({ trainRows, training }) => [
      ...['adapt', trainRows, '--base', base, '--out', training, '--progress', 'jsonl', '--seed', String(seed)],
    ],
    trained: ({ training }) => path.join(training, 'model'),
    export: null,
  };
}

/** Throws as `checkTrainable`. */
export function planFor(base: string, seed: number): TrainingPlan {
  return checkTrainable(base) === 'checkpoint' ? checkpointPlan(base, seed) : adaptPlan(base, seed);
}

/** Throws AppError: model-missing where `base` is no model folder, model-unsupported where it is one that cannot be trained. */
export function checkTrainable(base: string): 'checkpoint' | 'embedded-form' {
  if (!fs.existsSync(path.join(base, 'config.json')))
    throw new AppError('model-missing', `${base} is no model folder: it has no config.json.`);
  const names = fs.readdirSync(base);
  if (names.some(isCheckpointFile)) return 'checkpoint';
  if (fs.existsSync(path.join(base, 'onnx', 'encoder_q8.onnx'))) return 'embedded-form';
  throw new AppError(
    'model-unsupported',
    `The model in ${base} cannot be trained: it is neither a PyTorch checkpoint nor in the 8-bit form of the built-in model.`,
  );
}
