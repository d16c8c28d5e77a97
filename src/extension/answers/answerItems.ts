// How the rows of the view "Answers" look and read.
import * as vscode from 'vscode';
import { oneLine } from '../../core/readablePassage';
import { scoreText, scoreWords } from '../../core/scoreText';
import { safeText } from '../../core/tree/safeText';
import type { CommandId } from '../host/names';
import { isMarkdown, nameOf } from '../results/documentNames';
import { evidenceLine } from '../results/passage';
import type { Answer, AnswerGroup, AnswerPassage } from './answer';
import type { AnswerNode } from './answerNode';

/** Characters of a passage in its tooltip: more would fill the screen. */
const tooltipLength = 2000;

export function itemOf(node: AnswerNode): vscode.TreeItem {
  const item = shown(node);
  item.id = node.id;
  item.contextValue = node.row.type;
  return item;
}

function shown(node: AnswerNode): vscode.TreeItem {
  const { row } = node;
  switch (row.type) {
    case 'answer':
      return answerItem(row.answer);
    case 'group':
      return groupItem(row.group);
    case 'passage':
      return passageItem(node, row.passage);
    case 'note': {
      const item = new vscode.TreeItem(safeText(row.text));
      item.iconPath = new vscode.ThemeIcon('info');
      item.tooltip = plain(row.text);
      return item;
    }
  }
}

function answerItem({ kind, title, description }: Answer): vscode.TreeItem {
  const item = new vscode.TreeItem(safeText(title), vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon(kind === 'passages' ? 'search' : 'law');
  item.tooltip = plain(title, description);
  if (description !== undefined) item.description = safeText(description);
  return item;
}

function groupItem({ title, description, icon, isClosed, children }: AnswerGroup): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(safeText(title), children.length === 0 ? None : isClosed ? Collapsed : Expanded);
  item.tooltip = plain(title, description);
  if (icon) item.iconPath = icon;
  if (description !== undefined) item.description = safeText(description);
  return item;
}

function passageItem(node: AnswerNode, passage: AnswerPassage): vscode.TreeItem {
  const { uri, text, line, score, icon, description } = passage;
  const shownText = safeText(evidenceLine(text, { start: 0, end: text.length }, isMarkdown(uri.toString())));
  const place = `${safeText(nameOf(uri).title)}:${line}`;
  // The score comes first: what stands behind a passage is out of sight where that is longer than the side bar is wide.
  const item = new vscode.TreeItem(score === null ? shownText : `${scoreText(score)} ${shownText}`);
  item.resourceUri = uri;
  item.iconPath = icon ?? vscode.ThemeIcon.File;
  item.description = description === undefined ? place : `${safeText(description)} · ${place}`;
  item.tooltip = plain(text, score === null ? place : `${place} · ${scoreText(score)}`);
  item.accessibilityInformation = {
    label: [
      shownText,
      vscode.l10n.t('{0}, line {1}', safeText(nameOf(uri).title), line),
      ...(score === null ? [] : [vscode.l10n.t('score {0}', scoreWords(score))]),
      ...(description === undefined ? [] : [description]),
    ].join(', '),
  };
  const open: CommandId = 'glitag.openAnswer';
  item.command = { command: open, title: vscode.l10n.t('Open'), arguments: [node] };
  return item;
}

/** Nothing in it is Markdown: the text may be anybody's. Words wrap, which those of `appendText` do not. */
function plain(text: string, below?: string): vscode.MarkdownString {
  const cut = text.length > tooltipLength ? `${text.slice(0, tooltipLength)}…` : text;
  const lines = [...cut.split(/\r\n|\r|\n/u), ...(below === undefined ? [] : ['', below])];
  return new vscode.MarkdownString(lines.map(escaped).join('  \n'));
}

/** Any ASCII punctuation may be escaped (https://spec.commonmark.org/0.31.2/#backslash-escapes), so all of it is. */
function escaped(line: string): string {
  return oneLine(safeText(line, tooltipLength)).replace(/[!-/:-@[-`{-~]/gu, '\\$&');
}
