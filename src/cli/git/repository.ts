// One folder in a Git repository: which of its files are others than at a commit, in the words of Git.
import { AppError } from '../../shared/errors';
import { runGit, type GitEnd } from './runGit';

/** What a repository holds another repository as. */
const linkMode = '160000';

export interface DiffEntry {
  /** Relative to the folder, separated by `/`. */
  readonly path: string;
  /** The commit of the submodule that it was; null where it was none. */
  readonly submodule: string | null;
}

export class Repository {
  private constructor(
    readonly folder: string,
    private readonly settings: readonly string[],
    private readonly signal: AbortSignal,
  ) {}

  /** Throws AppError input-invalid where the folder is in no working tree, or Git does not open it. */
  static async at(folder: string, signal: AbortSignal): Promise<Repository> {
    const plain = new Repository(folder, [], signal);
    const inside = await plain.git('rev-parse', '--is-inside-work-tree');
    if (inside.exitCode !== 0) throw refusal(inside, folder);
    if (inside.output.trim() !== 'true')
      throw new AppError(
        'input-invalid',
        `${folder} is not in the working tree of its Git repository. Name a folder that is.`,
      );
    return new Repository(folder, await plain.disarmed(), signal);
  }

  /** The commit that a name means; null where there is none. `name` begins with no hyphen. */
  async commit(name: string): Promise<string | null> {
    const { exitCode, output } = await this.git(
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${name}^{commit}`,
    );
    return exitCode === 0 ? output.trim() : null;
  }

  /** Where HEAD left the line of a commit; null where both have nothing in common, as far as is known here. */
  async mergeBase(commit: string): Promise<string | null> {
    const { exitCode, output } = await this.git('merge-base', commit, 'HEAD');
    return exitCode === 0 ? output.trim() : null;
  }

  /** What is compared with where everything is new. */
  async emptyTree(): Promise<string> {
    // The hash depends on the kind of repository, and every one knows this tree.
    return (await this.asked('hash-object', '-t', 'tree', '--stdin')).trim();
  }

  /**
   * What is in the folder and differs between a commit or tree and the disk, whatever the index says. Deleted files and both names of a renamed one too.
   * `names`: of files in the folder; empty for all.
   */
  async diff(since: string, names: readonly string[]): Promise<DiffEntry[]> {
    // Of submodules only their commit: Git would ask them by settings of their own.
    const shown = ['--raw', '-z', '--no-abbrev', '--no-renames', '--relative', '--ignore-submodules=dirty'];
    const fields = parts(await this.asked('diff', ...shown, '--no-ext-diff', '--no-textconv', since, '--', ...names));
    const entries: DiffEntry[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const [oldMode = '', , oldHash = ''] = (fields[at] ?? '').slice(1).split(' ');
      entries.push({ path: fields[at + 1] ?? '', submodule: oldMode === linkMode ? oldHash : null });
    }
    return entries;
  }

  /** Files that are neither in the index nor ignored; a repository in the folder that is no submodule ends in `/`. */
  async untracked(names: readonly string[]): Promise<string[]> {
    return parts(await this.asked('ls-files', '-z', '--others', '--exclude-standard', '--', ...names));
  }

  /** Paths of submodules in the folder. */
  async submodules(): Promise<string[]> {
    return parts(await this.asked('ls-files', '-z', '--stage'))
      .filter((entry) => entry.startsWith(`${linkMode} `))
      .map((entry) => entry.slice(entry.indexOf('\t') + 1));
  }

  /** Programs that reading the repository would start by its own settings (not the user's filters), as settings that take them away. */
  private async disarmed(): Promise<string[]> {
    const end = await this.git('config', '-z', '--show-scope', '--get-regexp', String.raw`^(filter|hook|lfs)\.`);
    // 1: there are none.
    if (end.exitCode !== 0 && end.exitCode !== 1) throw refusal(end, this.folder);
    const fields = parts(end.output);
    const [filters, hooks] = [new Set<string>(), new Set<string>()];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const key = (fields[at + 1] ?? '').split('\n')[0] ?? '';
      const name = key.slice(0, key.lastIndexOf('.'));
      const own = ['local', 'worktree'].includes(fields[at] ?? '');
      // No answer needs a hook, so the user's go with the others: core.hooksPath takes those of files, not those of settings.
      if (name.startsWith('hook.')) hooks.add(name);
      // The filter is the user's, and starts what the repository names.
      else if (own && /^lfs\.extension\./iu.test(name)) filters.add('filter.lfs');
      else if (own && key.startsWith('filter.')) filters.add(name);
    }
    const odd = [...filters, ...hooks].find((name) => name.includes('='));
    if (odd !== undefined)
      throw new AppError(
        'input-invalid',
        `The Git repository of ${this.folder} has a filter or hook with an odd name. Remove “${odd}” from its configuration.`,
      );
    return [
      ...[...filters].flatMap((name) => [`${name}.clean=`, `${name}.process=`, `${name}.required=false`]),
      ...[...hooks].map((name) => `${name}.enabled=false`),
    ];
  }

  private async asked(...args: readonly string[]): Promise<string> {
    const end = await this.git(...args);
    if (end.exitCode !== 0) throw refusal(end, this.folder);
    return end.output;
  }

  private git(...args: readonly string[]): Promise<GitEnd> {
    return runGit(args, { folder: this.folder, settings: this.settings, signal: this.signal });
  }
}

/** Why Git did not do what it was asked, and what to do about it. */
export function refusal({ errors }: Pick<GitEnd, 'errors'>, folder: string): AppError {
  if (errors.includes('not a git repository'))
    return new AppError(
      'input-invalid',
      `${folder} is in no Git repository, so there is nothing that it changed since. Leave out --changed-since, or name files and folders of a repository.`,
    );
  const trusted = /safe\.directory (.+)$/mu.exec(errors)?.[1];
  if (errors.includes('dubious ownership') && trusted !== undefined)
    return new AppError(
      'input-invalid',
      `Git does not open the repository of ${folder}, since it belongs to another user. If you trust it: git config --global --add safe.directory ${trusted}`,
    );
  const reason = errors.trim().split('\n')[0] ?? '';
  return new AppError('input-invalid', `Git cannot say what changed in ${folder}: ${reason}`);
}

function parts(output: string): string[] {
  return output.split('\0').filter((part) => part !== '');
}
