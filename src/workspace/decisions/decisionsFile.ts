// The decisions of a team as a file of JSON Lines: read whole, replaced whole, so that nobody ever reads half of one.
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import path from 'node:path';
import type { Decision } from '../../core/review/decision';
import { parsingLines, toLines, type ParsedLines } from '../../core/review/decisionLines';
import { AppError } from '../../shared/errors';
import { isIn } from '../contained/isIn';
import { inSlices } from '../flow/inSlices';
import { isMissing } from '../read/isMissing';

/** Null where there is no such file. Throws AppError `document-unreadable`. */
export async function decisionsText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw failed('read', file, error);
  }
}

/**
 * All decisions of the file; none where it is not there. Throws AppError `data-invalid` where a line has a problem, naming the first ones: writing the file
 * again would lose such lines.
 */
export async function readWholeDecisionsFile(file: string): Promise<readonly Decision[]> {
  return wholeDecisions(file, (await decisionsText(file)) ?? '');
}

/** As `readWholeDecisionsFile`, of the file's text. */
export async function wholeDecisions(file: string, text: string): Promise<readonly Decision[]> {
  return withoutProblems(file, await inSlices(parsingLines(text)));
}

/** As `readWholeDecisionsFile`, of the file's lines. */
export function withoutProblems(file: string, { decisions, problems }: ParsedLines): readonly Decision[] {
  if (problems.length === 0) return decisions;
  const shown = problems.slice(0, shownProblems).map(({ message }) => message);
  if (problems.length > shown.length) shown.push(`${problems.length - shown.length} more lines have problems.`);
  throw new AppError('data-invalid', `The decisions file ${file} cannot be used. ${shown.join(' ')}`);
}

const shownProblems = 3;

/** Replaces the file at once: readers see the old one or the new one. Throws AppError `document-unreadable`. */
export async function writeDecisionsFile(file: string, decisions: Iterable<Decision>): Promise<void> {
  await replaceDecisionsFile(file, toLines(decisions));
}

/**
 * As `writeDecisionsFile`, with what `toLines` gave. Returns the file's stamp. `asRead`: the stamp that it had when it was read; where
 * somebody wrote it since, it stays as it is, and null comes back.
 */
export async function replaceDecisionsFile(file: string, text: string, asRead?: string | null): Promise<string | null> {
  // A link stays one; what it points to is replaced.
  const target = await realpath(file).catch(() => file);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    const handle = await open(temporary, 'w');
    let stamp: string;
    try {
      await handle.writeFile(text);
      // On the disk before it takes the place of the old one, or a power cut could leave an empty file.
      await handle.sync();
      stamp = stampText(await handle.stat());
    } finally {
      await handle.close();
    }
    if (asRead !== undefined && (await fileStamp(file)) !== asRead) {
      await rm(temporary, { force: true });
      return null;
    }
    await rename(temporary, target);
    return stamp;
  } catch (error) {
    await rm(temporary, { force: true });
    throw failed('written', file, error);
  }
}

/** Another one when the file was written or replaced; null where it cannot be looked at. */
export async function fileStamp(file: string): Promise<string | null> {
  const found = await stat(file).catch(() => null);
  return found && stampText(found);
}

function stampText({ ino, size, mtimeMs }: Stats): string {
  return [ino, size, mtimeMs].join(' ');
}

/** Whether links lead from a place in a folder to somewhere else. Makes nothing; neither file nor folders need to be there. */
export async function leadsOut(folder: string, name: string): Promise<boolean> {
  const root = await realpath(folder);
  return !isIn(await realPlace(path.join(root, name)), root);
}

async function realPlace(file: string): Promise<string> {
  const real = await realpath(file).catch(() => null);
  return real ?? path.join(await realPlace(path.dirname(file)), path.basename(file));
}

function failed(what: string, file: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('document-unreadable', `The decisions file ${file} cannot be ${what}: ${reason}.`, { cause });
}
