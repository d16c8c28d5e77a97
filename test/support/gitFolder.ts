// A folder with a real Git repository, gone when the test is over.
import { execFileSync, spawnSync } from 'node:child_process';
import { TempFolder } from '../unit/workspace/tempFolder';

/** Never the machine's own settings of Git; submodules from folders. */
export const gitEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  ...{ GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'a@b.c', GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'a@b.c' },
};

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    env: gitEnv,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What Git says on standard error where it refuses. */
export function gitComplaint(folder: string, env: Readonly<Record<string, string>>, ...args: string[]): string {
  return spawnSync('git', args, { cwd: folder, env: { ...gitEnv, LC_ALL: 'C', ...env }, encoding: 'utf8' }).stderr;
}

/** All files are committed. */
export async function repositoryOf(files: Readonly<Record<string, string>>): Promise<TempFolder> {
  const folder = await TempFolder.create(files);
  git(folder.path, 'init', '-q', '-b', 'main');
  commitAll(folder.path, 'first');
  return folder;
}

export function commitAll(folder: string, message: string): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', message);
}
