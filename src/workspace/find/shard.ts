// One of so many shares of a corpus, which several machines tag side by side.
import { createHash } from 'node:crypto';

export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/**
 * Whether a document belongs to the shard; each belongs to exactly one, the same on every machine. `name`: the id of a line, or a
 * file's path relative to its root.
 */
export function isInShard(name: string, { number, of }: Shard): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE() % of === number - 1;
}
