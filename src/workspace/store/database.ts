// The only door to a database file: opening, settings, kept statements, transactions, the writer's lock.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../../shared/errors';
import { codes, guarded, primaryOf, sqlite } from './sqlite';

export type Row = Record<string, SQLOutputValue>;

/** Values in the order of the question marks, or one object for `:names`. */
export type Values = readonly SQLInputValue[] | readonly [Readonly<Record<string, SQLInputValue>>];

/**
 * How long a statement waits for another process's write, at most; it holds the event loop, so never long. What the user decided
 * cannot be made again, so it waits longer before it is refused.
 */
const busyTimeoutMs = { index: 1_000, durable: 5_000 };
/** How often a transaction that waits without holding the event loop tries to begin. */
const beginPauseMs = 10;
const walTries = 50;
const walPauseMs = 10;

/** What a database file is for: how it is kept, and what messages call it. */
export interface DatabaseKind {
  /** Subject of messages: "The index". */
  readonly name: string;
  /** The same for a user who may name another file: "the index". */
  readonly use: string;
  /** What happens when it is damaged, as a sentence. */
  readonly damaged: string;
  /** What brings one of an older GLiTag to the newest schema, as a sentence. */
  readonly renewed: string;
  /** What to do after a damaged one was set aside, going on behind a semicolon. */
  readonly afterwards: string;
  /** A commit is on the disk when it returns, so that not even a power cut loses it. */
  readonly durable: boolean;
  /** Marks a file as ours (`PRAGMA application_id`). */
  readonly applicationId: number;
  /** The schema, as the steps that lead to it. A step that was released is never changed; a new one is added. */
  readonly steps: readonly string[];
}

/** One open database file in WAL mode. All calls are synchronous and throw AppError `index-*`. */
export class Database {
  private readonly statements = new Map<string, StatementSync>();

  private constructor(
    private readonly connection: DatabaseSync,
    readonly file: string,
    readonly kind: DatabaseKind,
    /** Nothing can be written through this connection. */
    readonly readOnly = false,
  ) {}

  /**
   * Creates the file where there is none. `:memory:` is a database that is gone when it is closed. `called`: the file that messages
   * name, where this is a copy of it.
   */
  static open(file: string, kind: DatabaseKind, called = file): Database {
    const { DatabaseSync: Connection } = sqlite();
    const database = guarded(called, kind, () => new Database(new Connection(file), called, kind));
    try {
      database.exec(`PRAGMA busy_timeout = ${database.waitsMs}`);
      database.enterWal();
      // NORMAL: a killed process loses nothing (the operating system has it); a power cut may lose the last commits, never the file.
      database.exec(`PRAGMA synchronous = ${kind.durable ? 'FULL' : 'NORMAL'}`);
      database.exec('PRAGMA foreign_keys = ON');
      // Copying the WAL into the file waits for the disk; `checkpoint` does it in a thread of its own.
      database.exec('PRAGMA wal_autocheckpoint = 0');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Only to be read, while others may write; whatever would change it throws. There must be a file, of the newest schema (`checkSchema`). */
  static openToRead(file: string, kind: DatabaseKind): Database {
    const { DatabaseSync: Connection } = sqlite();
    const timeout = waitsMs(kind);
    return guarded(file, kind, () => {
      try {
        return new Database(connectToRead(new Connection(file, { readOnly: true }), timeout), file, kind, true);
      } catch (error) {
        if (primaryOf(error) !== codes.readOnly || fs.existsSync(`${file}-wal`)) throw error;
        // What readers and writers share cannot be made in a folder that is read-only. There is no writer there either.
        const unchanging = pathToFileURL(file);
        unchanging.search = '?immutable=1';
        return new Database(connectToRead(new Connection(unchanging, { readOnly: true }), timeout), file, kind, true);
      }
    });
  }

  /** SQLite does not wait where two processes make a new file at once; only then is there anything to wait for. */
  private enterWal(): void {
    for (let tries = walTries; ; tries--) {
      try {
        this.exec('PRAGMA journal_mode = WAL');
        return;
      } catch (error) {
        if (tries <= 1 || !(error instanceof AppError) || error.code !== 'index-busy') throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, walPauseMs);
      }
    }
  }

  exec(sql: string): void {
    if (!this.connection.isOpen) throw this.closed();
    guarded(this.file, this.kind, () => {
      this.connection.exec(sql);
    });
  }

  get(sql: string, ...values: Values): Row | undefined {
    return guarded(this.file, this.kind, () => this.statement(sql).get(...(values as SQLInputValue[])));
  }

  all(sql: string, ...values: Values): Row[] {
    return guarded(this.file, this.kind, () => this.statement(sql).all(...(values as SQLInputValue[])));
  }

  /** The tables of another file, as `source`, while `work` runs. */
  withAttached(file: string, work: () => void): void {
    this.run('ATTACH DATABASE ? AS source', file);
    try {
      work();
    } finally {
      this.statements.clear();
      this.exec('DETACH DATABASE source');
    }
  }

  /** Number of changed rows, and the row id of the last insert. */
  run(sql: string, ...values: Values): { readonly changes: number; readonly rowId: number } {
    return guarded(this.file, this.kind, () => {
      const { changes, lastInsertRowid } = this.statement(sql).run(...(values as SQLInputValue[]));
      return { changes: Number(changes), rowId: Number(lastInsertRowid) };
    });
  }

  /** All or nothing. Not to be nested. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      // Some errors (a full disk) have rolled back already.
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * As `transaction`, for work that lets the event loop go on between its slices. What others write meanwhile is waited for without
   * holding the event loop. Nobody else may use the connection until it is done: what they wrote would become part of it.
   */
  async longTransaction<T>(work: () => Promise<T>): Promise<T> {
    await this.begin();
    try {
      const result = await work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      // It may have been closed meanwhile, which takes everything back too.
      if (this.connection.isOpen && this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  private async begin(): Promise<void> {
    const lastMs = performance.now() + this.waitsMs;
    for (;;) {
      this.exec('PRAGMA busy_timeout = 0');
      try {
        this.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        const isBusy = error instanceof AppError && error.code === 'index-busy';
        if (!isBusy || performance.now() >= lastMs) throw error;
      } finally {
        this.exec(`PRAGMA busy_timeout = ${this.waitsMs}`);
      }
      await setTimeout(beginPauseMs);
      if (!this.connection.isOpen) throw this.closed();
    }
  }

  private get waitsMs(): number {
    return waitsMs(this.kind);
  }

  private closed(): AppError {
    return new AppError('cancelled', `${this.kind.name} was closed.`);
  }

  /** A number that is another one when another connection has written since the last call. */
  dataVersion(): number {
    return Number(this.get('PRAGMA data_version')?.['data_version']);
  }

  close(): void {
    this.statements.clear();
    if (this.connection.isOpen) this.connection.close();
  }

  private statement(sql: string): StatementSync {
    if (!this.connection.isOpen) throw this.closed();
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Holds the right to run over an index until `release`. It is a lock that the operating system keeps on a file beside the index:
 * it goes with the process however that ends, so there is nothing stale to clean up.
 */
export class WriterLock {
  private constructor(private readonly connection: DatabaseSync) {}

  /** Throws AppError `index-busy` when another window or process holds the lock of the same file. */
  static acquire(file: string, kind: DatabaseKind): WriterLock {
    const { DatabaseSync: Connection } = sqlite();
    const connection = guarded(file, kind, () => new Connection(`${file}.lock`));
    try {
      guarded(file, kind, () => {
        connection.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      });
      return new WriterLock(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  release(): void {
    if (this.connection.isOpen) this.connection.close();
  }
}

function waitsMs({ durable }: DatabaseKind): number {
  return durable ? busyTimeoutMs.durable : busyTimeoutMs.index;
}

/** Reads the file once: whether that can be done, SQLite does not say before. */
function connectToRead(connection: DatabaseSync, timeoutMs: number): DatabaseSync {
  try {
    connection.exec(`PRAGMA busy_timeout = ${timeoutMs}; SELECT 1 FROM sqlite_schema`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
