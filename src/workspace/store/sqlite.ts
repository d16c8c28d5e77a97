// Node's own SQLite: loaded late, and what its errors mean to the user.
import type * as sqliteModule from 'node:sqlite';
import { AppError } from '../../shared/errors';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
export const codes = {
  error: 1,
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** What messages call a file of a kind, see DatabaseKind. */
interface Named {
  readonly name: string;
  readonly damaged: string;
}

type Sqlite = typeof sqliteModule;

/** Loaded on first use: a bundle that names the module in an import would not even start where it is missing. */
export function sqlite(): Sqlite {
  // Node warns that the module is experimental each time a process first loads it; that says nothing to our users.
  const emitWarning = Reflect.get(process, 'emitWarning') as () => void;
  process.emitWarning = () => undefined;
  try {
    const module = process.getBuiltinModule('node:sqlite') as Sqlite | undefined;
    if (module) return module;
  } finally {
    process.emitWarning = emitWarning;
  }
  throw new AppError(
    'index-unsupported',
    `Tags and decisions are kept with Node's own SQLite, which Node ${process.versions.node} does not have. Use Node 22.13 or newer.`,
  );
}

/** Errors of SQLite in `work` become AppErrors `index-*`; others stay. */
export function guarded<T>(file: string, kind: Named, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const primary = primaryOf(error);
    if (primary === null) throw error;
    throw meaning(file, kind, primary, error as Error);
  }
}

/** The primary result code of an error of SQLite; null of any other. */
export function primaryOf(error: unknown): number | null {
  const isOurs = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return isOurs ? (error.errcode as number) & 0xff : null;
}

/** `primary`: the result code. */
export function meaning(file: string, { name, damaged }: Named, primary: number, cause: Error): AppError {
  switch (primary) {
    case codes.busy:
    case codes.locked:
      return new AppError(
        'index-busy',
        `${name} ${file} is in use by another window or command. Try again when that has finished.`,
        { cause },
      );
    case codes.corrupt:
    case codes.notADatabase:
      return new AppError('index-damaged', `${name} ${file} is damaged. ${damaged}`, { cause });
    case codes.cannotOpen:
    case codes.readOnly:
      return new AppError(
        'index-unavailable',
        `${name} ${file} cannot be opened or written. Check the rights of the file and of its folder.`,
        { cause },
      );
    case codes.full:
      return new AppError(
        'index-unavailable',
        `${name} ${file} cannot grow: its disk is full. Make room and try again; what was done before is kept.`,
        { cause },
      );
    default:
      return new AppError('index-unavailable', `${name} ${file} cannot be used: ${cause.message}.`, { cause });
  }
}
