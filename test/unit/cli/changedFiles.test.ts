// What changed since a commit, asked of real repositories: every kind of change and of name, submodules, hostile settings, refusals.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changedSince } from '../../../src/cli/git/changedFiles';
import { refusal } from '../../../src/cli/git/repository';
import { rootsOf } from '../../../src/cli/tag/inputs';
import { fileUri } from '../../../src/workspace/find/nodeFileTree';
import { TempFolder } from '../workspace/tempFolder';
import { commitAll, git, gitComplaint, repositoryOf } from '../../support/gitFolder';

const signal = new AbortController().signal;

beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function chosen(revision: string, ...paths: string[]) {
  return changedSince(revision, await rootsOf(paths), signal);
}

/** All that is in the folder, whatever Git thinks of it, except its own files. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.split(path.sep).includes('.git'));
}

/** Those of the names that changed. */
async function changed(folder: string, revision: string, names: readonly string[]): Promise<string[]> {
  const files = await chosen(revision, folder);
  const found = names.filter((name) => files.concern(fileUri(path.join(folder, name))));
  // Whatever was found is among the names that were asked for.
  expect(
    filesOf(folder).filter((name) => !names.includes(name) && files.concern(fileUri(path.join(folder, name)))),
  ).toEqual([]);
  return found;
}

/** A Git that does all that the real one does; the answer: what it was asked so far. */
async function askedOfGit(): Promise<() => readonly string[]> {
  const folder = await TempFolder.create();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  await folder.write('git', `#!/bin/sh\necho "$@" >> '${folder.at('asked')}'\nexec '${real}' "$@"\n`);
  chmodSync(folder.at('git'), 0o755);
  vi.stubEnv('PATH', `${folder.path}${path.delimiter}${process.env['PATH'] ?? ''}`);
  return () => (existsSync(folder.at('asked')) ? readFileSync(folder.at('asked'), 'utf8').split('\n') : []);
}

const messageOf = async (revision: string, ...paths: string[]) =>
  chosen(revision, ...paths).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );

describe('files that changed', () => {
  it('are the committed, staged, unstaged, untracked, renamed and deleted ones', async () => {
    const before = ['committed', 'staged', 'unstaged', 'same', 'old', 'deleted', 'uncached', 'back'];
    const folder = await repositoryOf(Object.fromEntries(before.map((name) => [`${name}.md`, `${name}\n`])));
    await folder.write('.gitignore', 'ignored.md\n');
    await folder.write('committed.md', 'other');
    await folder.write('back.md', 'another text');
    commitAll(folder.path, 'second');
    await folder.write('staged.md', 'other');
    git(folder.path, 'add', 'staged.md');
    await folder.write('unstaged.md', 'other');
    await folder.write('untracked.md', 'new');
    await folder.write('ignored.md', 'new');
    await folder.write('back.md', 'back\n');
    git(folder.path, 'mv', 'old.md', 'new.md');
    git(folder.path, 'rm', '-q', '--cached', 'uncached.md');
    rmSync(folder.at('deleted.md'));
    // Of another time, and the same text.
    utimesSync(folder.at('same.md'), 1_700_000_000, 1_700_000_000);
    const names = [...before, 'new', 'untracked', 'ignored'].map((name) => `${name}.md`);
    expect(await changed(folder.path, 'HEAD~1', [...names, '.gitignore'])).toEqual(
      ['committed', 'staged', 'unstaged', 'old', 'deleted', 'uncached', 'new', 'untracked']
        .map((name) => `${name}.md`)
        .concat('.gitignore'),
    );
    expect(await changed(folder.path, 'HEAD', names)).not.toContain('committed.md');
  });

  it('have any name', async () => {
    const folder = await repositoryOf({ 'a.md': 'a' });
    const names = [
      'sp ace/ü "q".md',
      'line\nbreak.md',
      '-n.md',
      ':(top).md',
      'ta\tb.md',
      '日本.md',
      'per%20cent#1.md',
      'b\\c.md',
    ];
    for (const name of names) await folder.write(name, 'new');
    expect(await changed(folder.path, 'HEAD', names)).toEqual(names);
    commitAll(folder.path, 'all');
    for (const name of names) await folder.write(name, 'other');
    expect(await changed(folder.path, 'HEAD', names)).toEqual(names);
    const one = await chosen('HEAD', folder.at(':(top).md'), folder.at('a.md'));
    expect(['a.md', ...names].filter((name) => one.concern(folder.uriOf(name)))).toEqual([':(top).md']);
  });

  it('are not what others changed on the branch that is compared with', async () => {
    const folder = await repositoryOf({ 'ours.md': 'a', 'theirs.md': 'a' });
    git(folder.path, 'checkout', '-q', '-b', 'topic');
    await folder.write('ours.md', 'other');
    commitAll(folder.path, 'ours');
    git(folder.path, 'checkout', '-q', 'main');
    await folder.write('theirs.md', 'other');
    commitAll(folder.path, 'theirs');
    git(folder.path, 'checkout', '-q', 'topic');
    expect(await changed(folder.path, 'main', ['ours.md', 'theirs.md'])).toEqual(['ours.md']);
  });

  it('are found by folders and files, through links, in several repositories and working trees', async () => {
    const [one, two] = [await repositoryOf({ 'in/a.md': 'a', 'b.md': 'b' }), await repositoryOf({ 'c.md': 'c' })];
    const elsewhere = await TempFolder.create();
    git(one.path, 'worktree', 'add', '-q', elsewhere.at('tree'));
    symlinkSync(one.at('in'), elsewhere.at('link'));
    await one.write('in/a.md', 'other');
    await one.write('b.md', 'other');
    await two.write('c.md', 'other');
    await elsewhere.write('tree/b.md', 'other');
    const files = await chosen('HEAD', elsewhere.at('link'), two.at('c.md'), elsewhere.at('tree'));
    for (const uri of [elsewhere.uriOf('link/a.md'), two.uriOf('c.md'), elsewhere.uriOf('tree/b.md')])
      expect(files.concern(uri), uri).toBe(true);
    // As they are named, and nothing beside them.
    for (const uri of [
      one.uriOf('in/a.md'),
      one.uriOf('b.md'),
      elsewhere.uriOf('b.md'),
      elsewhere.uriOf('tree/in/a.md'),
    ])
      expect(files.concern(uri), uri).toBe(false);
  });

  it('are found in submodules and in repositories that lie in one', async () => {
    const library = await repositoryOf({ 'same.md': 'a', 'old.md': 'a', 'dirty.md': 'a' });
    const outer = await repositoryOf({ 'x.md': 'x' });
    git(outer.path, 'submodule', 'add', '-q', library.path, 'sub');
    git(outer.path, 'submodule', 'add', '-q', library.path, 'clean');
    commitAll(outer.path, 'with submodules');
    await outer.write('sub/old.md', 'other');
    commitAll(outer.at('sub'), 'inside');
    await outer.write('sub/dirty.md', 'other');
    await outer.write('clean/new.md', 'new');
    mkdirSync(outer.at('nested'));
    git(outer.at('nested'), 'init', '-q');
    await outer.write('nested/tracked.md', 'new');
    commitAll(outer.at('nested'), 'nested');
    await outer.write('nested/untracked.md', 'new');
    const names = ['sub/old.md', 'sub/dirty.md', 'clean/new.md', 'nested/tracked.md', 'nested/untracked.md'];
    expect(await changed(outer.path, 'HEAD', ['sub/same.md', 'clean/same.md', ...names])).toEqual(names);
    // Before they were there, all of them is new.
    expect(
      await changed(
        outer.path,
        'HEAD~1',
        ['sub/same.md', 'clean/same.md'].concat(names, ['clean/old.md', 'clean/dirty.md', '.gitmodules']),
      ),
    ).toHaveLength(10);
  });
});

it('does not look for a submodule that is not checked out', async () => {
  const library = await repositoryOf({ 'a.md': 'a' });
  const outer = await repositoryOf({ 'x.md': 'x' });
  git(outer.path, 'submodule', 'add', '-q', library.path, 'sub');
  git(outer.path, 'submodule', 'deinit', '-q', '-f', 'sub');
  expect(await changed(outer.path, 'HEAD', ['.gitmodules', 'sub/a.md'])).toEqual(['.gitmodules']);
});

describe('a hostile repository', () => {
  it('leads nowhere by links in the place of its submodules', async () => {
    const [library, outer] = [await repositoryOf({ 'a.md': 'a' }), await repositoryOf({ 'x.md': 'x' })];
    git(outer.path, 'submodule', 'add', '-q', library.path, 'in/sub');
    git(outer.path, 'submodule', 'add', '-q', library.path, 'way/sub');
    const commit = git(library.path, 'rev-parse', 'HEAD').trim();
    for (const name of ['one', 'two'])
      git(outer.path, 'update-index', '--add', '--cacheinfo', `160000,${commit},${name}`);
    git(outer.path, 'commit', '-q', '-m', 'links');
    for (const name of ['one', 'two']) symlinkSync('.', outer.at(name));
    rmSync(outer.at('way'), { recursive: true });
    symlinkSync('in', outer.at('way'));
    await outer.write('in/sub/a.md', 'other');
    const asked = await askedOfGit();
    const files = await chosen('HEAD', outer.path);
    expect(files.concern(outer.uriOf('in/sub/a.md'))).toBe(true);
    for (const name of ['one/x.md', 'one/in/sub/a.md', 'two/one/in', 'way/sub/a.md'])
      expect(files.concern(outer.uriOf(name)), name).toBe(false);
    // Of the outer one and of the one that is there.
    expect(asked().filter((line) => line.includes(' diff '))).toHaveLength(2);
  });

  it('starts none of its programs', async () => {
    const folder = await repositoryOf({ 'a.md': 'a', '.gitattributes': '*.md filter=evil diff=evil\n' });
    const [ran, program] = [folder.at('.git/ran'), folder.at('.git/evil.sh')];
    await folder.write('.git/evil.sh', `#!/bin/sh\necho "$0" >> '${ran}'\ncat\n`);
    chmodSync(program, 0o755);
    for (const hook of ['post-index-change', 'pre-commit', 'fsmonitor-watchman']) {
      await folder.write(`.git/hooks/${hook}`, `#!/bin/sh\necho ${hook} >> '${ran}'\n`);
      chmodSync(folder.at(`.git/hooks/${hook}`), 0o755);
    }
    const settings = {
      ...{ 'core.fsmonitor': program, 'core.pager': program, 'core.sshCommand': program, 'core.editor': program },
      ...{ 'filter.evil.clean': program, 'filter.evil.process': program, 'filter.evil.required': 'true' },
      ...{ 'diff.external': program, 'diff.evil.command': program, 'diff.evil.textconv': program },
      ...{ 'hook.evil.event': 'post-index-change', 'hook.evil.command': program },
    };
    for (const [name, value] of Object.entries(settings)) git(folder.path, 'config', name, value);
    await folder.write('a.md', 'other');
    await folder.write('b.md', 'b');
    expect(await changed(folder.path, 'HEAD', ['a.md', 'b.md'])).toEqual(['a.md', 'b.md']);
    expect(existsSync(ran)).toBe(false);
    // The trap works: Git by itself falls into it.
    gitComplaint(folder.path, {}, 'status');
    expect(existsSync(ran)).toBe(true);
  });

  it('starts no hook that settings name, whoever wrote them', async () => {
    const folder = await repositoryOf({ 'a.md': 'a' });
    const user = await TempFolder.create({ config: '[hook "mine"]\n\tevent = post-index-change\n\tcommand = true\n' });
    vi.stubEnv('GIT_CONFIG_GLOBAL', user.at('config'));
    for (const event of ['post-index-change', 'pre-commit'])
      git(folder.path, 'config', '--add', 'hook.a b.event', event);
    git(folder.path, 'config', 'hook.jobs', '2');
    const asked = await askedOfGit();
    await chosen('HEAD', folder.path);
    // Not every Git knows such hooks; each is told.
    const diff = asked().find((line) => line.includes(' diff '));
    expect(diff?.match(/hook\.\S.*?=\S+/gu)).toEqual(['hook.mine.enabled=false', 'hook.a b.enabled=false']);
    git(folder.path, 'config', 'hook.a=b.command', 'true');
    expect(await messageOf('HEAD', folder.path)).toContain('a filter or hook with an odd name. Remove “hook.a=b”');
  });

  it('starts no extension of the user’s filter for large files', async () => {
    const folder = await repositoryOf({ 'a.md': 'a', '.gitattributes': '*.md filter=lfs\n' });
    const [ran, user] = [folder.at('.git/ran'), await TempFolder.create()];
    // As git-lfs does.
    await user.write('lfs.sh', '#!/bin/sh\nsh -c "$(git config lfs.extension.x.clean)"\ncat\n');
    chmodSync(user.at('lfs.sh'), 0o755);
    await user.write('config', `[filter "lfs"]\n\tclean = ${user.at('lfs.sh')}\n\trequired = true\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', user.at('config'));
    git(folder.path, 'config', 'lfs.extension.x.clean', `echo ran >> '${ran}'`);
    await folder.write('a.md', 'other');
    expect(await changed(folder.path, 'HEAD', ['a.md'])).toEqual(['a.md']);
    expect(existsSync(ran)).toBe(false);
    gitComplaint(folder.path, { GIT_CONFIG_GLOBAL: user.at('config') }, 'diff');
    expect(existsSync(ran)).toBe(true);
  });

  it('has no say by the variables of a hook that runs for another one', async () => {
    const [one, other] = [await repositoryOf({ 'a.md': 'a' }), await repositoryOf({ 'z.md': 'z' })];
    await one.write('a.md', 'other');
    vi.stubEnv('GIT_DIR', other.at('.git'));
    vi.stubEnv('GIT_WORK_TREE', other.path);
    vi.stubEnv('GIT_INDEX_FILE', other.at('.git/index'));
    expect(await changed(one.path, 'HEAD', ['a.md'])).toEqual(['a.md']);
  });
});

describe('what cannot be answered', () => {
  it('a revision that is none', async () => {
    const folder = await repositoryOf({ 'a.md': 'a' });
    expect(await messageOf('nowhere', folder.path)).toContain(`${folder.path} has no commit “nowhere”`);
    expect(await messageOf('--output=x', folder.path)).toBe(
      '--changed-since needs a commit, branch or tag of Git, not “--output=x”.',
    );
    expect(await messageOf('^main', folder.path)).toContain('needs a commit');
    expect(await messageOf(' ', folder.path)).toContain('needs a commit');
    expect(existsSync(folder.at('x'))).toBe(false);
  });

  it('a folder in no repository, and one inside its administration', async () => {
    const plain = await TempFolder.create({ 'a.md': 'a' });
    expect(await messageOf('HEAD', plain.path)).toContain(`${plain.path} is in no Git repository`);
    const folder = await repositoryOf({ 'a.md': 'a' });
    expect(await messageOf('HEAD', folder.at('.git'))).toContain('is not in the working tree');
  });

  it('a repository of another user', async () => {
    const folder = await repositoryOf({ 'a.md': 'a' });
    const errors = gitComplaint(
      folder.path,
      { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
      'rev-parse',
      '--is-inside-work-tree',
    );
    expect(refusal({ errors }, folder.path).message).toBe(
      `Git does not open the repository of ${folder.path}, since it belongs to another user. If you trust it: git config --global --add safe.directory ${folder.path}`,
    );
  });

  it('without Git', async () => {
    const folder = await repositoryOf({ 'a.md': 'a' });
    vi.stubEnv('PATH', folder.path);
    expect(await messageOf('HEAD', folder.path)).toContain('there is no git on the PATH');
    // Something else of that name.
    mkdirSync(folder.at('git'));
    expect(await messageOf('HEAD', folder.path)).toContain('there is no git on the PATH');
  });

  it('after it was stopped, without asking Git', async () => {
    const folder = await repositoryOf({ 'a.md': 'a' });
    const asked = await askedOfGit();
    const roots = await rootsOf([folder.path]);
    await expect(changedSince('HEAD', roots, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked()).toEqual([]);
  });
});
