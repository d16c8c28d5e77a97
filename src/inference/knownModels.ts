// Remembers what a model is, so that asking does not load it: its description is kept with the stamps of all files that decide it.
import type { FileStamp, LoadedFiles, LoadOptions } from '../shared/childMessages';
import type { ModelDescription } from '../shared/classifier';
import type { ModelNotes } from '../shared/modelNotes';
import { parseLoadedFiles } from '../shared/parseChildMessages';
import { isSettled, isUnchanged, stampNow } from './model/fileStamp';
import { namedFiles } from './model/modelFolder';

export class KnownModels {
  private readonly folder: string;
  private readonly key: string;

  /**
   * @param load What is loaded: a model folder or one of its .onnx files, and what runs it.
   * @param workerFile The child's program: another one may describe the same files in other words.
   */
  constructor(
    private readonly notes: ModelNotes,
    { folder, executionProvider = 'cpu' }: Pick<LoadOptions, 'folder' | 'executionProvider'>,
    private readonly workerFile: string,
  ) {
    this.folder = folder;
    this.key = executionProvider === 'cpu' ? folder : `${folder}\n${executionProvider}`;
  }

  /** The model as it was loaded last; null where anything about it may have changed since, or is not known. */
  recall(): ModelDescription | null {
    try {
      const note = this.notes.read(this.key);
      const kept = note === null ? null : parseLoadedFiles(JSON.parse(note));
      if (!kept) return null;
      const paths = new Set(kept.files.map(({ path }) => path));
      // A file that was added may be read in place of another.
      const same = [...namedFiles(this.folder), this.workerFile].every((file) => paths.has(file));
      return same && kept.files.every(isUnchanged) ? kept.model : null;
    } catch {
      // Whatever is wrong with the note or the model, loading it says so better.
      return null;
    }
  }

  /** Called with each model that was loaded. */
  keep({ model, files }: LoadedFiles, nowMs = Date.now()): void {
    const worker = stampNow(this.workerFile);
    const stamps: FileStamp[] = worker === null ? [] : [...files, worker];
    if (stamps.length === 0 || !stamps.every((stamp) => isSettled(stamp, nowMs))) return;
    const note: LoadedFiles = { model, files: stamps };
    this.notes.write(this.key, JSON.stringify(note));
  }
}
