// Whether a file's time on disk says that it has not changed since it was read.

/**
 * File systems tell times no finer than this: a file changed again within it, at equal size, looks unchanged. Such a time is not
 * trusted and the file is read again next time (git calls these files "racily clean").
 */
const fineClockMs = 50;
/** FAT and some network file systems count in steps of two seconds. */
const coarseClockMs = 2_000;

/** The time to keep of a file that was read: -1, which says nothing, where it cannot be trusted or the text was the editor's. */
export function keptTime(mtimeMs: number, readAtMs: number, fromEditor = false): number {
  return !fromEditor && isSettled(mtimeMs, readAtMs) ? mtimeMs : -1;
}

function isSettled(mtimeMs: number, readAtMs: number): boolean {
  return mtimeMs < readAtMs - (mtimeMs % 1000 === 0 ? coarseClockMs : fineClockMs);
}
