// The log of steps, from which they are undone and redone: in the file itself, so that it survives restarts.
import type { Verdicted } from '../../core/review/decision';
import type { StepTitle } from '../../core/review/steps';
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

/** Steps that can be undone, at most. */
export const keptSteps = 200;

/**
 * The steps of one session: those from before it was opened, and its own. Another window's steps are that window's to undo until
 * the file is opened again.
 */
export class StepLog {
  private readonly lastBefore: number;

  constructor(
    private readonly database: Database,
    private readonly session: string,
  ) {
    this.lastBefore = Number(database.get('SELECT MAX(id) AS last FROM steps')?.['last'] ?? 0);
  }

  /** Ends the redo branch. */
  add(title: StepTitle, changes: readonly Change[]): void {
    this.database.run(`DELETE FROM steps WHERE undone = 1 AND ${ours}`, this.session, this.lastBefore);
    const { rowId } = this.database.run(
      'INSERT INTO steps (session, title) VALUES (?, ?)',
      this.session,
      JSON.stringify(title),
    );
    // One statement for all: a step may have tens of thousands of changes.
    this.database.run(
      `INSERT INTO changes (stepId, placeId, labelSet, label, before, after)
       SELECT ?, value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?)`,
      ...[
        rowId,
        JSON.stringify(changes.map(({ key, before, after }) => [key.placeId, key.set, key.label, before, after])),
      ],
    );
    this.database.run(
      'DELETE FROM steps WHERE id <= (SELECT id FROM steps ORDER BY id DESC LIMIT 1 OFFSET ?)',
      keptSteps,
    );
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

  changes(step: LoggedStep): Change[] {
    return this.database
      .all('SELECT placeId, labelSet, label, before, after FROM changes WHERE stepId = ? ORDER BY rowid', step.id)
      .map((row) => ({
        key: { placeId: Number(row['placeId']), set: String(row['labelSet']), label: String(row['label']) },
        before: JSON.parse(String(row['before'])) as Verdicted[],
        after: JSON.parse(String(row['after'])) as Verdicted[],
      }));
  }

  mark(step: LoggedStep, undone: boolean): void {
    this.database.run('UPDATE steps SET undone = ? WHERE id = ?', Number(undone), step.id);
  }
}

const ours = '(session = ? OR id <= ?)';

function stepOf(row: Row | undefined): LoggedStep | null {
  return row ? { id: Number(row['id']), title: JSON.parse(String(row['title'])) as StepTitle } : null;
}
