// What the user sees before a tool runs: what it is about to do, and a question where that takes long.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { longTextLength } from '../../agents/limits';
import type { ToolName } from '../../agents/toolNames';
import type { ToolInput } from './agentTools';
import { openFolders, type WindowSourceParts } from './windowSource';

/** Longer texts of a search or a question are cut in the line that says what is done. */
const maxShown = 80;

export async function prepareTool(
  name: ToolName,
  input: ToolInput,
  parts: Pick<WindowSourceParts, 'labelSets' | 'models'>,
): Promise<vscode.PreparedToolInvocation> {
  const length = name === 'glitag_classify' ? await lengthOf(input) : 0;
  return {
    invocationMessage: messageOf(name, input),
    ...(length > longTextLength
      ? {
          confirmationMessages: {
            title: vscode.l10n.t('Classify a long text?'),
            message: longText(wholeNumber(length), serverFor(input, parts)),
          },
        }
      : {}),
  };
}

function longText(length: string, server: string | null): string {
  return server === null
    ? vscode.l10n.t(
        'The text has about {0} characters: the model on this machine is busy with it for a while. Nothing is sent or changed.',
        length,
      )
    : vscode.l10n.t('The text has about {0} characters. It is sent to {1}. Nothing is changed.', length, server);
}

/** Where the model of the call runs; null where that is this machine, or the call itself tells what is wrong with it. */
function serverFor(
  { labelSet, labels }: ToolInput,
  { labelSets, models }: Pick<WindowSourceParts, 'labelSets' | 'models'>,
): string | null {
  const { sets, active } = labelSets.read();
  const set = labelSet === undefined ? active : sets.find(({ name }) => name === labelSet);
  return models.serverOf(labels === undefined ? set?.model : undefined);
}

function messageOf(name: ToolName, { text, path, search, query }: ToolInput): string {
  switch (name) {
    case 'glitag_classify':
      return typeof path === 'string' && text === undefined
        ? vscode.l10n.t('Classifying {0}', shown(path))
        : vscode.l10n.t('Classifying a text');
    case 'glitag_find_by_tag':
      return vscode.l10n.t('Finding documents by tag: {0}', shown(search));
    case 'glitag_find_passages':
      return vscode.l10n.t('Finding passages: {0}', shown(query));
    case 'glitag_label_sets':
      return vscode.l10n.t('Reading the label sets');
  }
}

/** One line of what a model wrote. */
function shown(value: unknown): string {
  const line = typeof value === 'string' ? value.replace(/\s+/gu, ' ') : '';
  return line.length <= maxShown ? line : `${line.slice(0, maxShown)}…`;
}

/** Characters of the text, at most; 0 where there is none, which the call itself tells. */
async function lengthOf({ text, path }: ToolInput): Promise<number> {
  if (typeof text === 'string') return text.length;
  if (typeof path !== 'string') return 0;
  try {
    const { size } = await vscode.workspace.fs.stat(vscode.Uri.file(await openFolders().resolve(path)));
    return size;
  } catch {
    return 0;
  }
}
