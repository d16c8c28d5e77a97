// The log of steps, from which they are undone and redone: in the file itself, so that it survives restarts.
import type { Verdicted } from '../../core/review/decision';
import type { StepTitle } from '../../core/review/steps';
import type { Slices } from '../../core/slices';
import type { Database, Row } from '../store/database';
import type { RowKey } from './decisionRows';

/** One key that a step changed: all verdicts on it before and after. */
export interface Change {
  readonly key: RowKey;
  readonly before: readonly Verdicted[];
  readonly after: readonly Verdicted[];
}

export interface LoggedStep {
  readonly id: number;
  readonly title: StepTitle;
}

/** Changes written, read or removed in one slice: about a millisecond. */
const sliceSize = 256;

/** Steps that can be undone, at most. */
export const keptSteps = 200;

/**
 * The steps of one session: those from before it was opened, and its own. Another window's steps are that window's to undo until
 * the file is opened again.
 */
export class StepLog {
  private constructor(
    private readonly database: Database,
    private readonly session: string,
    private readonly lastBefore: number,
  ) {}

  /** That of a session which begins now. */
  static begin(database: Database, session: string): StepLog {
    return new StepLog(database, session, Number(database.get('SELECT MAX(id) AS last FROM steps')?.['last'] ?? 0));
  }

  /** The same session's, as another connection sees it. */
  seenBy(database: Database): StepLog {
    return new StepLog(database, this.session, this.lastBefore);
  }

  /** Ends the redo branch. */
  *add(title: StepTitle, changes: readonly Change[]): Slices<void> {
    yield* this.remove(
      this.database.all(`SELECT id FROM steps WHERE undone = 1 AND ${ours}`, this.session, this.lastBefore),
    );
    const { rowId } = this.database.run(
      'INSERT INTO steps (session, title) VALUES (?, ?)',
      this.session,
      JSON.stringify(title),
    );
    // One statement for many: a step may have tens of thousands of changes.
    for (let from = 0; from < changes.length; from += sliceSize) {
      const some = changes.slice(from, from + sliceSize);
      this.database.run(
        `INSERT INTO changes (stepId, placeId, labelSet, label, before, after)
         SELECT ?, value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?)`,
        ...[
          rowId,
          JSON.stringify(some.map(({ key, before, after }) => [key.placeId, key.set, key.label, before, after])),
        ],
      );
      yield;
    }
    yield* this.remove(this.database.all('SELECT id FROM steps ORDER BY id DESC LIMIT -1 OFFSET ?', keptSteps));
  }

  /** The step that undo takes back. */
  lastDone(): LoggedStep | null {
    const sql = `SELECT id, title FROM steps WHERE undone = 0 AND ${ours} ORDER BY id DESC LIMIT 1`;
    return stepOf(this.database.get(sql, this.session, this.lastBefore));
  }

  /** The step that redo makes again: the first undone one behind all that are done. */
  firstUndone(): LoggedStep | null {
    const sql = `SELECT id, title FROM steps WHERE undone = 1 AND ${ours} AND id > ? ORDER BY id LIMIT 1`;
    return stepOf(this.database.get(sql, this.session, this.lastBefore, this.lastDone()?.id ?? 0));
  }

  /** In the order in which they were made, or the last first: one key may have several. */
  *changes(step: LoggedStep, lastFirst: boolean): Generator<Change, void, void> {
    const [behind, order] = lastFirst ? ['<', 'DESC'] : ['>', 'ASC'];
    const sql = `SELECT rowid AS id, placeId, labelSet, label, before, after FROM changes WHERE stepId = ? AND rowid ${behind} ?
      ORDER BY rowid ${order} LIMIT ${sliceSize}`;
    for (let last = lastFirst ? Number.MAX_SAFE_INTEGER : 0; ;) {
      const rows = this.database.all(sql, step.id, last);
      if (rows.length === 0) return;
      last = Number(rows.at(-1)?.['id']);
      yield* rows.map(changeOf);
    }
  }

  mark(step: LoggedStep, undone: boolean): void {
    this.database.run('UPDATE steps SET undone = ? WHERE id = ?', Number(undone), step.id);
  }

  private *remove(steps: readonly Row[]): Slices<void> {
    const sql = `DELETE FROM changes WHERE rowid IN (SELECT rowid FROM changes WHERE stepId = ? LIMIT ${sliceSize})`;
    for (const step of steps) {
      const id = Number(step['id']);
      while (this.database.run(sql, id).changes > 0) yield;
      this.database.run('DELETE FROM steps WHERE id = ?', id);
    }
  }
}

function changeOf(row: Row): Change {
  return {
    key: { placeId: Number(row['placeId']), set: String(row['labelSet']), label: String(row['label']) },
    before: JSON.parse(String(row['before'])) as Verdicted[],
    after: JSON.parse(String(row['after'])) as Verdicted[],
  };
}

const ours = '(session = ? OR id <= ?)';

function stepOf(row: Row | undefined): LoggedStep | null {
  return row ? { id: Number(row['id']), title: JSON.parse(String(row['title'])) as StepTitle } : null;
}
