// The user's decisions: kept in a SQLite file of their own that nothing deletes, with undo and redo. Reading is in decisionReads.
import { randomUUID } from 'node:crypto';
import type { Decision, DocumentKey, NewDecision, Verdicted } from '../../core/review/decision';
import { mergeKey, verdictedOf } from '../../core/review/mergeDecisions';
import type { DecisionStep, StepTitle } from '../../core/review/steps';
import type { Slices } from '../../core/slices';
import { inSlices } from '../flow/inSlices';
import { Database } from '../store/database';
import { checkpoint } from '../store/databaseThread';
import { migrate } from '../store/migrations';
import { openDatabase } from '../store/openDatabase';
import type { OpenOptions } from '../store/openDatabase';
import type { StoreNotice } from '../types';
import { DecisionReads } from './decisionReads';
import { DecisionRows, sameVerdicts } from './decisionRows';
import { decisionsKind } from './decisionsKind';
import { noteLines, readLines } from './fileLines';
import { moveDocuments, moveParts, renameLabel } from './moves';
import { StepLog } from './stepLog';
import type { Change } from './stepLog';

export interface DecisionStoreOptions extends OpenOptions {
  /** Who decides; decisions carry it. Default: no name. */
  readonly by?: string;
  readonly now?: () => number;
}

/** What a step, its undoing or its redoing did. */
export interface AppliedStep {
  readonly title: StepTitle;
  /** Keys whose decision is another one now. */
  readonly changed: number;
  /** Keys left alone, because another window decided them since. 0 for a new step. */
  readonly kept: number;
  /** The documents of the changed keys. */
  readonly documents: readonly DocumentKey[];
}

/** Steps after which the log of SQLite is copied into the file, in a thread of its own. */
const stepsPerCheckpoint = 50;

/**
 * A change is on the disk when its call resolves, and until then nobody sees anything of it: it is one transaction, on a connection
 * that nothing is read from. A step of tens of thousands of decisions is made in slices of the event loop; calls come one after another.
 * Two windows may have the same file open: both write, neither loses anything. Rejects with AppError `index-busy` (another window
 * holds the file for over five seconds), `index-damaged`, `index-unavailable`, `cancelled` (closed; then nothing of it was made).
 */
export class DecisionStore extends DecisionReads {
  private readonly rows: DecisionRows;
  private readonly log: StepLog;
  /** The log as it is on the disk. */
  private readonly steps: StepLog;
  private seenVersion: number;
  private uncopiedSteps = 0;
  private writing: Promise<unknown> = Promise.resolve();

  /** `writer`: a connection of its own, where others could read what is half written. */
  private constructor(
    database: Database,
    private readonly writer: Database,
    /** Who decides from now on; see DecisionStoreOptions. */
    public by: string | undefined,
    private readonly now: () => number,
  ) {
    super(database);
    this.rows = new DecisionRows(writer);
    this.log = StepLog.begin(writer, randomUUID());
    this.steps = this.log.seenBy(database);
    this.seenVersion = writer.dataVersion();
  }

  /**
   * Opens the file or makes one. `notice` is for the user: a damaged file was set aside, never deleted. Throws AppError
   * `index-unsupported` (a newer or foreign file, a Node without SQLite), `index-unavailable` (disk, rights), `index-busy`.
   */
  static async open(
    file: string,
    { by, now = Date.now, ...options }: DecisionStoreOptions = {},
  ): Promise<{ readonly store: DecisionStore; readonly notice: StoreNotice | null }> {
    const { database, notice } = await openDatabase(file, decisionsKind, options);
    try {
      return { store: new DecisionStore(database, Database.open(file, decisionsKind), by, now), notice };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** A store that is gone when it is closed, for decisions whose home is another file. */
  static inMemory({ by, now = Date.now }: Pick<DecisionStoreOptions, 'by' | 'now'> = {}): DecisionStore {
    const database = Database.open(':memory:', decisionsKind);
    migrate(database);
    return new DecisionStore(database, database, by, now);
  }

  get file(): string {
    return this.database.file;
  }

  /** Makes all decisions of a step, or none, in the name of `by`. A step that changes nothing leaves no trace to undo. */
  decide(step: DecisionStep, by = this.by): Promise<AppliedStep> {
    return this.write(() => this.made(step, by));
  }

  /** Takes the last step back, exactly; null where there is none. Keys that another window decided since stay (`kept`). */
  undo(): Promise<AppliedStep | null> {
    return this.write(() => this.replayed(true));
  }

  /** Makes the last undone step again; null where there is none, or a new step was made since. */
  redo(): Promise<AppliedStep | null> {
    return this.write(() => this.replayed(false));
  }

  /** What `undo` would take back. */
  peekUndo(): StepTitle | null {
    return this.steps.lastDone()?.title ?? null;
  }

  peekRedo(): StepTitle | null {
    return this.steps.firstUndone()?.title ?? null;
  }

  /**
   * Brings in decisions of a file or of other people (core/review/mergeDecisions): nothing is lost on either side. `title` makes it a
   * step that can be undone.
   */
  merge(decisions: readonly Decision[], title?: StepTitle): Promise<AppliedStep> {
    return this.write(() => this.merged(decisions, title));
  }

  /**
   * As `merge`, of a team's file. What was `takenBack` there (core/review/takeBacks) goes here too, unless it was decided again since,
   * or is of the one who decides here or of nobody by name: what is one's own, only oneself takes back.
   */
  mergeFile(decisions: readonly Decision[], takenBack: readonly Decision[]): Promise<AppliedStep> {
    return this.write(() => this.mergedFile(decisions, takenBack));
  }

  /** Lines of a team's file as they were noted last, without line ends. */
  fileLines(file: string): Set<string> {
    return readLines(this.database, file);
  }

  async noteFileLines(file: string, lines: ReadonlySet<string>): Promise<void> {
    await this.alone(() => inSlices(noteLines(this.writer, file, lines)));
  }

  /**
   * A file or folder (empty path: a workspace folder) was renamed or moved: its decisions follow, and so does what can be undone.
   * Returns the documents that were decided on, under their new names, in no order.
   */
  moveDocuments(from: DocumentKey, to: DocumentKey): Promise<DocumentKey[]> {
    return this.rename(() => moveDocuments(this.writer, from, to));
  }

  /** Parts of a file have other keys: their decisions follow, and so does what can be undone. */
  async moveParts(file: DocumentKey, moves: ReadonlyMap<string, string>): Promise<void> {
    await this.rename(() => {
      moveParts(this.writer, file, moves);
    });
  }

  /** A label has another name. Returns how many decisions followed. */
  renameLabel(set: string, from: string, to: string): Promise<number> {
    return this.rename(() => renameLabel(this.writer, set, from, to));
  }

  /** Whether another window or process has written since the last call. Costs microseconds: to be asked often. */
  changedElsewhere(): boolean {
    const version = this.writer.dataVersion();
    const changed = version !== this.seenVersion;
    this.seenVersion = version;
    return changed;
  }

  /** What is not on the disk yet is not made; its call rejects as `cancelled`. */
  override close(): void {
    this.writer.close();
    super.close();
  }

  private *made({ title, decisions }: DecisionStep, by: string | undefined): Slices<Written> {
    const decidedMs = this.rows.nextTimeMs(this.now());
    const changes: Change[] = [];
    for (const decision of decisions) {
      const change = this.apply(decision, decidedMs, by);
      if (change) changes.push(change);
      yield;
    }
    if (changes.length > 0) yield* this.log.add(title, changes);
    return { title, changes };
  }

  private *merged(decisions: readonly Decision[], title?: StepTitle): Slices<Written> {
    const changes = yield* this.mergeAll(decisions);
    if (title && changes.length > 0) yield* this.log.add(title, changes);
    return { title: title ?? { action: 'import', count: decisions.length }, changes };
  }

  private *mergedFile(decisions: readonly Decision[], takenBack: readonly Decision[]): Slices<Written> {
    const dropped: Change[] = [];
    for (const decision of takenBack) {
      const isOthers = decision.by !== undefined && decision.by !== this.by;
      const change = isOthers ? this.drop(decision) : null;
      if (change) dropped.push(change);
      yield;
    }
    // After that: what stood before what was taken back stands again, and would give way to it.
    const merged = yield* this.mergeAll(decisions);
    return { title: { action: 'import', count: decisions.length }, changes: [...dropped, ...merged] };
  }

  private *mergeAll(decisions: readonly Decision[]): Slices<Change[]> {
    const changes: Change[] = [];
    for (const decision of decisions) {
      yield;
      const key = this.rows.keyOf(decision);
      const before = this.rows.read(key);
      const after = mergeKey([...before, verdictedOf(decision)]);
      if (sameVerdicts(before, after)) continue;
      this.rows.write(key, after);
      changes.push({ key, before, after });
    }
    this.rows.noteTime(latestOf(changes));
    return changes;
  }

  private drop(decision: Decision): Change | null {
    const key = this.rows.keyOf(decision);
    const before = this.rows.read(key);
    const after = before.filter((one) => !(sameVerdict(one, decision) && one.decidedMs === decision.decidedMs));
    if (after.length === before.length) return null;
    this.rows.write(key, after);
    return { key, before, after };
  }

  private apply(decision: NewDecision, decidedMs: number, by: string | undefined): Change | null {
    const key = this.rows.keyOf(decision);
    const before = this.rows.read(key);
    const after =
      decision.verdict === null ? [] : [verdictBy(by, { ...decision, verdict: decision.verdict }, before, decidedMs)];
    if (before.length === after.length && before.every((one) => sameVerdict(one, after[0]))) return null;
    this.rows.write(key, after, before.length > 0);
    return { key, before, after };
  }

  private rename<T>(work: () => T): Promise<T> {
    return this.alone(() => {
      const result = work();
      this.writer.run('UPDATE counters SET allRevision = ?', this.rows.nextRevision());
      return Promise.resolve(result);
    });
  }

  /** The step is chosen within the transaction: another window may have undone it just now. */
  private *replayed(undo: boolean): Slices<Written | null> {
    const step = undo ? this.log.lastDone() : this.log.firstUndone();
    if (step === null) return null;
    const changes: Change[] = [];
    let kept = 0;
    for (const { key, before, after } of this.log.changes(step, undo)) {
      const [expected, wanted] = undo ? [after, before] : [before, after];
      const current = this.rows.read(key);
      if (sameVerdicts(current, expected)) {
        this.rows.write(key, wanted);
        changes.push({ key, before: current, after: wanted });
      } else kept++;
      yield;
    }
    this.log.mark(step, undo);
    return { title: step.title, changes, kept };
  }

  private write(work: () => Slices<Written>): Promise<AppliedStep>;
  private write(work: () => Slices<Written | null>): Promise<AppliedStep | null>;
  private async write(work: () => Slices<Written | null>): Promise<AppliedStep | null> {
    const applied = await this.alone(() => inSlices(this.applied(work())));
    this.copyLater();
    return applied;
  }

  private *applied(work: Slices<Written | null>): Slices<AppliedStep | null> {
    const written = yield* work;
    if (written === null) return null;
    const { title, changes, kept = 0 } = written;
    const revision = changes.length === 0 ? 0 : this.rows.nextRevision();
    const documents = yield* this.rows.markChanged(new Set(changes.map(({ key }) => key.placeId)), revision);
    return { title, changed: changes.length, kept, documents };
  }

  /** One transaction at a time has the connection. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.writing.then(() => this.writer.longTransaction(work));
    this.writing = done.catch(() => undefined);
    return done;
  }

  private copyLater(): void {
    if (++this.uncopiedSteps % stepsPerCheckpoint !== 0 || this.file === ':memory:') return;
    // What is not copied now is copied with a later step; it is on the disk already.
    checkpoint(this.file, decisionsKind).catch(() => undefined);
  }
}

interface Written {
  readonly title: StepTitle;
  readonly changes: readonly Change[];
  readonly kept?: number;
}

function verdictBy(
  by: string | undefined,
  { verdict, textHash }: Pick<Verdicted, 'verdict' | 'textHash'>,
  before: readonly Verdicted[],
  decidedMs: number,
): Verdicted {
  const others = before.filter((one) => one.by !== by);
  const settlesMs = Math.max(...others.map((one) => one.decidedMs), ...before.map((one) => one.settlesMs ?? 0), 0);
  return {
    ...{ verdict, textHash, decidedMs },
    ...(by === undefined ? {} : { by }),
    ...(settlesMs > 0 ? { settlesMs } : {}),
  };
}

function latestOf(changes: readonly Change[]): number {
  return changes.reduce((latest, { after }) => Math.max(latest, ...after.map(({ decidedMs }) => decidedMs)), 0);
}

function sameVerdict(a: Verdicted, b: Verdicted | undefined): boolean {
  return a.verdict === b?.verdict && a.textHash === b.textHash && a.by === b.by;
}
