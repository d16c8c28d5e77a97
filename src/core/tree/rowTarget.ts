// What a row stands for: what its menu, its buttons and the keys act on. The names are those that menus of the manifest ask for.
import type { Row } from './treeTypes';

export interface RowTarget {
  /** A row of the queue is a label's row, "2 rejected" a fold, given tags are a line as "None fits" is: their menus are the same. */
  readonly webviewSection: Exclude<Row['kind'], 'review' | 'rejectedFold' | 'given'>;
  /** The document or selection. */
  readonly documentId: string | null;
  /** Number of the label in the state's labels, where the row is about one. */
  readonly label: number | null;
  /** A folder's path, workspace folder first where there are several. */
  readonly folder: string | null;
  /** The row's document has tags of its own to copy, or to make an example of. */
  readonly tagged: boolean;
}

export function rowTarget(row: Row): RowTarget {
  const none = { webviewSection: sectionOf(row), documentId: null, label: null, folder: null, tagged: false };
  if (row.kind === 'folder') return { ...none, folder: row.path };
  if (!('document' in row)) return none;
  const { id, tags } = row.document;
  return { ...none, documentId: id, label: labelOf(row), tagged: tags.length > 0 };
}

function sectionOf({ kind }: Row): RowTarget['webviewSection'] {
  switch (kind) {
    case 'review':
      return 'score';
    case 'rejectedFold':
      return 'fold';
    case 'given':
      return 'none';
    default:
      return kind;
  }
}

/** The label whose evidence a row opens. */
function labelOf(row: Row): number | null {
  if (row.kind === 'score') return row.score.label;
  if (row.kind === 'review') return row.tag.label;
  return row.kind === 'document' ? (row.tag?.label ?? null) : null;
}
