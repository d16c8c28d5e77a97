// Some files among those of the folders: a run takes these alone, and looks into no folder that leads to none of them.
import { fileOf } from '../split/parts';

export class ChosenFiles {
  private readonly files: ReadonlySet<string>;
  private readonly folders = new Set<string>();

  /** `uris`: of the files, whether or not they are there. */
  constructor(uris: Iterable<string>) {
    this.files = new Set(uris);
    for (const uri of this.files)
      for (let end = uri.lastIndexOf('/'); end > 0; end = uri.lastIndexOf('/', end - 1)) {
        const folder = uri.slice(0, end);
        // What is above it is known then, too.
        if (this.folders.has(folder)) break;
        this.folders.add(folder);
      }
  }

  /** Whether one of the files is at the place, is the file that a part belongs to, or lies below it. */
  concern(uri: string): boolean {
    const place = fileOf(uri);
    return this.files.has(place) || this.folders.has(place.endsWith('/') ? place.slice(0, -1) : place);
  }
}
