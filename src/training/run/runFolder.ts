// The folder of a training beside the model that it makes: what the run was started with, and how far it is.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { holderName, holdFolder, releaseFolder } from '../../inference/process/heldFolder';
import type { TrainingRequest } from './trainingRequest';

export interface RunPaths {
  readonly folder: string;
  /** Rows to train on, JSON Lines. */
  readonly trainRows: string;
  /** Folder in which Python trains. */
  readonly training: string;
  /** What was trained in a form that GLiTag runs, where it is not in one. */
  readonly exported: string;
  /** The base in a form that GLiTag runs, where it is not in one. */
  readonly baseModel: string;
}

/** What must be the same for a run to go on. */
interface RunRecord {
  readonly base: string;
  readonly seed: number;
  readonly keptBackShare: number;
  readonly mode: string;
  /** sha256 of all rows and what the model reads for labels. */
  readonly data: string;
}

export function runPaths(out: string): RunPaths {
  const folder = `${path.resolve(out)}.training`;
  const inside = (name: string) => path.join(folder, name);
  return {
    folder,
    trainRows: inside('train.jsonl'),
    training: inside('trained'),
    // The model's card takes its name from the folder.
    exported: path.join(folder, 'exported', path.basename(out)),
    baseModel: inside('base'),
  };
}

/**
 * Makes the run's folder, or opens the one that an earlier try of the same request left, and holds it until `closeRun`. Throws AppError
 * input-invalid where `out` is taken, where another process trains for it, and where what is there is another run.
 */
export function openRun(request: TrainingRequest): RunPaths {
  const { out, startOver } = request;
  if (fs.existsSync(out) && (!fs.statSync(out).isDirectory() || fs.readdirSync(out).length > 0))
    throw new AppError('input-invalid', `${out} is there already. Name another folder for the new model.`);
  const paths = runPaths(out);
  fs.mkdirSync(paths.folder, { recursive: true });
  holdFolder(paths.folder, (pid) => `Process ${pid} is training into ${paths.folder}. Wait for its end, or end it.`);
  try {
    const record = recordOf(request);
    const kept = readRecord(paths);
    const changed = kept === null ? [] : differences(kept, record);
    if (changed.length > 0 && !startOver)
      throw new AppError(
        'input-invalid',
        `${paths.folder} holds an unfinished training with other ${changed.join(', ')}. Start over, or name another folder for the new model.`,
      );
    if (kept === null || changed.length > 0) {
      for (const name of fs.readdirSync(paths.folder))
        if (name !== holderName) fs.rmSync(path.join(paths.folder, name), { recursive: true, force: true });
      fs.writeFileSync(`${recordFile(paths)}.part`, `${JSON.stringify(record, null, 1)}\n`);
      fs.renameSync(`${recordFile(paths)}.part`, recordFile(paths));
    }
    return paths;
  } catch (error) {
    closeRun(paths);
    throw error;
  }
}

export function closeRun(paths: RunPaths): void {
  releaseFolder(paths.folder);
}

/** The model goes to its place in one step; then the run's folder goes. */
export function finishRun(paths: RunPaths, model: string, out: string): void {
  // Windows renames onto no folder, not even an empty one.
  if (fs.existsSync(out)) fs.rmdirSync(out);
  fs.renameSync(model, out);
  fs.rmSync(paths.folder, { recursive: true, force: true });
}

const recordFile = ({ folder }: RunPaths): string => path.join(folder, 'run.json');

function readRecord(paths: RunPaths): Readonly<Record<string, unknown>> | null {
  if (!fs.existsSync(recordFile(paths))) return null;
  return JSON.parse(fs.readFileSync(recordFile(paths), 'utf8')) as Readonly<Record<string, unknown>>;
}

function recordOf({ base, seed, keptBackShare, rules, rows, labelTexts }: TrainingRequest): RunRecord {
  const data = rows.map(({ weights, ...row }) => [row, weights ? [...weights] : null]);
  return {
    base: path.resolve(base),
    seed,
    keptBackShare,
    mode: rules.mode,
    data: createHash('sha256')
      .update(JSON.stringify([data, [...labelTexts]]))
      .digest('hex'),
  };
}

/** In words. */
const words: Readonly<Record<keyof RunRecord, string>> = {
  base: 'base model',
  seed: 'seed',
  keptBackShare: 'share kept back',
  mode: 'mode',
  data: 'data or labels',
};

function differences(kept: Readonly<Record<string, unknown>>, record: RunRecord): string[] {
  return (Object.keys(words) as (keyof RunRecord)[])
    .filter((name) => kept[name] !== record[name])
    .map((name) => words[name]);
}
