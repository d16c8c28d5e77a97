// Ignore files mean here what they mean to git: generated trees and rules, checked against `git check-ignore`.
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFiles } from '../../../src/workspace/find/findFiles';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { TempFolder } from './tempFolder';

/** Never the machine's own git settings. */
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', HOME: '/nonexistent' };

const segment = fc.constantFrom('a', 'b', 'c', 'ab', 'x.md', 'y.log', 'Z', '.d');
const filePath = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((parts) => [...parts, 'f.txt'].slice(0, 4).join('/'));
const piece = fc.constantFrom(
  'a',
  'b',
  'c',
  'ab',
  'x.md',
  '*.log',
  '*',
  '**',
  'a*',
  '?',
  '[ab]',
  '[!a]',
  'Z',
  'z',
  '.d',
  'f.txt',
  '*.txt',
);
const rule = fc
  .record({
    negated: fc.boolean(),
    rooted: fc.boolean(),
    folder: fc.boolean(),
    pieces: fc.array(piece, { minLength: 1, maxLength: 3 }),
    tail: fc.constantFrom('', '', '', ' ', '\\ '),
  })
  .map(({ negated, rooted, folder, pieces, tail }) =>
    [negated ? '!' : '', rooted ? '/' : '', pieces.join('/'), folder ? '/' : '', tail].join(''),
  );
const rules = fc.array(fc.oneof({ weight: 9, arbitrary: rule }, fc.constantFrom('', '# note', '\\#x', '\\!x')), {
  maxLength: 6,
});
const ignoreFile = fc.record({ folder: fc.constantFrom('', '', 'a', 'b', 'a/b', 'a/ab', 'c'), lines: rules });

it('agrees with git on generated trees', { timeout: 180_000 }, async () => {
  let ignoredFiles = 0;
  let keptFiles = 0;
  const tree = fc.record({
    paths: fc.uniqueArray(filePath, { minLength: 5, maxLength: 25 }),
    ignoreFiles: fc.uniqueArray(ignoreFile, { minLength: 1, maxLength: 4, selector: ({ folder }) => folder }),
    exclude: rules,
  });
  await fc.assert(
    fc.asyncProperty(tree, async ({ paths, ignoreFiles, exclude }) => {
      const files = withoutClashes([
        ...paths,
        ...ignoreFiles.map(({ folder }) => (folder ? `${folder}/.gitignore` : '.gitignore')),
      ]);
      const folder = await TempFolder.create();
      execFileSync('git', ['init', '-q', folder.path], { env });
      for (const file of files) await folder.write(file, 'x');
      for (const { folder: where, lines } of ignoreFiles) {
        const name = where ? `${where}/.gitignore` : '.gitignore';
        if (files.includes(name)) await folder.write(name, lines.join('\n'));
      }
      await folder.write('.git/info/exclude', exclude.join('\n'));
      const ignored = gitIgnored(folder.path, files);
      const found: string[] = [];
      const options = { roots: [{ uri: folder.uri, name: 'w' }], include: [], exclude: [], ignoreCase: false };
      for await (const entry of findFiles(new NodeFileTree(), options))
        if (entry.type === 'file') found.push(entry.file.path);
      expect(found.sort()).toEqual(files.filter((file) => !ignored.has(file)).sort());
      ignoredFiles += ignored.size;
      keptFiles += found.length;
    }),
    { numRuns: 60 },
  );
  // The comparison says nothing if the rules hit nothing, or everything.
  expect(Math.min(ignoredFiles, keptFiles)).toBeGreaterThan(30);
});

function gitIgnored(cwd: string, files: readonly string[]): Set<string> {
  const { stdout, status, stderr } = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
    cwd,
    env,
    input: files.join('\0'),
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(`git check-ignore failed: ${stderr}`);
  return new Set(stdout.split('\0').filter((file) => file !== ''));
}

/** A name cannot be a file and a folder at once. */
function withoutClashes(paths: readonly string[]): string[] {
  const folders = new Set(paths.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at).join('/'))));
  return [...new Set(paths)].filter((path) => !folders.has(path));
}
