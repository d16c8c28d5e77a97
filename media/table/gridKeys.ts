// The keyboard of the table, after the ARIA grid pattern.
import type { Cell } from './gridView';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The cell that a key leads to; null where the key is not ours. Row -1 is the head, column -1 the names. */
export function gridMove(event: Key, { row, column }: Cell, rows: number, columns: number, page: number): Cell | null {
  if (event.altKey || event.shiftKey) return null;
  const far = event.ctrlKey || event.metaKey;
  const at = (newRow: number, newColumn: number): Cell => ({
    row: Math.max(-1, Math.min(rows - 1, newRow)),
    column: Math.max(-1, Math.min(columns - 1, newColumn)),
  });
  switch (event.key) {
    case 'ArrowDown':
      return far ? at(rows, column) : at(row + 1, column);
    case 'ArrowUp':
      return far ? at(-1, column) : at(row - 1, column);
    case 'ArrowRight':
      return far ? at(row, columns) : at(row, column + 1);
    case 'ArrowLeft':
      return far ? at(row, -1) : at(row, column - 1);
    case 'Home':
      return far ? at(0, -1) : at(row, -1);
    case 'End':
      return far ? at(rows, columns) : at(row, columns);
    case 'PageDown':
      return at(row + page, column);
    case 'PageUp':
      return at(Math.max(0, row - page), column);
    default:
      return null;
  }
}
