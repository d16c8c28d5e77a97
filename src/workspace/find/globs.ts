// Compiles include, exclude and hidden globs to tests of paths relative to a root.
import picomatch from 'picomatch';
import { AppError } from '../../shared/errors';
import type { HiddenGlob } from '../types';

/** Folders of version control: never documents, whatever the settings say. */
const neverFolders: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj', 'CVS']);

/**
 * What runs leave out where the user says nothing else: dependencies, caches, what is built, lock files, and what editors keep for
 * themselves, such as the very settings that name the labels. The manifest repeats it as the default of `glitag.exclude`.
 */
export const defaultExclude: readonly string[] = [
  '**/{node_modules,bower_components,.venv,venv,__pycache__}/**',
  '**/{.tox,.mypy_cache,.pytest_cache,.gradle,.terraform,.next,.nuxt,.cache,.parcel-cache}/**',
  '**/{dist,out}/**',
  '**/{.vscode,.vscode-test,.idea}/**',
  '**/*.code-workspace',
  '**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,*.lock}',
  '**/*.{min.js,min.css,map}',
];

/**
 * Each further star multiplies the time by the length of the name: four take 1.5 seconds over a name of 250 characters that was
 * made for it, three 25 milliseconds. Settings and names may both be a stranger's.
 */
const maxStars = 3;

export interface Globs {
  /** Whether a file's path is wanted at all. */
  included(path: string): boolean;
  /** The glob that leaves the path (of a file or folder) out, or null. `hasSibling` answers `when` clauses. */
  excludedBy(path: string, hasSibling: (name: string) => boolean): string | null;
}

/** Throws AppError `setting-invalid` that names the glob. */
export function compileGlobs(
  include: readonly string[],
  exclude: readonly string[],
  hidden: readonly HiddenGlob[],
  ignoreCase: boolean,
): Globs {
  const wanted = include.map((glob) => matcher(searchGlobs(glob), glob, ignoreCase));
  const refused = exclude.map((glob) => ({ glob, test: matcher(searchGlobs(glob), glob, ignoreCase) }));
  const concealed = hidden.map(({ glob, when }) => ({ glob, when, test: matcher([trim(glob)], glob, ignoreCase) }));
  return {
    included: (path) => wanted.length === 0 || wanted.some((test) => test(path)),
    excludedBy: (path, hasSibling) => {
      const name = baseName(path);
      if (neverFolders.has(name)) return name;
      const rule = refused.find(({ test }) => test(path));
      if (rule) return rule.glob;
      const hit = concealed.find(
        ({ test, when }) => test(path) && (when === undefined || sibling(when, name, hasSibling)),
      );
      return hit?.glob ?? null;
    },
  };
}

/** Whether a path relative to a root is one of the glob's files. Throws AppError `setting-invalid` that names the glob. */
export function pathTest(glob: string): (path: string) => boolean {
  return matcher(searchGlobs(glob), glob, true);
}

/** A glob as the search box reads it: without a slash at any depth, and with all that is in a folder of that name. */
function searchGlobs(glob: string): string[] {
  const trimmed = trim(glob);
  const anchored = glob.trim().startsWith('/') || trimmed.includes('/') ? trimmed : `**/${trimmed}`;
  return anchored.endsWith('**') ? [anchored] : [anchored, `${anchored}/**`];
}

function trim(glob: string): string {
  return glob
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '');
}

function matcher(globs: readonly string[], written: string, nocase: boolean): (path: string) => boolean {
  if (trim(written) === '')
    throw new AppError('setting-invalid', `The glob “${written}” is empty. Write one such as *.md.`);
  if (mostStars(written) > maxStars)
    throw new AppError(
      'setting-invalid',
      `The glob “${written.slice(0, 100)}” has more than ${maxStars} “*” in one name. Write fewer, or several globs.`,
    );
  try {
    return picomatch(globs.map(editorGlob), { dot: true, nonegate: true, noextglob: true, nocase });
  } catch (cause) {
    throw new AppError(
      'setting-invalid',
      `The glob “${written.slice(0, 100)}” cannot be used. Shorten or correct it.`,
      { cause },
    );
  }
}

/** Stars between two slashes, of the longest alternative in each pair of braces. `**` counts as one; behind a backslash they are letters. */
function mostStars(written: string): number {
  // of several backslashes picomatch makes something of its own: behind those each star counts
  const glob = written.replace(/(?<!\\)\\[*{},]/g, 'x');
  let most = 0;
  /** Of each pair of braces that is open: stars before it, and the most of its alternatives so far. */
  const open: { readonly before: number; best: number }[] = [];
  let stars = 0;
  for (let index = 0; index < glob.length; index++) {
    const char = glob.charAt(index);
    const inner = open.at(-1);
    if (char === '*' && glob.charAt(index - 1) !== '*') stars++;
    else if (char === '/') stars = 0;
    else if (char === '{') {
      open.push({ before: stars, best: 0 });
      stars = 0;
    } else if (char === ',' && inner) {
      inner.best = Math.max(inner.best, stars);
      stars = 0;
    } else if (char === '}' && inner) {
      stars = inner.before + Math.max(inner.best, stars);
      open.pop();
    }
    most = Math.max(most, stars);
  }
  return most;
}

/**
 * A glob of the editor as one of picomatch: parentheses and the like are plain characters (`app/(shop)/**`), and patterns such
 * as `*(*(a)*)`, over which a settings file of a stranger could hang the editor, do not exist. `[!a]` is written `[^a]`.
 */
function editorGlob(glob: string): string {
  return glob.replace(/(?<!\\)[()|+@]/g, '\\$&').replaceAll('[!', '[^');
}

/** `$(basename).ts` stands for the name without its last extension. */
function sibling(when: string, name: string, hasSibling: (name: string) => boolean): boolean {
  const dot = name.lastIndexOf('.');
  return hasSibling(when.replaceAll('$(basename)', dot > 0 ? name.slice(0, dot) : name));
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
