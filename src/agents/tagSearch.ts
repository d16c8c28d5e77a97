// A search of an agent over tagged documents, which says how well each one answers it.
import type { LabelSet } from '../core/labelSet';
import { parseQuery } from '../core/query/parseQuery';
import { QueryTest, type Searched } from '../core/query/queryTest';

export class TagSearch {
  private readonly test: QueryTest;

  constructor(search: string, { labels }: Pick<LabelSet, 'labels'>) {
    this.test = new QueryTest(
      parseQuery(
        search,
        labels.map(({ name }) => name),
      ),
    );
  }

  /**
   * Null where it does not match; else the best score of a tag that is asked for, or of any where none is. `path`: how the document
   * is called.
   */
  rank(document: Searched, path: string): number | null {
    if (!this.test.matches(document, path.toLowerCase())) return null;
    const { wanted } = this.test;
    const asked = document.tags.filter(({ label }) => wanted.has(label));
    return Math.max(0, ...(asked.length > 0 ? asked : document.tags).map(({ score }) => score));
  }
}

interface Ranked {
  readonly rank: number;
  readonly path: string;
}

/** Best first; of one rank in the order of their paths, so that the same question gets the same answer. */
export function byRank(a: Ranked, b: Ranked): number {
  return b.rank - a.rank || (a.path < b.path ? -1 : 1);
}
