// The commands of the view "Answers".
import type { PassageMarks } from '../editor/passageMarks';
import type { CommandHandlers, Handler } from '../host/commands';
import type { CommandId } from '../host/names';
import type { Reporter } from '../host/report';
import { copyText } from '../use/copyTags';
import { AnswerNode } from './answerNode';
import type { AnswersView } from './answersView';
import { openPassage } from './openPassage';

type AnswerCommand = Extract<
  CommandId,
  `glitag.${'open' | 'copy' | 'close'}Answer` | `glitag.${'openAnswerToSide' | 'askAgain' | 'clearAnswers'}`
>;

export function answerCommands(
  view: AnswersView,
  marks: PassageMarks,
  reporter: Reporter,
): Pick<CommandHandlers, AnswerCommand> {
  /** The row that a menu belongs to and those selected with it; from the palette the selected ones. */
  const rowsOf = ([row, selected]: readonly unknown[]): readonly AnswerNode[] => {
    const rows = (Array.isArray(selected) ? selected : [row]).filter((one) => one instanceof AnswerNode);
    return rows.length > 0 ? rows : view.selection;
  };
  const open = async (args: readonly unknown[], toSide: boolean) => {
    const [row] = args[0] instanceof AnswerNode ? [args[0]] : view.selection;
    if (row) await openPassage(row, toSide, marks, reporter);
  };
  return {
    'glitag.openAnswer': of((args) => open(args, false)),
    'glitag.openAnswerToSide': of((args) => open(args, true)),
    'glitag.copyAnswer': of(async (args) => {
      const texts = rowsOf(args).flatMap((row) => row.passages().map(({ text }) => text.trim()));
      // A question and one of its passages may be selected together.
      if (texts.length > 0) await copyText([...new Set(texts)].join('\n\n'));
    }),
    'glitag.closeAnswer': of((args) => view.close(rowsOf(args))),
    'glitag.askAgain': of(async (args) => {
      const root = rowsOf(args)[0]?.root;
      if (root?.row.type !== 'answer') return;
      const answer = await root.row.answer.again();
      if (answer) await view.show(answer, root);
    }),
    'glitag.clearAnswers': () => view.clear(),
  };
}

/** A command that gets what a row of the tree, or a menu, passes. */
function of(act: (args: readonly unknown[]) => unknown): Handler {
  return (_uri, _uris, _row, _rows, args = []) => act(args);
}
