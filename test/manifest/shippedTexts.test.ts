// The texts that training on decisions goes over are shipped, and no others of ours: they lie beside many that only the recipe reads.
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../host/locations';

const read = (file: string) => fs.readFileSync(path.join(repositoryRoot(), file), 'utf8');

it('the package holds the texts that adapt reads', () => {
  const [, named = ''] = /^FILES = \((.+)\)$/m.exec(read('training/glitag_train/adapt/rehearsal.py')) ?? [];
  const wanted = Array.from(named.matchAll(/"([^"]+)"/g), ([, file]) => file);
  expect(wanted.length).toBeGreaterThan(0);
  const shipped = Array.from(read('.vscodeignore').matchAll(/^!training\/written\/(.+)$/gm), ([, file]) => file);
  expect(shipped).toEqual(wanted);
});
