// The texts of documents of the index as they are now on disk, parts of files among them.
import type { TextRuns } from '../../core/excerpt';
import { fileOf, partUri } from '../split/parts';
import type { DocumentPlace, FileTree, ReadOptions } from '../types';
import { readDocument } from './readDocument';
import { readParts } from './readParts';

/** What the model reads of a document, and where that stands in its file. */
export interface CurrentText {
  readonly text: string;
  readonly runs: TextRuns;
  /** The whole file. */
  readonly file: string;
}

export class PlaceTexts {
  /** Parts of the file that was read last: they come one after another. */
  private last: { readonly uri: string; readonly parts: ReadonlyMap<string, CurrentText> } | null = null;

  constructor(
    private readonly tree: FileTree,
    private readonly reading: ReadOptions,
  ) {}

  /** Null where the document is gone, or no text any more. */
  async read(place: DocumentPlace): Promise<CurrentText | null> {
    const rule = place.part === undefined ? null : this.reading.splitOf?.(place.path);
    if (!rule) {
      const read = await readDocument(this.tree, place, this.reading);
      return read.ok ? { text: read.text, runs: read.source.runs, file: read.file } : null;
    }
    const uri = fileOf(place.uri);
    if (this.last?.uri !== uri) {
      const read = await readParts(this.tree, { uri }, rule, this.reading);
      const parts = read.ok
        ? read.parts.map(({ key, text, runs }) => [partUri(uri, key), { text, runs, file: read.file }] as const)
        : [];
      this.last = { uri, parts: new Map(parts) };
    }
    return this.last.parts.get(place.uri) ?? null;
  }
}
