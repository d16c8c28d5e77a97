// Virtual environments with the packages that training needs. One that is only half made is never taken for one.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { isAlive } from '../../inference/process/isAlive';
import type { FoundPython } from './findPython';
import { installSize } from './installSize';
import type { InstallSize } from './installSize';
import { missingPackages } from './missingPackages';
import { installPackages } from './installPackages';
import { runModule } from './runModule';
import type { PythonPlaces, TrainingPython } from './trainingPython';

/** What would be made. Nothing of it is there yet. */
export interface EnvironmentOffer {
  readonly kind: 'offer';
  /** The Python that the environment would come from. */
  readonly base: FoundPython;
  readonly packageFolder: string;
  /** Folder in which the environment's own would lie. */
  readonly environments: string;
  readonly size: InstallSize;
}

export interface MakingOptions {
  readonly signal: CancelSignal;
  /** What is being done, in pip's words, a line each. */
  readonly onLine: (line: string) => void;
}

/** Written into an environment last. */
const marker = 'finished';

/** Throws AppError python-missing where environments cannot be made by this Python. */
export function offerOf(base: FoundPython, { packageFolder, environments }: PythonPlaces): EnvironmentOffer {
  if (!base.hasVenv)
    throw new AppError(
      'python-missing',
      `${base.program} cannot make virtual environments. Install its module venv (Debian and Ubuntu: the package python3-venv).`,
    );
  return { kind: 'offer', base, packageFolder, environments, size: installSize() };
}

/** The Python of the environment that holds what this build's lock file names; null where none was made. */
export function finishedEnvironment({ environments, packageFolder }: Omit<PythonPlaces, 'named'>): string | null {
  const key = keyOf(packageFolder);
  const name = namesIn(environments).find(
    (one) => one.startsWith(`${key}-`) && fs.existsSync(path.join(environments, one, marker)),
  );
  return name === undefined ? null : pythonOf(path.join(environments, name));
}

/**
 * Makes the environment: some minutes. Once it is whole, environments of other builds and what broken-off tries left go.
 * Throws AppError cancelled or python-missing; nothing is left then.
 */
export async function makeEnvironment(
  { base, packageFolder, environments, size }: EnvironmentOffer,
  { signal, onLine }: MakingOptions,
): Promise<TrainingPython> {
  fs.mkdirSync(environments, { recursive: true });
  checkSpace(environments, size);
  // A folder of this process's own: two windows may be at it at the same time.
  const folder = path.join(environments, `${keyOf(packageFolder)}-${process.pid}`);
  const python: TrainingPython = { kind: 'ready', program: pythonOf(folder), packageFolder };
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  try {
    onLine(`Making ${folder}`);
    const made = await runModule({ program: base.program, packageFolder }, 'venv', [folder], { signal });
    if (made.exitCode !== 0)
      throw new AppError('python-missing', `No virtual environment could be made: ${made.lastErrors.at(-1) ?? ''}`);
    await installPackages(python, { signal, onLine });
    const missing = await missingPackages(python.program, packageFolder, signal);
    if (missing.length > 0)
      throw new AppError('python-missing', `The new environment lacks ${missing.join(', ')}. Try again.`);
    fs.writeFileSync(path.join(folder, marker), '');
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  removeOthers(environments, path.basename(folder));
  return python;
}

/** Throws AppError python-missing. */
function checkSpace(folder: string, { diskBytes }: InstallSize): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  if (bavail * bsize >= diskBytes) return;
  const [needed, free] = [diskBytes, bavail * bsize].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  throw new AppError(
    'python-missing',
    `${folder} has ${free ?? ''} free, and the packages for training need up to ${needed ?? ''}. Make room, and try again.`,
  );
}

/** Also of other builds: each is gigabytes. What another process is making stays. */
function removeOthers(environments: string, own: string): void {
  for (const name of namesIn(environments)) {
    const [, pid] = /^[0-9a-f]{16}-(\d+)$/.exec(name) ?? [];
    if (pid === undefined || name === own) continue;
    const folder = path.join(environments, name);
    if (fs.existsSync(path.join(folder, marker)) || !isAlive(Number(pid)))
      fs.rmSync(folder, { recursive: true, force: true });
  }
}

function keyOf(packageFolder: string): string {
  const locked = fs.readFileSync(path.join(packageFolder, 'requirements.txt'));
  return createHash('sha256').update(locked).digest('hex').slice(0, 16);
}

function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

function pythonOf(folder: string): string {
  return path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
}
