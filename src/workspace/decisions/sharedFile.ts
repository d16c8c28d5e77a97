// A team's decisions file beside the store of this window: what is new in the file goes into the store, then the file has all of it.
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Decision } from '../../core/review/decision';
import { toLines } from '../../core/review/decisionLines';
import { decisionsText, readWholeDecisionsFile, replaceDecisionsFile } from './decisionsFile';

/** The file as this window left it, so that a line that is there since is told from one that was taken back here. */
export interface LeftFile {
  readonly file: string;
  /** sha256 of its text, hex. */
  readonly hash: string;
}

/** Outlives the window. */
export interface LeftMemory {
  get(): LeftFile | undefined;
  set(left: LeftFile | undefined): PromiseLike<void>;
}

export interface SharedStore {
  all(): Promise<readonly Decision[]>;
  merge(decisions: readonly Decision[]): Promise<unknown>;
}

export class SharedFile {
  /** Its text as this window left it. */
  private left = '';

  constructor(
    private readonly store: SharedStore,
    private readonly memory: LeftMemory,
  ) {}

  /** The store has just been made: it never held what an earlier one left in the file, so that all lines are new to it. */
  async forget(): Promise<void> {
    this.left = '';
    await this.memory.set(undefined);
  }

  /**
   * Takes what is new in the file, then writes it where it lacks something. Throws AppError `data-invalid` where a line has a
   * problem, `document-unreadable`; the file is as it was then.
   */
  async synchronise(file: string): Promise<void> {
    const before = await decisionsText(file);
    if (before !== null) await this.takeNew(file, before);
    const all = await this.store.all();
    if (all.length === 0 && before === null) return;
    const text = toLines(all);
    if (before === null) await mkdir(path.dirname(file), { recursive: true });
    if (text !== before) await replaceDecisionsFile(file, text);
    this.left = text;
    await this.memory.set({ file, hash: sha256(text) });
  }

  private async takeNew(file: string, text: string): Promise<void> {
    const left = this.memory.get();
    if (left?.file === file && left.hash === sha256(text)) return;
    const lines = new Set(this.left.split('\n'));
    const all = await readWholeDecisionsFile(file);
    const fresh = all.filter((decision) => !lines.has(toLines([decision]).trimEnd()));
    if (fresh.length > 0) await this.store.merge(fresh);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
