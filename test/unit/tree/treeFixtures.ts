// Documents, labels and scores for the tests of the tree.
import type { TagTree } from '../../../src/core/tree/tagTree';
import type { Row, TreeDocument, TreeLabel, TreeScore } from '../../../src/core/tree/treeTypes';

export function label(name: string, threshold = 0.5): TreeLabel {
  return { name, path: name.split('.'), threshold };
}

export const labels: readonly TreeLabel[] = [
  label('topic.planning'),
  label('topic.hiring'),
  label('topic.budget'),
  label('tone.neutral'),
  label('tone.angry'),
  label('urgent', 0.7),
];

export const exclusive = ['tone'];

/** A document titled by its path; `tags` by label number. */
export function doc(
  title: string,
  tags: readonly (readonly [number, number])[] = [],
  more: Partial<TreeDocument> = {},
): TreeDocument {
  return {
    id: `file:///${title}`,
    title,
    folders: title.split('/').slice(0, -1),
    tags: tags.map(([one, score]) => ({ label: one, score })),
    chunkCount: 1,
    stale: false,
    ...more,
  };
}

export function scoresOf(document: TreeDocument, all: readonly TreeLabel[] = labels): TreeScore[] {
  return all.map((_, index) => {
    const tag = document.tags.find((one) => one.label === index);
    return {
      label: index,
      score: tag?.score ?? 0.1 + index / 100,
      tag: tag !== undefined,
      evidence: `evidence of ${index}`,
      startLine: index + 1,
      endLine: index + 2,
    };
  });
}

export function rowsOf(tree: TagTree): Row[] {
  return Array.from({ length: tree.length }, (_, index) => tree.row(index));
}

/** One line a row, indented by level: `▾ topic`, `· .83 planning`. */
export function drawn(tree: TagTree): string[] {
  return rowsOf(tree).map((row) => {
    const sign = row.open === null ? '·' : row.open ? '▾' : '▸';
    return `${'  '.repeat(row.level - 1)}${sign} ${textOf(row)}`;
  });
}

function textOf(row: Row): string {
  switch (row.kind) {
    case 'folder':
      return `${row.name} (${row.documents})`;
    case 'label':
      return `${row.name}${row.exclusive ? ' (one of)' : ''} ${row.documents} avg ${row.average?.toFixed(2) ?? '-'}`;
    case 'rest':
      return `[${row.rest}] ${row.documents}`;
    case 'document':
      return row.tag === null ? row.document.title : `${row.tag.score.toFixed(2)} ${row.document.title}`;
    case 'part':
      return `lines ${row.name}`;
    case 'parent':
      return `${row.name}${row.exclusive ? ' (one of)' : ''} ${row.tags}/${row.others}`;
    case 'score':
      return `${row.score.score.toFixed(2)} ${row.name}`;
    case 'review':
      return `${row.tag.score.toFixed(2)} ${row.name} ${row.document.title}`;
    case 'rejectedFold':
      return `${row.count} rejected`;
    case 'fold':
      return `${row.count} more below ${row.below ?? '?'}`;
    default:
      return row.kind;
  }
}
