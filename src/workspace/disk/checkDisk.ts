// Compares the index with the disk, without classifying: which files changed, went, or are new. In slices, for 100,000 files.
import { isExport } from '../export/isExport';
import { findFiles } from '../find/findFiles';
import { isWithin } from '../find/isWithin';
import { isGone, refusalText } from '../find/skipReasons';
import { startOf } from '../find/startOf';
import { Breather } from '../flow/breather';
import { mapOrdered } from '../flow/mapOrdered';
import { pages } from '../flow/pages';
import { readDocument } from '../read/readDocument';
import { readingOf } from '../read/readableText';
import { readParts } from '../read/readParts';
import { keptTime } from '../read/settled';
import { PruneScope } from '../run/pruneUnseen';
import { SeenSet } from '../run/seenSet';
import { fileOf, isPart } from '../split/parts';
import type { SplitRule } from '../split/splitRule';
import type { DiskRecord, DiskRecords, SeenFile } from '../store/diskRecords';
import type { RunScope } from '../store/runWriter';
import { checkParts } from './checkParts';
import type { FileStat, FileTree, FindOptions, FindRoot, FoundFile, ReadOptions } from '../types';

export interface DiskFindings {
  /** Documents of which the index now knows more: that their text is another one, or again the one that has tags. */
  readonly touched: readonly string[];
  /** Documents that left the index, because their file is gone. */
  readonly gone: readonly string[];
  /** Files without tags that a run would tag. */
  readonly added: readonly string[];
}

export interface DiskCheckOptions {
  /** `roots`: where to look. */
  readonly find: Omit<FindOptions, 'detail'>;
  readonly read: ReadOptions;
  /** The folders that are to have tags: files elsewhere are never new. */
  readonly covered: readonly RunScope[];
  readonly now?: () => number;
}

/** Findings are written and told in portions of this size: a few milliseconds of work for either side. */
const portion = 128;
/** Files asked for, or read, at the same time. */
const concurrency = 16;
/** So many new files are read, so that those without text are not counted; of more, no one wants to know it so exactly. */
const newFilesRead = 200;
const pageSize = 512;

export type Finding =
  | { readonly type: 'same' | 'added' | 'gone'; readonly uri: string; readonly record?: DiskRecord }
  | {
      readonly type: 'touched';
      readonly uri: string;
      readonly record: DiskRecord;
      readonly now: SeenFile;
    };

/** Throws AppError `cancelled` when the signal says so. */
export async function* checkDisk(
  tree: FileTree,
  records: DiskRecords,
  options: DiskCheckOptions,
): AsyncGenerator<DiskFindings, void, undefined> {
  const check = new DiskCheck(tree, records, options);
  const breather = new Breather();
  let findings: Finding[] = [];
  for await (const finding of check.run()) {
    if (finding.type !== 'same') findings.push(finding);
    if (findings.length >= portion) {
      yield kept(records, findings);
      findings = [];
    }
    if (breather.due) await breather.pause();
  }
  if (findings.length > 0) yield kept(records, findings);
}

function kept(records: DiskRecords, findings: readonly Finding[]): DiskFindings {
  records.transaction(() => {
    for (const finding of findings) {
      if (finding.type === 'touched') records.saw(finding.record, finding.now);
      else if (finding.type === 'gone') records.remove(finding.uri);
    }
  });
  const of = (type: Finding['type']) => findings.filter((one) => one.type === type).map(({ uri }) => uri);
  return { touched: of('touched'), gone: of('gone'), added: of('added') };
}

class DiskCheck {
  private readonly seen = new SeenSet();
  private readonly now: () => number;
  private newFiles = 0;
  private lastStat: { readonly uri: string; readonly stat: Promise<FileStat> } | null = null;

  constructor(
    private readonly tree: FileTree,
    private readonly records: DiskRecords,
    private readonly options: DiskCheckOptions,
  ) {
    this.now = options.now ?? Date.now;
  }

  async *run(): AsyncGenerator<Finding, void, undefined> {
    const roots = await this.rootsThere();
    const scope = new PruneScope(this.tree, roots);
    const met = mapOrdered(this.found(scope, this.walked(roots)), concurrency, (file) => this.examine(file));
    for await (const findings of met) yield* findings;
    for (const range of scope.ranges) {
      const unmet = mapOrdered(this.unmet(range), concurrency, (uri) => this.lookFor(uri, scope));
      for await (const findings of unmet) yield* findings;
    }
  }

  /** A root that cannot be listed, or is empty, may be a drive that is away: nothing is known of what is there. */
  private async rootsThere(): Promise<FindRoot[]> {
    const there = new Map<string, boolean>();
    for (const { uri } of this.options.find.roots)
      if (!there.has(uri))
        there.set(
          uri,
          await this.tree.readDirectory(uri).then(
            (entries) => entries.length > 0,
            () => false,
          ),
        );
    return this.options.find.roots.filter(({ uri }) => there.get(uri) === true);
  }

  /** The parts of the roots in which new files count. Known files elsewhere are looked for one by one. */
  private walked(roots: readonly FindRoot[]): FindRoot[] {
    return roots.flatMap((root) => {
      const here = startOf(this.tree, root);
      const covered = this.options.covered.filter(({ uri }) => uri === root.uri);
      const starts = covered.map(({ start = '' }) => ({ start, at: startOf(this.tree, { ...root, start }) }));
      if (starts.some(({ at }) => isWithin(here, at))) return [root];
      return starts.filter(({ at }) => isWithin(at, here)).map(({ start }) => ({ ...root, start }));
    });
  }

  private async *found(scope: PruneScope, roots: readonly FindRoot[]): AsyncGenerator<FoundFile, void, undefined> {
    if (roots.length === 0) return;
    for await (const entry of findFiles(this.tree, { ...this.options.find, roots })) {
      if (entry.type === 'file') yield entry.file;
      else scope.note(entry.skip);
    }
  }

  private async examine(file: FoundFile): Promise<readonly Finding[]> {
    const rule = this.ruleOf(file);
    if (rule) return (await this.examineParts(file, rule)) ?? [await this.unknown(file, rule)];
    const record = this.records.find(file.uri);
    if (record) this.seen.add(record.id);
    return [record?.tagged === true ? await this.compare(file, record) : await this.unknown(file, null)];
  }

  private examineParts(file: Omit<FoundFile, 'root'>, rule: SplitRule): Promise<Finding[] | null> {
    const { tree, records, now } = this;
    const seen = (id: number) => {
      this.seen.add(id);
    };
    return checkParts({ tree, records, read: this.options.read, now, seen }, file, rule);
  }

  private ruleOf({ path }: Pick<FoundFile, 'path'>): SplitRule | null {
    return this.options.read.splitOf?.(path) ?? null;
  }

  /** A file without tags: new, or left out by a run. */
  private async unknown({ uri }: FoundFile, rule: SplitRule | null): Promise<Finding> {
    if (this.records.isSkipped(uri) || (rule && this.records.hasSkippedParts(uri))) return { type: 'same', uri };
    if (++this.newFiles > newFilesRead) return { type: 'added', uri };
    if (rule) {
      const { ok } = await readParts(this.tree, { uri }, rule, this.options.read);
      return { type: ok ? 'added' : 'same', uri };
    }
    const read = await readDocument(this.tree, { uri }, this.options.read);
    return { type: read.ok && !isExport(read.file) ? 'added' : 'same', uri };
  }

  private async compare(
    { uri, size, mtimeMs }: Omit<FoundFile, 'root' | 'path'>,
    record: DiskRecord,
  ): Promise<Finding> {
    const dirty = this.options.read.textOf?.(uri) !== undefined;
    const reading = readingOf(uri, this.options.read);
    const sameReading = record.reading === reading;
    const sameTime = sameReading && record.mtimeMs >= 0 && record.mtimeMs === mtimeMs;
    if (!dirty && sameTime && record.size === size) return { type: 'same', uri };
    const readAtMs = this.now();
    const settled = keptTime(mtimeMs, readAtMs);
    // Another length is another text, where all of the file is text; of one that was another before, it may be the first again.
    if (!dirty && reading === '' && sameReading && record.fresh && record.mtimeMs >= 0 && record.size !== size)
      return { type: 'touched', uri, record, now: { size, mtimeMs: settled, hash: null, source: null } };
    const read = await readDocument(this.tree, { uri }, this.options.read);
    const hash = read.ok ? read.hash : null;
    const time = read.ok && read.fromEditor ? -1 : settled;
    const source = read.ok ? read.source : null;
    const nothingNew = sameReading && hash === record.contentHash && time === record.mtimeMs && size === record.size;
    return nothingNew
      ? { type: 'same', uri }
      : { type: 'touched', uri, record, now: { size, mtimeMs: time, hash, source } };
  }

  /** Known documents that the walk did not meet. */
  private async *unmet(range: PruneScope['ranges'][number]): AsyncGenerator<string, void, undefined> {
    for await (const page of pages((after) => this.records.page(range, after, pageSize)))
      for (const { id, uri } of page) if (!this.seen.has(id)) yield uri;
  }

  private async lookFor(uri: string, scope: PruneScope): Promise<readonly Finding[]> {
    let stat: FileStat;
    try {
      stat = await this.statOf(fileOf(uri));
    } catch (error) {
      return [{ type: isGone(refusalText(error)) && !scope.isBlind(uri) ? 'gone' : 'same', uri }];
    }
    if (stat.kind !== 'file') return [{ type: 'gone', uri }];
    const record = this.records.find(uri);
    if (!record) return [];
    const { size, mtimeMs } = stat;
    const rule = this.ruleOf(record);
    // Parts come after their file, with which they are looked at; of a file that is read as a whole now they are of before.
    if (isPart(uri))
      return rule ? [] : [{ type: 'touched', uri, record, now: { size, mtimeMs, hash: null, source: null } }];
    if (rule) return (await this.examineParts({ uri, size, mtimeMs, path: record.path }, rule)) ?? [];
    return [await this.compare({ uri, size, mtimeMs }, record)];
  }

  /** All parts of a file ask for it one after another. */
  private statOf(uri: string): Promise<FileStat> {
    if (this.lastStat?.uri !== uri) this.lastStat = { uri, stat: this.tree.stat(uri) };
    return this.lastStat.stat;
  }
}
