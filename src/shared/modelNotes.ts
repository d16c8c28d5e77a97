// Where what is known of models outlives the process: an index, or a folder.

export interface ModelNotes {
  /** The note under this key, null where there is none. */
  read(key: string): string | null;
  write(key: string, note: string): void;
}
