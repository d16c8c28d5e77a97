// The commands that check statements: against what, and which statements.
import * as vscode from 'vscode';
import { statementsOf } from '../../core/check/statements';
import type { CommandHandlers } from '../host/commands';
import type { CommandId } from '../host/names';
import type { WorkspaceParts } from '../passages/workspacePassages';
import { nameOf } from '../results/documentNames';
import { askStatement, type AskedStatement } from './askStatement';
import { statementAnswer, statementTable } from './checkedAnswer';
import { showChecked, type CheckingParts, type CheckRequest } from './checking';
import { nearInText, nearInWorkspace } from './nearPassages';

export type CheckParts = CheckingParts & WorkspaceParts;

type CheckCommand = Extract<
  CommandId,
  `glitag.checkAgainst${'Workspace' | 'File' | 'Selection'}` | 'glitag.checkDocument'
>;

type FinderOf = CheckRequest['finderOf'];

export function checkCommands(parts: CheckParts): Pick<CommandHandlers, CheckCommand> {
  const { reporter } = parts;
  const inEditor = async (act: (editor: vscode.TextEditor) => Promise<void>) => {
    const editor = vscode.window.activeTextEditor;
    if (editor) await act(editor);
    else reporter.notice(vscode.l10n.t('No text editor is active. Open a document first.'));
  };
  const checkOne = async (asked: AskedStatement | null, finderOf: FinderOf) => {
    if (asked) await showChecked(parts, oneStatement(asked, finderOf));
  };
  return {
    'glitag.checkAgainstWorkspace': async () =>
      checkOne(await askStatement(vscode.window.activeTextEditor), workspaceFinder(parts)),
    'glitag.checkAgainstFile': () =>
      inEditor(async (editor) => checkOne(await askStatement(editor), documentFinder(parts, editor.document))),
    'glitag.checkAgainstSelection': () =>
      inEditor(async (editor) => {
        const finder = selectionFinder(editor);
        if (finder) await checkOne(await askStatement(undefined), finder);
        else reporter.notice(vscode.l10n.t('Nothing is selected. Select the text to check a statement against.'));
      }),
    'glitag.checkDocument': () =>
      inEditor(async ({ document }) => {
        const statements = () => statementsOf(document.getText());
        const { title } = nameOf(document.uri);
        if (statements().length === 0)
          reporter.notice(vscode.l10n.t('“{0}” holds no statements. Write one a line.', title));
        else
          await showChecked(parts, {
            statements,
            finderOf: workspaceFinder(parts, document.uri),
            isOwn: () => false,
            answerOf: (checked, by) => statementTable(title, checked, by),
          });
      }),
  };
}

function oneStatement({ statement, from }: AskedStatement, finderOf: FinderOf): CheckRequest {
  return {
    statements: () => [statement],
    finderOf,
    isOwn: ({ uri, start, end }) =>
      from !== null && uri.toString() === from.uri && start < from.span.end && end > from.span.start,
    answerOf: ([checked], by) => checked && statementAnswer(checked, by),
  };
}

/** `but`: a document that is no evidence, since the statements stand in it. */
function workspaceFinder(parts: WorkspaceParts, but?: vscode.Uri): FinderOf {
  return (reader) => Promise.resolve(nearInWorkspace(parts, reader, but));
}

/** As the model reads it: without front matter, unless the settings say otherwise. */
function documentFinder({ texts }: WorkspaceParts, { uri }: vscode.TextDocument): FinderOf {
  return async (reader) => {
    const now = await texts.now({ uri: uri.toString(), path: uri.path });
    return now.ok && now.text.trim() !== '' ? nearInText(uri, now, reader) : null;
  };
}

/** Null where nothing is selected. */
function selectionFinder({ document, selection }: vscode.TextEditor): FinderOf | null {
  const text = document.getText(selection);
  const read = { text, runs: [0, document.offsetAt(selection.start)], document: document.getText() };
  if (text.trim() === '') return null;
  return (reader) => Promise.resolve(nearInText(document.uri, read, reader));
}
