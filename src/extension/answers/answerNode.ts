// The rows of the view "Answers". Free of `vscode` at run time.
import type { Answer, AnswerGroup, AnswerPassage } from './answer';

type Row =
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'group'; readonly group: AnswerGroup }
  | { readonly type: 'passage'; readonly passage: AnswerPassage }
  | { readonly type: 'note'; readonly text: string };

export class AnswerNode {
  readonly children: readonly AnswerNode[];

  /** @param id Unique in the view and the same as long as the answer is shown. */
  constructor(
    readonly id: string,
    readonly row: Row,
    readonly parent: AnswerNode | null = null,
  ) {
    this.children = rowsBelow(row).map((below, at) => new AnswerNode(`${id}/${at}`, below, this));
  }

  /** The row of the question that this one belongs to. */
  get root(): AnswerNode {
    return this.parent?.root ?? this;
  }

  /** This passage, or all below this row, in order. */
  passages(): readonly AnswerPassage[] {
    if (this.row.type === 'passage') return [this.row.passage];
    return this.children.flatMap((child) => child.passages());
  }
}

function rowsBelow(row: Row): Row[] {
  switch (row.type) {
    case 'answer': {
      const { notice, children } = row.answer;
      const notes: Row[] = notice === undefined ? [] : [{ type: 'note', text: notice }];
      return [...notes, ...children.map(asRow)];
    }
    case 'group':
      return row.group.children.map(asRow);
    case 'passage':
    case 'note':
      return [];
  }
}

function asRow(child: AnswerGroup | AnswerPassage): Row {
  return 'children' in child ? { type: 'group', group: child } : { type: 'passage', passage: child };
}
