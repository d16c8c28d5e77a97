// Installs the npm package in a folder as a user does, with the packages that the checkout has: nothing is fetched that npm has kept.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../host/locations';

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Makes `folder` a project that has the package of out/. */
export async function installTarball(folder: string): Promise<void> {
  const root = repositoryRoot();
  const { name, version } = readJson(path.join(root, 'package.json')) as { name: string; version: string };
  const tarball = path.join(root, 'out', `${name}-${version}.tgz`);
  const project = { name: 'program', version: '1.0.0', private: true };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(project));
  const { packages } = readJson(path.join(root, 'package-lock.json')) as { packages: Record<string, Locked> };
  const lock = {
    ...project,
    lockfileVersion: 3,
    packages: { '': project, ...lockedWith('onnxruntime-node', packages) },
  };
  fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  const args = [
    'install',
    tarball,
    '--prefer-offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  await promisify(execFile)('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}

/** The entries of a package and all that it needs, in the versions that the checkout was tested with. */
function lockedWith(name: string, packages: Readonly<Record<string, Locked>>): Record<string, Locked> {
  const wanted = new Set([name]);
  for (const one of wanted)
    for (const needed of Object.keys(packages[`node_modules/${one}`]?.dependencies ?? {})) wanted.add(needed);
  const places = Array.from(wanted, (one) => `node_modules/${one}`);
  return Object.fromEntries(places.map((place) => [place, packages[place] ?? {}]));
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
