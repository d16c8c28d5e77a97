// The rows of one label set as the index keeps them: documents with tags, and what was left out.
import type { LabelSet } from '../../core/labelSet';
import { Breather } from '../../workspace/flow/breather';
import type { Skip } from '../../workspace/types';
import type { IndexKey } from '../workspace/indexFile';
import { shownOf, tagsUnder, type Shown } from './shownDocument';

export class KeptRows {
  readonly documents = new Map<string, Shown>();
  readonly skips = new Map<string, Skip>();

  /** Null where it is not wanted any more. */
  static async read({ store, task, model }: IndexKey, isStale: () => boolean): Promise<KeptRows | null> {
    const rows = new KeptRows();
    for await (const documents of store.documents(task, model)) {
      if (isStale()) return null;
      for (const document of documents) rows.documents.set(document.uri, shownOf(document));
    }
    for await (const skips of store.skips(task)) {
      if (isStale()) return null;
      for (const skip of skips) rows.skips.set(skip.uri, skip);
    }
    return isStale() ? null : rows;
  }

  get size(): number {
    return this.documents.size + this.skips.size;
  }

  has(uri: string): boolean {
    return this.documents.has(uri) || this.skips.has(uri);
  }

  /** A file that is read in parts, some of which have tags. Asked for single files only: it looks at all of them. */
  hasParts(file: string): boolean {
    const begin = `${file}#`;
    for (const uri of this.documents.keys()) if (uri.startsWith(begin)) return true;
    return false;
  }

  /** Documents that hold another text than their tags are of. */
  get changed(): number {
    return this.count(({ document, edited }) => document.changed || edited);
  }

  /** Documents whose tags need not hold any more: of another text, or another model. */
  get stale(): number {
    return this.count(({ document, edited }) => document.stale || edited);
  }

  /** Documents that no label fits. In slices: their tags may not have been decided yet. */
  async noneFits(set: LabelSet, counts: (uri: string) => boolean): Promise<number> {
    const breather = new Breather();
    let count = 0;
    for (const [uri, shown] of this.documents) {
      if (counts(uri) && tagsUnder(shown, set).tags.length === 0) count++;
      if (breather.due) await breather.pause();
    }
    return count;
  }

  private count(counts: (shown: Shown) => boolean): number {
    let count = 0;
    for (const shown of this.documents.values()) if (counts(shown)) count++;
    return count;
  }
}
