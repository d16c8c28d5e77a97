// "Find Passages" and "Re-rank Search Results": what is asked before, and the answer shown.
import * as vscode from 'vscode';
import { oneLine } from '../../core/readablePassage';
import { searchPattern } from '../../core/searchPattern';
import type { Answer } from '../answers/answer';
import type { AnswersView } from '../answers/answersView';
import type { CommandHandlers } from '../host/commands';
import type { CommandId } from '../host/names';
import { documentsInTabs } from '../results/openDocument';
import { askQuestion } from './askQuestion';
import { findAnswer, type FindParts } from './findAnswer';
import { rerankAnswer, type RerankParts } from './rerankAnswer';

type PassageCommand = Extract<CommandId, 'glitag.findPassages' | 'glitag.rerankSearch'>;

interface Parts extends FindParts, RerankParts {
  readonly view: AnswersView;
  /** Of this workspace. */
  readonly memory: vscode.Memento;
}

const historyKey = 'questions';
const mostRemembered = 15;
/** A longer selection is a text, and no question. */
const longestSelection = 300;

export function passageCommands(parts: Parts): Pick<CommandHandlers, PassageCommand> {
  const { view, memory, labelSets, reporter } = parts;
  const show = async (answer: Answer | null) => {
    if (answer) await view.show(answer);
  };
  return {
    'glitag.findPassages': async () => {
      const history = memory.get<readonly string[]>(historyKey, []);
      const labels = labelSets.active().labels.map(({ name }) => name);
      const asked = await askQuestion({ selected: selectedLine(), history, labels });
      if (asked === undefined) return;
      const others = history.filter((one) => one !== asked);
      await memory.update(historyKey, [asked, ...others].slice(0, mostRemembered));
      await show(await findAnswer(asked, parts));
    },
    'glitag.rerankSearch': async () => {
      if (vscode.workspace.workspaceFolders === undefined && documentsInTabs().length === 0) {
        reporter.notice(vscode.l10n.t('There is nothing to search. Open a folder or a document.'));
        return;
      }
      const title = vscode.l10n.t('Re-rank Search Results');
      const words = await vscode.window.showInputBox({
        title,
        prompt: vscode.l10n.t('Words to search for, or a /regular expression/. Capitals count where there are any.'),
        value: selectedLine(),
        validateInput: mistakeIn,
      });
      if (words === undefined || words.trim() === '') return;
      const sentence = await vscode.window.showInputBox({
        title,
        prompt: vscode.l10n.t('What the results should be about, in a sentence or a question'),
        ignoreFocusOut: true,
      });
      if (sentence === undefined || sentence.trim() === '') return;
      await show(await rerankAnswer({ words, sentence: sentence.trim() }, parts));
    },
  };
}

/** What is selected in the editor, if it is a question's length; in one line. */
function selectedLine(): string {
  const editor = vscode.window.activeTextEditor;
  const text = editor ? oneLine(editor.document.getText(editor.selection)) : '';
  return text.length > longestSelection ? '' : text;
}

function mistakeIn(words: string): string | null {
  try {
    searchPattern(words);
    return null;
  } catch (error) {
    return vscode.l10n.t('This is no regular expression: {0}', error instanceof Error ? error.message : String(error));
  }
}
