// What all ways of installing a model take.
import type { FreeBytes } from './diskSpace';

export interface InstallProgress {
  /** Relative to the model's folder. */
  readonly file: string;
  /** Of the whole model, those of an earlier try included. */
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface InstallOptions {
  readonly signal: AbortSignal;
  /** The name that the model gets; else its id on the hub, or the name of the folder or archive. */
  readonly name?: string | undefined;
  readonly onProgress?: (progress: InstallProgress) => void;
  /** Asked for the folder of the store before anything is written. */
  readonly freeBytes?: FreeBytes;
}
