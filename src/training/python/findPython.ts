// Finds a Python that is new enough.
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { runProgram } from '../runProgram';

export interface FoundPython {
  /** Path of the program itself, not of a launcher. */
  readonly program: string;
  /** As 3.12.4. */
  readonly version: string;
  /** Whether it can make virtual environments: Debian packages that apart. */
  readonly hasVenv: boolean;
}

const oldest = [3, 10] as const;
const oldestName = oldest.join('.');
const newestTried = 14;

/** A 32-bit one has none of the packages. */
const question = [
  'import importlib.util as u, json, sys',
  'venv = all(u.find_spec(name) for name in ("venv", "ensurepip"))',
  'print(json.dumps([sys.executable, list(sys.version_info[:3]), venv, sys.maxsize > 2**32]))',
].join('\n');

/**
 * `named` (a path, or a name on the PATH), or else the first of those that are usual. Throws AppError python-missing, which says what
 * was found instead and what to do.
 */
export async function findPython(named: string | null, signal: CancelSignal): Promise<FoundPython> {
  const tooOld: string[] = [];
  for (const candidate of named === null ? usual() : [[named]]) {
    const found = await ask(candidate, signal);
    if (found === null) continue;
    if (isNewEnough(found.version) && found.is64Bit) return found;
    tooOld.push(`${candidate.join(' ')} is Python ${found.version}${found.is64Bit ? '' : ' of 32 bits'}`);
  }
  const advice = `Training needs Python ${oldestName} or newer, 64-bit.`;
  if (named !== null)
    throw new AppError(
      'python-missing',
      `${tooOld[0] ?? `“${named}” is no Python that can be started`}. ${advice} Name another one.`,
    );
  const found = tooOld.length > 0 ? `${tooOld.join(', ')}. ` : 'No Python was found. ';
  throw new AppError('python-missing', `${found}${advice} Install one from python.org or your system's packages.`);
}

function usual(): string[][] {
  const numbered = Array.from({ length: newestTried - oldest[1] + 1 }, (_, at) => [`python3.${newestTried - at}`]);
  return process.platform === 'win32'
    ? [['py', '-3'], ['python'], ['python3']]
    : [['python3'], ['python'], ...numbered];
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** Null where it does not start, or answers as no Python does. */
async function ask(
  [program = '', ...args]: readonly string[],
  signal: CancelSignal,
): Promise<(FoundPython & { is64Bit: boolean }) | null> {
  const lines: string[] = [];
  await runProgram(program, [...args, '-c', question], { signal, onLine: (line) => lines.push(line) });
  try {
    const answer: unknown = JSON.parse(lines.join('\n'));
    if (!Array.isArray(answer)) return null;
    const [path, version, hasVenv, is64Bit] = answer as unknown[];
    if (typeof path !== 'string' || path === '' || !Array.isArray(version)) return null;
    return { program: path, version: version.join('.'), hasVenv: hasVenv === true, is64Bit: is64Bit === true };
  } catch {
    return null;
  }
}
