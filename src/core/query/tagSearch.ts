// A search over tagged documents: which ones match, and by which of their tags.
import { parseQuery } from './parseQuery';
import { QueryTest, type Searched } from './queryTest';

export interface TagMatch {
  /** The first of the document's tags that the search asks for, which is the best one; null where it asks for other things. */
  readonly asked: Searched['tags'][number] | null;
}

export class TagSearch {
  private readonly test: QueryTest;

  /** `labels`: names by number. */
  constructor(search: string, labels: readonly string[]) {
    this.test = new QueryTest(parseQuery(search, labels));
  }

  /**
   * Null where the document does not match. What was left out of a run is found only where it is asked for. Its tags are best first;
   * `path`: how it is called.
   */
  match(document: Searched, path: string): TagMatch | null {
    if (document.skipped !== undefined && !this.test.asksForSkipped) return null;
    if (!this.test.matches(document, path.toLowerCase())) return null;
    return { asked: document.tags.find(({ label }) => this.test.wanted.has(label)) ?? null };
  }
}
