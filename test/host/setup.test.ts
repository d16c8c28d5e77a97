// When the scripts install packages: exactly when node_modules is not what package-lock.json asks for.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from './locations';
import { callScript } from './script';

const folder = temporaryFolder('setup');
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

type Packages = Readonly<Record<string, { version?: string; integrity?: string; optional?: boolean }>>;

function staleReason(wanted: Packages, found: Packages | null): unknown {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  const record = path.join(folder, 'node_modules/.package-lock.json');
  if (found !== null) fs.writeFileSync(record, JSON.stringify({ packages: found }));
  return callScript('setup', 'staleReason', [folder]);
}

const a = { version: '1.0.0', integrity: 'sha512-a' };

it.each<[string, Packages, Packages | null, string | null]>([
  ['everything is there', { '': {}, a }, { a }, null],
  ['a package of another platform is absent', { a, b: { ...a, optional: true } }, { a }, null],
  ['nothing is installed, or npm was interrupted', { a }, null, 'packages are not installed'],
  ['a package is missing', { a, b: a }, { a }, 'b is missing'],
  ['a version differs', { a }, { a: { ...a, version: '2.0.0' } }, 'a is not 1.0.0'],
  ['the same version has another content', { a }, { a: { ...a, integrity: 'sha512-b' } }, 'a is not 1.0.0'],
  ['a package was removed from the lock file', { a }, { a, b: a }, 'b is not in package-lock.json'],
])('%s', (_, wanted, found, reason) => {
  expect(staleReason(wanted, found)).toBe(reason);
});
