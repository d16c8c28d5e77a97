// Environments are there whole or not at all. A real Python makes them; the packages are a tiny one of our own, from a folder.
import fs from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeEnvironment } from '../../src/training/python/environment';
import type { EnvironmentOffer } from '../../src/training/python/environment';
import { findPython } from '../../src/training/python/findPython';
import { findTrainingPython } from '../../src/training/python/trainingPython';
import type { PythonPlaces } from '../../src/training/python/trainingPython';
import { packageFolder as shipped, temporary, trainingProgram } from './toyBase';

const { signal } = new AbortController();

let folder: string;
let places: PythonPlaces;
beforeEach(() => {
  folder = temporary('environment');
  const packageFolder = path.join(folder, 'training');
  for (const file of ['attached.py', 'missing.py', '__init__.py'])
    fs.cpSync(path.join(shipped, 'glitag_train', file), path.join(packageFolder, 'glitag_train', file));
  fs.writeFileSync(path.join(packageFolder, 'requirements.txt'), 'glitag-tiny==1.0\n');
  fs.writeFileSync(path.join(packageFolder, 'needs.txt'), '# why\nglitag-tiny>=1,<2\n');
  places = { named: null, packageFolder, environments: path.join(folder, 'made') };
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', path.join(folder, 'wheels'));
  // The usual names lead to the Python of the tier, wherever it is.
  vi.stubEnv('PATH', `${path.dirname(trainingProgram())}${path.delimiter}${process.env['PATH'] ?? ''}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

function writeWheel(): void {
  const info = 'glitag_tiny-1.0.dist-info';
  const files = {
    'glitag_tiny.py': '',
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: glitag-tiny\nVersion: 1.0\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: `glitag_tiny.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  };
  const zipped = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
  fs.mkdirSync(path.join(folder, 'wheels'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'wheels/glitag_tiny-1.0-py3-none-any.whl'), zipped);
}

async function offered(): Promise<EnvironmentOffer> {
  const found = await findTrainingPython(places, signal);
  if (found.kind !== 'offer') throw new Error(`${found.program} has everything`);
  // What is measured for PyTorch says nothing of a tiny package.
  return { ...found, size: { downloadBytes: 1e6, diskBytes: 1e6 } };
}

const quietly = { signal, onLine: () => undefined };
const made = () => (fs.existsSync(places.environments) ? fs.readdirSync(places.environments) : []);

describe('making', () => {
  it('ends with a Python that is found from then on, and clears what others left', async () => {
    writeWheel();
    const old = path.join(places.environments, '0123456789abcdef-1');
    fs.mkdirSync(old, { recursive: true });
    fs.writeFileSync(path.join(old, 'finished'), '');
    // No process has so large an id.
    fs.mkdirSync(path.join(places.environments, `0123456789abcdef-${2 ** 30}`));
    const lines: string[] = [];
    const python = await makeEnvironment(await offered(), { signal, onLine: (line) => lines.push(line) });
    expect(lines.join('\n')).toContain('Successfully installed glitag-tiny-1.0');
    expect(await findTrainingPython(places, signal)).toEqual(python);
    expect(made()).toHaveLength(1);
    // Another build needs another one.
    fs.appendFileSync(path.join(places.packageFolder, 'requirements.txt'), '# new\n');
    expect(await findTrainingPython(places, signal)).toMatchObject({ kind: 'offer' });
  });

  it('leaves nothing and says what to do where no index is reached', async () => {
    const reason = { code: 'python-missing', message: expect.stringContaining('Connect to the internet') as string };
    await expect(makeEnvironment(await offered(), quietly)).rejects.toMatchObject(reason);
    expect(made()).toEqual([]);
  });

  it('leaves nothing when it is cancelled', async () => {
    writeWheel();
    const abort = new AbortController();
    const making = makeEnvironment(await offered(), {
      signal: abort.signal,
      onLine: (line) => {
        if (line.startsWith('Looking in links')) abort.abort();
      },
    });
    await expect(making).rejects.toMatchObject({ code: 'cancelled' });
    expect(made()).toEqual([]);
  });

  it('does not begin where the disk is too full', async () => {
    const large = { ...(await offered()), size: { downloadBytes: 1, diskBytes: 1e18 } };
    await expect(makeEnvironment(large, quietly)).rejects.toThrow(/has .* GB free, and .* need up to/);
    expect(made()).toEqual([]);
  });
});

it('takes no environment that is half made, or whose packages went', async () => {
  writeWheel();
  const { program } = await makeEnvironment(await offered(), quietly);
  const environment = path.join(program, '../..');
  const [version = ''] = fs.readdirSync(path.join(environment, 'lib'));
  const info = path.join(environment, 'lib', version, 'site-packages/glitag_tiny-1.0.dist-info');
  fs.renameSync(info, path.join(folder, 'info'));
  expect(await findTrainingPython(places, signal)).toMatchObject({ kind: 'offer' });
  fs.renameSync(path.join(folder, 'info'), info);
  expect(await findTrainingPython(places, signal)).toMatchObject({ kind: 'ready' });
  // All is there but what is written last.
  fs.rmSync(path.join(environment, 'finished'));
  expect(await findTrainingPython(places, signal)).toMatchObject({ kind: 'offer' });
});

describe('finding', () => {
  /** A program that answers as a Python would. */
  function answering(name: string, answer: unknown): string {
    const file = path.join(folder, name);
    fs.writeFileSync(file, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`, { mode: 0o755 });
    return file;
  }

  it('takes the real one', async () => {
    const found = await findPython(trainingProgram(), signal);
    expect(found).toMatchObject({ program: trainingProgram(), hasVenv: true });
    expect(found.version).toMatch(/^3\.\d+\.\d+$/);
  });

  it('takes the Python that has all packages as it is', async () => {
    expect(await findTrainingPython({ ...places, named: trainingProgram(), packageFolder: shipped }, signal)).toEqual({
      ...{ kind: 'ready', program: trainingProgram(), packageFolder: shipped },
    });
  });

  it.each([
    ['an older one', [3, 9, 18], true, 'is Python 3.9.18. Training needs Python 3.10 or newer'],
    ['Python 2', [2, 7, 18], true, 'is Python 2.7.18'],
    ['one of 32 bits', [3, 12, 1], false, 'is Python 3.12.1 of 32 bits'],
  ])('refuses %s', async (_what, version, is64Bit, message) => {
    const program = answering('python', ['/usr/bin/python', version, true, is64Bit]);
    await expect(findPython(program, signal)).rejects.toThrow(message);
  });

  it('refuses what is no Python', async () => {
    await expect(findPython(answering('other', 'hello'), signal)).rejects.toThrow('is no Python that can be started');
    await expect(findPython(path.join(folder, 'nothing'), signal)).rejects.toThrow('is no Python that can be started');
  });

  it('says what to install where no Python is', async () => {
    vi.stubEnv('PATH', folder);
    await expect(findPython(null, signal)).rejects.toThrow(/^No Python was found.*Install one/);
    answering('python3', ['/usr/bin/python3', [3, 8, 1], true, true]);
    await expect(findPython(null, signal)).rejects.toThrow('python3 is Python 3.8.1. Training needs');
    answering('python3.12', ['/usr/bin/python3.12', [3, 12, 1], true, true]);
    expect(await findPython(null, signal)).toMatchObject({ version: '3.12.1' });
  });

  it('refuses a Python that makes no environments, with the package that does', async () => {
    const named = answering('python', ['/usr/bin/false', [3, 12, 1], false, true]);
    await expect(findTrainingPython({ ...places, named }, signal)).rejects.toThrow('python3-venv');
  });
});
