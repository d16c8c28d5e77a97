// A Python for the tests in training/: finds one, and keeps an environment with the packages of a requirements file.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './run.mjs';

const windows = process.platform === 'win32';
const oldest = [3, 10];
const wanted = `Python ${oldest.join('.')} or later with venv`;
const debianPackages = ['python3', 'python3-venv'];

/**
 * Python of an environment that holds what `requirements` pins. It lies in a cache folder under the hash of that file and of the
 * Python's version, and is made anew where an earlier try was broken off. Where the file includes another (`-r`), the environment
 * of that one is made first and read through, so that gigabytes are there once.
 * @param {string} requirements path of the file
 * @returns {Promise<string>} path of the environment's Python
 */
export async function ensurePython(requirements) {
  return (await environment(requirements)).python;
}

async function environment(requirements) {
  const text = fs.readFileSync(requirements, 'utf8');
  const included = /^-r (.+)$/m.exec(text);
  const base = included && (await environment(path.join(path.dirname(requirements), included[1].trim())));
  const { program, version } = findPython() ?? (await installPython());
  const hash = createHash('sha256').update(text).update(version);
  if (base) hash.update(path.basename(base.folder));
  const folder = path.join(cacheFolder(), hash.digest('hex').slice(0, 16));
  const python = path.join(folder, windows ? 'Scripts/python.exe' : 'bin/python');
  const finished = path.join(folder, 'finished');
  if (fs.existsSync(finished)) return { folder, python };
  console.log(`Python packages of ${path.basename(requirements)} into ${folder}`);
  fs.rmSync(folder, { recursive: true, force: true });
  await step(program, ['-m', 'venv', folder]);
  if (base) fs.writeFileSync(path.join(packagesOf(python), 'base.pth'), `${packagesOf(base.python)}\n`);
  await step(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  fs.writeFileSync(finished, '');
  return { folder, python };
}

/** The folder of an environment that holds its packages. */
function packagesOf(python) {
  const ask = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  return execFileSync(python, ['-c', ask], { encoding: 'utf8' }).trim();
}

/** $GLITAG_PYTHON_CACHE, or ~/.cache/glitag-python. */
function cacheFolder() {
  return process.env.GLITAG_PYTHON_CACHE ?? path.join(os.homedir(), '.cache/glitag-python');
}

/** $PYTHON or one on the PATH that is new enough and can make environments; null if there is none. */
export function findPython(env = process.env) {
  const names = env.PYTHON ? [env.PYTHON] : ['python3', 'python'];
  const ask = 'import ensurepip, sys, venv; print(*sys.version_info[:3], sep=".")';
  for (const program of names) {
    try {
      const version = execFileSync(program, ['-c', ask], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env,
      }).trim();
      const [major, minor] = version.split('.').map(Number);
      if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return { program, version };
    } catch {
      // not there, or without venv: the next one
    }
  }
  return null;
}

/** Debian's Python, installed as root; elsewhere throws with what the developer is to install. */
async function installPython() {
  const byHand = `Install ${wanted} (Debian: apt-get install ${debianPackages.join(' ')}), or name one in PYTHON.`;
  if (process.env.PYTHON) throw new Error(`${process.env.PYTHON} is no ${wanted}. ${byHand}`);
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get'))
    throw new Error(`No ${wanted} was found. ${byHand}`);
  console.log(`apt-get install ${debianPackages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...debianPackages],
  ]) {
    const { code } = await run('apt-get', args, { env, quiet: true });
    if (code !== 0) throw new Error(`apt-get ${args[0]} ended with ${code}. ${byHand}`);
  }
  const found = findPython();
  if (found === null) throw new Error(`Debian's packages brought no ${wanted}. ${byHand}`);
  return found;
}

async function step(program, args) {
  const { code } = await run(program, args);
  if (code !== 0)
    throw new Error(`${path.basename(program)} ${args.slice(0, 3).join(' ')} ended with ${code}: see its output above`);
}
