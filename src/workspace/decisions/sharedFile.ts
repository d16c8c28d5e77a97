// A team's decisions file beside the store of this workspace: what is new in the file goes into the store, and what others took back
// there out of it; then the file has all of the store.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Decision } from '../../core/review/decision';
import { parsingLines, toLines, writingLines } from '../../core/review/decisionLines';
import { findingTakeBacks } from '../../core/review/takeBacks';
import { Breather } from '../flow/breather';
import { inSlices } from '../flow/inSlices';
import { decisionsText, fileStamp, replaceDecisionsFile, wholeDecisions } from './decisionsFile';

export interface SharedStore {
  all(): Promise<readonly Decision[]>;
  /** See DecisionStore. */
  mergeFile(decisions: readonly Decision[], takenBack: readonly Decision[]): Promise<unknown>;
  /** Lines of the file as they were noted last; empty for a file that was never read. */
  fileLines(file: string): Promise<ReadonlySet<string>>;
  noteFileLines(file: string, lines: ReadonlySet<string>): Promise<void>;
}

export interface Synchronised {
  /** Lines that vanished from the file, too many for people to have taken them back: they are in it again. */
  readonly cameBack: number;
}

type Tried = Synchronised &
  /** Somebody wrote the file meanwhile. `taken`: its lines, as the store has them now; null where it took none. */
  ({ readonly isWhole: true } | { readonly isWhole: false; readonly taken: ReadonlySet<string> | null });

/** A disk whose stamps change by themselves is written at last. */
const mostTries = 5;

export class SharedFile {
  /** The file as it and the store were brought together last. */
  private left: { readonly file: string; readonly stamp: string | null } | null = null;

  constructor(private readonly store: SharedStore) {}

  /** Whether nobody else has written the file since: then it has nothing new for the store. */
  async isAsLeft(file: string): Promise<boolean> {
    return this.leftIt(file, await fileStamp(file));
  }

  /**
   * Takes what is new in the file, then writes it where it lacks something. Throws AppError `data-invalid` where a line has a
   * problem, `document-unreadable`; the file is as it was then.
   */
  async synchronise(file: string): Promise<Synchronised> {
    let cameBack = 0;
    let taken: ReadonlySet<string> | null = null;
    for (let tries = 1; ; tries++) {
      const done: Tried = await this.tried(file, taken, tries >= mostTries);
      cameBack += done.cameBack;
      if (done.isWhole) return { cameBack };
      taken = done.taken;
    }
  }

  /** `taken`: what an earlier try took. `isLast` does not look whether somebody writes the file meanwhile. */
  private async tried(file: string, taken: ReadonlySet<string> | null, isLast: boolean): Promise<Tried> {
    // Before the file is read: another window may write both meanwhile, and what it adds has not vanished.
    const stamp = await fileStamp(file);
    const base = this.leftIt(file, stamp) ? null : (taken ?? (await this.store.fileLines(file)));
    const before = await decisionsText(file);
    const cameBack = before === null || base === null ? 0 : await this.take(file, before, base);
    const all = await this.store.all();
    if (all.length === 0 && before === null) return { cameBack, isWhole: true };
    const text = await inSlices(writingLines(all));
    if (before === null) await mkdir(path.dirname(file), { recursive: true });
    const left = text === before ? stamp : await replaceDecisionsFile(file, text, isLast ? undefined : stamp);
    if (left === null && !isLast)
      return { cameBack, isWhole: false, taken: base === null || before === null ? null : linesOf(before) };
    // After the file: were it noted first and the write failed, its lines would seem to have vanished.
    await this.store.noteFileLines(file, linesOf(text));
    this.left = { file, stamp: left };
    return { cameBack, isWhole: true };
  }

  private leftIt(file: string, stamp: string | null): boolean {
    return stamp !== null && file === this.left?.file && stamp === this.left.stamp;
  }

  /** Returns how many lines vanished without being taken back. */
  private async take(file: string, text: string, base: ReadonlySet<string>): Promise<number> {
    const lines = linesOf(text);
    if (lines.size === base.size && [...lines].every((line) => base.has(line))) return 0;
    const now = await wholeDecisions(file, text);
    const fresh: Decision[] = [];
    const breather = new Breather();
    for (const decision of now) {
      if (!base.has(toLines([decision]).trimEnd())) fresh.push(decision);
      if (breather.due) await breather.pause();
    }
    const { decisions: before } = await inSlices(parsingLines([...base].join('\n')));
    const { vanished, areTakenBack } = await inSlices(findingTakeBacks(before, now));
    const takenBack = areTakenBack ? vanished : [];
    if (fresh.length + takenBack.length > 0) await this.store.mergeFile(fresh, takenBack);
    return vanished.length - takenBack.length;
  }
}

function linesOf(text: string): Set<string> {
  return new Set(text.split('\n').filter((line) => line !== ''));
}
