// The Python of `glitag train`: what is there, or an environment that is made once somebody agreed.
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { makeEnvironment } from '../../training/python/environment';
import type { EnvironmentOffer } from '../../training/python/environment';
import { findTrainingPython } from '../../training/python/trainingPython';
import type { TrainingPython } from '../../training/python/trainingPython';
import { cacheFolder } from '../cacheFolder';
import { askYes } from '../askYes';
import type { TrainOptions } from './trainCommand';

/** dist/cli.js and training/ lie side by side in a checkout and in the VSIX. */
const packageFolder = path.join(__dirname, '..', 'training');

/** Throws AppError python-missing, also where nobody agreed, and cancelled. */
export async function trainingPython(
  { python, install }: Pick<TrainOptions, 'python' | 'install'>,
  signal: AbortSignal,
): Promise<TrainingPython> {
  const environments = path.join(cacheFolder(), 'training');
  const named = python ?? process.env['GLITAG_PYTHON'] ?? null;
  const found = await findTrainingPython({ named, packageFolder, environments }, signal);
  if (found.kind === 'ready') return found;
  const offer = offerText(found);
  if (!install && !process.stdin.isTTY)
    throw new AppError(
      'python-missing',
      `${offer}\n--install does this, or name a Python that has them with --python.`,
    );
  process.stderr.write(`${offer}\n`);
  if (!install && !(await askYes('Install them now?', signal)))
    throw new AppError('cancelled', 'Nothing was installed.');
  return makeEnvironment(found, {
    signal,
    onLine: (line) => process.stderr.write(`${line}\n`),
  });
}

function offerText({ base, environments, size }: EnvironmentOffer): string {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return `Training needs PyTorch, gliclass and other Python packages, which ${base.program} (${base.version}) does not have. They would be installed into a virtual environment in ${environments}: up to ${gigabytes(size.downloadBytes)} to download, and ${gigabytes(size.diskBytes)} on the disk.`;
}
