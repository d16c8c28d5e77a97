// What the page keeps over reloads: what is open, where it was scrolled to, grouping, filter.
import type { SavedExpansion } from '../../src/core/tree/expansion';
import type { RowName } from '../../src/core/tree/tagTree';
import type { GroupBy, SortBy } from '../../src/core/tree/treeTypes';

/** The editor's side of a webview. */
export interface ViewHost {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

export interface SavedState {
  readonly version: 1;
  readonly group: GroupBy;
  readonly sort: SortBy;
  readonly filter: string;
  readonly filterOpen: boolean;
  readonly expansion: SavedExpansion;
  readonly top: { readonly name: RowName; readonly offset: number } | null;
  readonly active: RowName | null;
}

/** The saved state, or null where there is none or another version wrote it. */
export function readState(host: ViewHost): SavedState | null {
  const state = host.getState();
  if (typeof state !== 'object' || state === null) return null;
  const saved = state as Partial<SavedState>;
  return saved.version === 1 && saved.expansion !== undefined ? (saved as SavedState) : null;
}
