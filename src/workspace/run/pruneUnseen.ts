// After a finished run: documents and skips that it should have met and did not are gone, and leave the index.
import type { RunWriter, UriRange } from '../store/runWriter';
import type { PageRow } from '../store/documentsPage';
import { partRange } from '../store/sources';
import type { TagStore } from '../store/tagStore';
import type { DocumentPlace, FileTree, FindRoot, Skip } from '../types';
import type { SeenSet } from './seenSet';
import type { ChosenFiles } from '../find/chosenFiles';
import { isWithin } from '../find/isWithin';
import { isInShard, type Shard } from '../find/shard';
import { startOf } from '../find/startOf';
import { pages } from '../flow/pages';

/** Rows looked at in one transaction: a few milliseconds. */
const pageSize = 512;

/** The URIs over which a run has the say. */
export class PruneScope {
  private readonly starts: string[];
  /** Places that could not be looked into (a drive that is away): nothing is known of what is there. */
  private readonly blind: string[] = [];

  constructor(
    tree: FileTree,
    private readonly roots: readonly FindRoot[],
    private readonly shard: Shard | null = null,
    private readonly only: ChosenFiles | null = null,
  ) {
    this.starts = roots.map((root) => startOf(tree, root));
  }

  note({ reason, folder, uri }: Skip): void {
    if (reason === 'unreadable' && (folder || this.roots.some((root) => root.uri === uri))) this.blind.push(uri);
  }

  get ranges(): UriRange[] {
    return this.starts.flatMap((uri) => [{ from: uri, before: `${uri}\0` }, partRange(uri), inside(uri)]);
  }

  /** Whether the run is to take what is at a place. */
  takes({ uri, path }: Pick<DocumentPlace, 'uri' | 'path'>): boolean {
    return (this.only?.concern(uri) ?? true) && (this.shard === null || isInShard(path, this.shard));
  }

  isBlind(uri: string): boolean {
    return this.blind.some((place) => isWithin(uri, place));
  }

  /** Whether what was not met there is gone. */
  hasSay(place: Pick<DocumentPlace, 'uri' | 'path'>): boolean {
    return this.takes(place) && !this.isBlind(place.uri);
  }
}

/** Everything below a folder: `0` is the character after `/`. */
export function inside(uri: string): UriRange {
  const folder = uri.endsWith('/') ? uri.slice(0, -1) : uri;
  return { from: `${folder}/`, before: `${folder}0` };
}

/** Yields the URIs of documents that lost their tags under this task, between small transactions. */
export async function* pruneUnseen(
  store: TagStore,
  writer: RunWriter,
  scope: PruneScope,
  documents: SeenSet,
  skips: SeenSet,
): AsyncGenerator<string[], void, undefined> {
  for (const range of scope.ranges) {
    for await (const page of unseen(writer, 'skips', range, skips)) {
      store.transaction(() => {
        for (const row of page) if (scope.hasSay(row)) writer.removeSkip(row.id);
      });
    }
    for await (const page of unseen(writer, 'documents', range, documents)) {
      const gone = page.filter((row) => scope.hasSay(row));
      const removed = store.transaction(() => gone.filter(({ id }) => writer.removeDocument(id)));
      if (removed.length > 0) yield removed.map(({ uri }) => uri);
    }
  }
}

async function* unseen(
  writer: RunWriter,
  table: 'documents' | 'skips',
  range: UriRange,
  seen: SeenSet,
): AsyncGenerator<PageRow[], void, undefined> {
  for await (const page of pages((after) => writer.page(table, range, after, pageSize))) {
    const missing = page.filter(({ id }) => !seen.has(id));
    if (missing.length > 0) yield missing;
  }
}
