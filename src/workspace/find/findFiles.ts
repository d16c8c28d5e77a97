// Walks folders for documents: globs, ignore files and limits decide, every file left out says why, the order is always the same.
import { AppError } from '../../shared/errors';
import { Breather } from '../flow/breather';
import { mapOrdered } from '../flow/mapOrdered';
import { sortSliced } from '../flow/sortSliced';
import { defaultLimits } from '../types';
import type { EntryKind, FileTree, FindOptions, FindRoot, FoundEntry, Skip, SkipReason } from '../types';
import { FolderRules } from './folderRules';
import type { Listing } from './folderRules';
import { baseName, compileGlobs } from './globs';
import type { Globs } from './globs';
import { refusalText, sizeText } from './skipReasons';
import { startOf } from './startOf';

/** Files whose size is asked for at the same time. */
const statConcurrency = 16;

/** A folder to be walked, with its listing already asked for. */
interface PendingFolder {
  readonly uri: string;
  /** Relative to the root; `` for the root. */
  readonly path: string;
  /** Its name below the folder to which `rules` belong; `` where there is none above. */
  readonly name: string;
  /** Rules of the folder that holds it. */
  readonly rules: FolderRules;
}

type ListResult = { readonly ok: true; readonly listing: Listing } | { readonly ok: false; readonly detail: string };

/**
 * All files of the roots that `options` want, and a skip for each file or whole folder that they, an ignore file or a limit
 * leave out. Files that match no include glob are not mentioned. In each folder files come first, in code unit order, then its
 * folders. Never holds the event loop; ends with AppError `cancelled` when the signal says so.
 */
export async function* findFiles(tree: FileTree, options: FindOptions): AsyncGenerator<FoundEntry, void, undefined> {
  const whole = new Set(options.roots.filter(({ start }) => !start).map(({ uri }) => uri));
  const walked = new Set<string>();
  for (const root of options.roots) {
    const key = `${root.uri}\n${root.start ?? ''}`;
    if (walked.has(key)) continue;
    walked.add(key);
    if (options.only?.concern(root.uri) === false) continue;
    yield* new Walk(tree, options, root, whole).run();
  }
}

class Walk {
  private readonly globs: Globs;
  private readonly ignoreCase: boolean;
  private readonly breather = new Breather();

  constructor(
    private readonly tree: FileTree,
    private readonly options: FindOptions,
    private readonly root: FindRoot,
    /** URIs of all roots: a root inside this one is walked as itself. */
    private readonly roots: ReadonlySet<string>,
  ) {
    this.ignoreCase = options.ignoreCase ?? (process.platform === 'win32' || process.platform === 'darwin');
    this.globs = compileGlobs(options.include, options.exclude, root.hidden ?? [], this.ignoreCase);
  }

  async *run(): AsyncGenerator<FoundEntry, void, undefined> {
    const { uri } = this.root;
    if (this.root.asked) {
      yield await this.asked();
      return;
    }
    const first = await this.list(uri);
    if (!first.ok) {
      // Not a folder: a file that was named itself, which no rule leaves out.
      const name = lastSegment(uri);
      yield (await this.file(uri, name)) ?? skipped(this.place(uri, name), 'unreadable', first.detail);
      return;
    }
    let folder: PendingFolder = await this.top(uri, first.listing);
    let listing = first.listing;
    for (const segment of (this.root.start ?? '').split('/').filter((part) => part !== '')) {
      const rules = await this.enter(folder, listing);
      const kind = listing.get(segment);
      const path = join(folder.path, segment);
      const child = this.tree.child(folder.uri, segment);
      if (kind !== 'directory') {
        const entry = await this.candidate(child, path, kind ?? 'file', rules, listing);
        if (entry) yield entry;
        return;
      }
      const skip = this.folderSkip(child, path, rules, listing);
      if (skip) {
        yield skip;
        return;
      }
      folder = { uri: child, path, name: segment, rules };
      const next = await this.list(child);
      if (!next.ok) {
        yield skipped(this.place(child, path), 'unreadable', next.detail, true);
        return;
      }
      listing = next.listing;
    }
    yield* this.below(folder, listing);
  }

  /** The one file that somebody named. */
  private async asked(): Promise<FoundEntry> {
    const path = this.root.start ?? '';
    const uri = startOf(this.tree, this.root);
    return (await this.file(uri, path)) ?? skipped(this.place(uri, path), 'special-file', '');
  }

  /** Depth first over an explicit stack, with the next folder's listing under way while this one's files are looked at. */
  private async *below(top: PendingFolder, topListing: Listing): AsyncGenerator<FoundEntry, void, undefined> {
    const stack: { readonly folder: PendingFolder; listing?: Promise<ListResult> }[] = [
      { folder: top, listing: Promise.resolve({ ok: true, listing: topListing }) },
    ];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { folder } = next;
      const result = await (next.listing ?? this.list(folder.uri));
      if (!result.ok) {
        yield skipped(this.place(folder.uri, folder.path), 'unreadable', result.detail, true);
        continue;
      }
      const { listing } = result;
      const rules = await this.enter(folder, listing);
      const names = await sortSliced(this.namesIn(folder.uri, listing), (a, b) => a < b);
      const folders: PendingFolder[] = [];
      for (const name of names) {
        if (listing.get(name) !== 'directory') continue;
        await this.turn();
        const uri = this.tree.child(folder.uri, name);
        const path = join(folder.path, name);
        const skip = this.folderSkip(uri, path, rules, listing);
        if (skip) yield skip;
        else if (!this.roots.has(uri)) folders.push({ uri, path, name, rules });
      }
      stack.push(...folders.reverse().map((pending) => ({ folder: pending })));
      const ahead = stack.at(-1);
      if (ahead) ahead.listing ??= this.list(ahead.folder.uri);
      const files = mapOrdered(this.fileNames(names, listing), statConcurrency, (name) =>
        this.candidate(
          this.tree.child(folder.uri, name),
          join(folder.path, name),
          listing.get(name) ?? 'other',
          rules,
          listing,
        ),
      );
      for await (const entry of files) if (entry) yield entry;
    }
  }

  private namesIn(uri: string, listing: Listing): string[] {
    const { only } = this.options;
    const names = [...listing.keys()];
    return only ? names.filter((name) => only.concern(this.tree.child(uri, name))) : names;
  }

  private async *fileNames(names: readonly string[], listing: Listing): AsyncGenerator<string, void, undefined> {
    for (const name of names) {
      await this.turn();
      if (listing.get(name) !== 'directory') yield name;
    }
  }

  /** Lets others run when it is time, and ends the walk when it was cancelled. */
  private async turn(): Promise<void> {
    if (this.breather.due) await this.breather.pause();
    if (this.options.signal?.aborted) throw new AppError('cancelled', 'Looking for files was cancelled.');
  }

  private folderSkip(uri: string, path: string, rules: FolderRules, listing: Listing): FoundEntry | null {
    const glob = this.globs.excludedBy(path, (name) => listing.has(name));
    if (glob !== null) return skipped(this.place(uri, path), 'excluded', `“${glob}”`, true);
    const rule = rules.ignoredBy(baseName(path), true);
    return rule === null ? null : skipped(this.place(uri, path), 'ignored', rule, true);
  }

  private async candidate(
    uri: string,
    path: string,
    kind: EntryKind,
    rules: FolderRules,
    listing: Listing,
  ): Promise<FoundEntry | null> {
    // A link may lead to a folder of wanted files, so it is named whatever the include globs say.
    if (kind !== 'symlink' && !this.globs.included(path)) return null;
    const place = this.place(uri, path);
    const glob = this.globs.excludedBy(path, (name) => listing.has(name));
    if (glob !== null) return skipped(place, 'excluded', `“${glob}”`);
    const rule = rules.ignoredBy(baseName(path), false);
    if (rule !== null) return skipped(place, 'ignored', rule);
    if (kind === 'symlink') return skipped(place, 'symlink', '');
    if (kind === 'other') return skipped(place, 'special-file', '');
    if (this.options.detail === 'names') return { type: 'file', file: { ...place, size: 0, mtimeMs: 0 } };
    return (await this.file(uri, path)) ?? skipped(place, 'special-file', '');
  }

  /** The file with its size and time, or why it is none; null when it is a folder. */
  private async file(uri: string, path: string): Promise<FoundEntry | null> {
    const place = this.place(uri, path);
    try {
      const { kind, size, mtimeMs } = await this.tree.stat(uri);
      if (kind === 'symlink') return skipped(place, 'symlink', '');
      if (kind === 'other') return skipped(place, 'special-file', '');
      if (kind !== 'file') return null;
      const limit = this.options.maxFileBytes ?? defaultLimits.maxFileBytes;
      if (size > limit) return skipped(place, 'too-large', `${sizeText(size)}, limit ${sizeText(limit)}`);
      return { type: 'file', file: { ...place, size, mtimeMs } };
    } catch (error) {
      return skipped(place, 'unreadable', refusalText(error));
    }
  }

  private enter(folder: PendingFolder, listing: Listing): Promise<FolderRules> {
    return folder.rules.enter(folder.uri, folder.name, listing);
  }

  private async list(uri: string): Promise<ListResult> {
    try {
      return { ok: true, listing: new Map(await this.tree.readDirectory(uri)) };
    } catch (error) {
      return { ok: false, detail: refusalText(error) };
    }
  }

  /** The root, with the rules of the folders above it where they are wanted and it is part of a git repository. */
  private async top(uri: string, listing: Listing): Promise<PendingFolder> {
    const alone: PendingFolder = { uri, path: '', name: '', rules: this.noRules() };
    const above: { readonly uri: string; readonly listing: Listing }[] = [];
    let top = listing.has('.git') || !this.options.parentIgnoreFiles;
    for (let at = uri; !top;) {
      const parent = this.tree.parent?.(at) ?? null;
      const result = parent === null ? null : await this.list(parent);
      if (parent === null || !result?.ok) return alone;
      above.unshift({ uri: parent, listing: result.listing });
      top = result.listing.has('.git');
      at = parent;
    }
    let { rules } = alone;
    for (const [index, folder] of above.entries()) {
      rules = await rules.enter(folder.uri, index === 0 ? '' : lastSegment(folder.uri), folder.listing);
    }
    return above.length === 0 ? alone : { ...alone, name: lastSegment(uri), rules };
  }

  private noRules(): FolderRules {
    return FolderRules.above(this.tree, this.options.gitIgnore ?? true, this.ignoreCase);
  }

  private place(uri: string, path: string): { uri: string; root: string; path: string } {
    return { uri, root: this.root.name, path };
  }
}

function skipped(
  place: Omit<Skip, 'reason' | 'detail' | 'folder'>,
  reason: SkipReason,
  detail: string,
  folder = false,
): FoundEntry {
  return { type: 'skip', skip: { ...place, reason, detail, folder } };
}

/** The name at the end of a URI, as it is on disk. */
function lastSegment(uri: string): string {
  const segment = baseName(uri.replace(/\/+$/, ''));
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not escaped, so it is what it looks like.
    return segment;
  }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
