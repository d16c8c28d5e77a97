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

const saveAfterMs = 250;

/** Writes the state when nothing has changed for a while. */
export class StateSaver {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ViewHost,
    private readonly current: () => SavedState,
  ) {}

  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.now();
    }, saveAfterMs);
  }

  now(): void {
    clearTimeout(this.timer);
    this.host.setState(this.current());
  }
}
