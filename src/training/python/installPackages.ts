// Installs what the lock file names into an environment, with its pip.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import type { MakingOptions } from './environment';
import { hasNvidiaGpu } from './installSize';
import { runModule } from './runModule';
import type { TrainingPython } from './trainingPython';

/** Where PyTorch has packages for Linux without CUDA's libraries, a third in size. The usual index has none. */
const cpuIndex = 'https://download.pytorch.org/whl/cpu';

/** What pip says where it reaches no index, or one that has nothing. */
const unreachable =
  /NewConnectionError|ConnectTimeout|ConnectionError|Max retries|ProxyError|SSLError|\(from versions: none\)|getaddrinfo|name resolution/i;

/** Throws AppError cancelled, or python-missing with what to do. */
export async function installPackages(python: TrainingPython, options: MakingOptions): Promise<void> {
  const lock = path.join(python.packageFolder, 'requirements.txt');
  if (process.platform === 'linux' && !hasNvidiaGpu()) await installCpuTorch(python, lock, options);
  const { exitCode, errors } = await pip(python, ['-r', lock], options);
  if (exitCode === 0) return;
  if (errors.some((line) => unreachable.test(line)))
    throw new AppError(
      'python-missing',
      'No package index was reached, so nothing was installed. Connect to the internet, or name a mirror with “pip config set global.index-url URL”, and try again. On a machine that stays offline, name a Python that has the packages of requirements.txt.',
    );
  throw new AppError('python-missing', `The packages could not be installed: ${errors.at(-1) ?? 'pip gave no reason'}`);
}

/** Where that fails, the usual index serves: its PyTorch is larger and does the same. */
async function installCpuTorch(python: TrainingPython, lock: string, options: MakingOptions): Promise<void> {
  const torch = /^torch==\S+/m.exec(fs.readFileSync(lock, 'utf8'))?.[0];
  if (torch === undefined) return;
  const onlyThere = ['--index-url', cpuIndex, '--retries', '1', '--timeout', '15', '--no-deps'];
  const { exitCode } = await pip(python, [...onlyThere, torch], options);
  if (exitCode !== 0) options.onLine(`${cpuIndex} cannot be used: PyTorch comes from the usual index`);
}

async function pip(python: TrainingPython, args: readonly string[], { signal, onLine }: MakingOptions) {
  const quiet = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  const errors: string[] = [];
  const { exitCode } = await runModule(python, 'pip', ['install', ...quiet, ...args], {
    signal,
    onLine,
    onErrorLine: (line) => errors.push(line),
  });
  return { exitCode, errors: errors.filter((line) => line.trim() !== '') };
}
