// What decides over the entries of one folder: the ignore files met on the way there, read as the walk goes down.
import type { EntryKind, FileTree } from '../types';
import { refusalText } from './skipReasons';
import { IgnoreChain } from './ignoreChain';
import type { IgnoreFile } from './ignoreChain';

const gitIgnoreName = '.gitignore';
const ownIgnoreName = '.glitagignore';

export type Listing = ReadonlyMap<string, EntryKind>;

/** The rules inside one folder. Immutable: `enter` makes those of a folder in it. */
export class FolderRules {
  private constructor(
    private readonly tree: FileTree,
    private readonly useGit: boolean,
    private readonly ignoreCase: boolean,
    private readonly git: IgnoreChain,
    private readonly own: IgnoreChain,
    /** Path from the top of the rules to here; ends in a slash unless empty. */
    private readonly prefix: string,
  ) {}

  static above(tree: FileTree, useGit: boolean, ignoreCase: boolean): FolderRules {
    const none = IgnoreChain.empty(ignoreCase);
    return new FolderRules(tree, useGit, ignoreCase, none, none, '');
  }

  /**
   * The rules inside the folder called `name` (`` for the top). A repository of its own in it begins afresh: git never applies
   * the outer one's ignore files there. An ignore file that cannot be read counts as absent, as in git.
   */
  async enter(uri: string, name: string, listing: Listing): Promise<FolderRules> {
    const folder = this.prefix + name;
    const top = this.useGit && listing.has('.git');
    const gitFiles: IgnoreFile[] = [];
    if (this.useGit) {
      // git follows no link to an ignore file.
      if (listing.get(gitIgnoreName) === 'file') {
        gitFiles.push(...(await this.read(this.tree.child(uri, gitIgnoreName), pathIn(folder, gitIgnoreName))));
      }
      if (listing.get('.git') === 'directory') {
        const info = this.tree.child(this.tree.child(uri, '.git'), 'info');
        gitFiles.push(...(await this.read(this.tree.child(info, 'exclude'), '.git/info/exclude')));
      }
    }
    const ownFiles =
      listing.get(ownIgnoreName) === 'file'
        ? await this.read(this.tree.child(uri, ownIgnoreName), pathIn(folder, ownIgnoreName))
        : [];
    return new FolderRules(
      this.tree,
      this.useGit,
      this.ignoreCase,
      (top ? IgnoreChain.empty(this.ignoreCase) : this.git).enter(folder, gitFiles),
      this.own.enter(folder, ownFiles),
      folder === '' ? '' : `${folder}/`,
    );
  }

  /** The rule that ignores an entry of this folder, in words, or null. `.glitagignore` has the last word. */
  ignoredBy(name: string, folder: boolean): string | null {
    const path = this.prefix + name;
    const verdict = this.own.test(path, folder) ?? this.git.test(path, folder);
    return verdict ? `rule “${verdict.rule}” in ${verdict.source}` : null;
  }

  private async read(uri: string, source: string): Promise<IgnoreFile[]> {
    try {
      return [{ source, text: new TextDecoder().decode(await this.tree.readFile(uri)) }];
    } catch (error) {
      return [{ source: `${source} (${refusalText(error)})`, text: '' }];
    }
  }
}

function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
