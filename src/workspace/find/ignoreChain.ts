// Nested ignore files with git's meaning: the deepest file that says anything of a path decides, within a file the last rule.
import ignore from 'ignore';

/** Rules of one ignore file. */
interface IgnoreLevel {
  /** Where the file lies, in words for people: `docs/.gitignore`. */
  readonly source: string;
  /** Its folder with a slash at the end, or nothing at the top: rules see paths without it. */
  readonly base: string;
  readonly rules: ignore.Ignore;
}

export interface IgnoreFile {
  readonly source: string;
  readonly text: string;
}

/** Ignore files of one kind that count in one folder. Immutable: going into a folder makes another. */
export class IgnoreChain {
  private constructor(
    /** Strongest first. */
    private readonly levels: readonly IgnoreLevel[],
    private readonly ignoreCase: boolean,
  ) {}

  static empty(ignoreCase: boolean): IgnoreChain {
    return new IgnoreChain([], ignoreCase);
  }

  /**
   * What the rules say of an entry of the folder: the rule that ignores it, `false` when a rule brings it back, null when none
   * says anything. `path` is relative to the top. The folders above must not be ignored: those are never walked.
   */
  test(path: string, folder: boolean): { readonly rule: string; readonly source: string } | false | null {
    for (const level of this.levels) {
      const result = level.rules.test(path.slice(level.base.length) + (folder ? '/' : ''));
      if (result.ignored) return { rule: result.rule?.pattern ?? '', source: level.source };
      if (result.unignored) return false;
    }
    return null;
  }

  /** The chain inside `folder` (relative to the top, `` for the top itself) with the ignore files found there, strongest first. */
  enter(folder: string, files: readonly IgnoreFile[]): IgnoreChain {
    const base = folder === '' ? '' : `${folder}/`;
    const outer = this.levels.map((level) => this.inside(level, folder));
    const own = files.map(({ source, text }) => ({
      source,
      base,
      rules: ignore({ ignoreCase: this.ignoreCase }).add(text),
    }));
    return new IgnoreChain([...own, ...outer], this.ignoreCase);
  }

  /**
   * The level as the folder's entries see it. A fresh matcher, because a matcher remembers every path it was asked; and because
   * it takes what is in an ignored folder for ignored, a folder that a deeper file brought back is brought back here too.
   */
  private inside(level: IgnoreLevel, folder: string): IgnoreLevel {
    const path = folder.slice(level.base.length);
    const ignored = path !== '' && level.rules.test(`${path}/`).ignored;
    const rules = ignore({ ignoreCase: this.ignoreCase }).add(level.rules);
    if (ignored) rules.add(`!/${path.replace(/[\\*?[\]! ]/g, '\\$&')}/`);
    return { ...level, rules };
  }
}
