// How a model of each kind is trained: the commands of `python -m glitag_train`, and what they leave behind.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import type { RunPaths } from './runFolder';

export interface TrainingPlan {
  /** Command line of the training; with `--resume` it goes on. It says TrainEvents. */
  train(paths: RunPaths): readonly string[];
  /** Command line that makes the model folder `paths.model` out of what was trained; null where the training itself does. */
  export(paths: RunPaths): readonly string[] | null;
  /** What the trained weights are told by: a folder that is there whole or not at all. */
  trained(paths: RunPaths): string;
  /** Command line that makes of the base a model that GLiTag runs, in `paths.baseModel`; null where it is one. */
  exportBase(paths: RunPaths): readonly string[] | null;
}

/** Upstream's training of all weights of a PyTorch checkpoint. */
function checkpointPlan(base: string, seed: number): TrainingPlan {
  return {
    train: ({ trainRows, training }) => [
      ...['train', trainRows, '--base', base, '--out', training, '--progress', 'jsonl'],
      // What is kept back is measured here, with GLiTag's own classifier.
      ...['--eval_share', '0', '--seed', String(seed), '--save_steps', '50', '--logging_steps', '1'],
    ],
    export: ({ training, model }) => ['export', path.join(training, 'final_model'), model],
    trained: ({ training }) => path.join(training, 'final_model'),
    exportBase: ({ baseModel }) => ['export', base, baseModel],
  };
}

/** Heads and top layers of a model in the form of the embedded one: minutes. */
function adaptPlan(base: string, seed: number): TrainingPlan {
  return {
    train: ({ trainRows, training }) => [
      ...['adapt', trainRows, '--base', base, '--out', training, '--progress', 'jsonl', '--seed', String(seed)],
    ],
    export: () => null,
    trained: ({ model }) => model,
    exportBase: () => null,
  };
}

/** Throws AppError model-missing where `base` is no model folder. */
export function planFor(base: string, seed: number): TrainingPlan {
  if (!fs.existsSync(path.join(base, 'config.json')))
    throw new AppError('model-missing', `${base} is no model folder: it has no config.json.`);
  const names = fs.readdirSync(base);
  const isCheckpoint = names.some((name) => /^(model.*\.safetensors|pytorch_model.*\.bin)$/.test(name));
  return isCheckpoint ? checkpointPlan(base, seed) : adaptPlan(base, seed);
}
