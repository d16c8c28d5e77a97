// The glob of a path leaves out that path and nothing else, by the rules that runs read globs with.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globOf } from '../../../src/workspace/find/globOf';
import { compileGlobs } from '../../../src/workspace/find/globs';

const excludes = (glob: string, path: string) =>
  compileGlobs([], [glob], [], false).excludedBy(path, () => false) !== null;

/** Names as they may stand on a disk, with all that globs have a meaning for. */
const name = fc
  .string({ unit: fc.constantFrom(...Array.from('ab.-_ [](){}!?@+|^$~'), '*'), minLength: 1, maxLength: 12 })
  .filter((text) => !/^\.{1,2}$/.test(text) && text.trim() === text);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));

describe('globOf', () => {
  it('matches a file', () => {
    fc.assert(
      fc.property(path, path, (one, other) => {
        const glob = globOf(one, false);
        expect(excludes(glob, one)).toBe(true);
        if (other !== one && !other.startsWith(`${one}/`)) expect(excludes(glob, other)).toBe(false);
        expect(excludes(glob, `elsewhere/${one}`)).toBe(false);
      }),
    );
  });

  it('matches all that is in a folder', () => {
    fc.assert(
      fc.property(path, path, (folder, inside) => {
        expect(excludes(globOf(folder, true), `${folder}/${inside}`)).toBe(true);
        expect(excludes(globOf(folder, true), `${folder}x/${inside}`)).toBe(false);
      }),
    );
  });
});
