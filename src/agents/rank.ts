// How well documents answer a search of an agent.
import type { TagMatch } from '../core/query/tagSearch';
import type { Searched } from '../core/query/queryTest';

/** The score of the tag that was asked for, else of the best one, which is the first. */
export function rankOf({ tags }: Pick<Searched, 'tags'>, { asked }: TagMatch): number {
  return (asked ?? tags[0])?.score ?? 0;
}

interface Ranked {
  readonly rank: number;
  readonly path: string;
}

/** Best first; of one rank in the order of their paths, so that the same question gets the same answer. */
export function byRank(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
