// Changes a YAML list of tags in its own style: entries that stay keep their text, new ones are added at the end.
import { stringify } from 'yaml';
import type { ParsedNode, YAMLSeq } from 'yaml';
import type { TextEdit } from '../types';
import { refusal, refuseComments } from './tagChange';
import type { TagChange } from './tagChange';

type TagSeq = YAMLSeq.Parsed;

/** A tag as YAML, quoted where a reader of YAML 1.1 or 1.2 would otherwise take it for something else (`no`, `1.0`, `a: b`). */
export function itemText(tag: string): string {
  const [newer, older] = (['1.2', '1.1'] as const).map((version) =>
    stringify([tag], { version, collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim(),
  );
  return newer === tag ? (older ?? tag) : (newer ?? tag);
}

export function flowList(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/** `[a, b]`: rewritten with the entries' own texts. */
export function listEdit(yaml: string, list: TagSeq, change: TagChange): TextEdit {
  const items = list.items.map(({ range }) => yaml.slice(range[0], range[1]));
  refuseComments(yaml.slice(list.range[0], list.range[1]), items);
  const kept = items.filter((_, index) => change.kept[index]);
  return { start: list.range[0], end: list.range[1], newText: flowList([...kept, ...change.added.map(itemText)]) };
}

/** `- a` lines: lines of entries that go are taken out with their comments, new lines are put after the last entry. */
export function blockEdit(yaml: string, list: TagSeq, change: TagChange, afterColon: number, eol: string): TextEdit {
  const start = lineStart(yaml, list.range[0]);
  // `: - a` behind a `? key` line: what its lines hold is more than entries.
  if (start < afterColon)
    throw refusal('its tags are written in a form that cannot be changed safely. Write them as a list.');
  const indent = yaml.slice(start, list.range[0]);
  const starts = list.items.map((item, index) => (index === 0 ? start : dashLine(yaml, list, index, item)));
  const end = lineEnd(yaml, Math.max(list.range[0], list.items.at(-1)?.range[1] ?? 0));
  const lines = starts.filter((_, index) => change.kept[index]).length;
  const kept = starts
    .map((from, index) => (change.kept[index] ? yaml.slice(from, starts[index + 1] ?? end) : ''))
    .join('');
  const added = change.added.map((tag) => `${indent}- ${itemText(tag)}${eol}`).join('');
  if (lines + change.added.length > 0) return { start, end, newText: kept + added };
  return { start: afterColon, end, newText: ` []${yaml.slice(afterColon, start)}` };
}

/** Start of the line on which the entry's dash is; comments above it belong to the entry before. */
function dashLine(yaml: string, list: TagSeq, index: number, item: ParsedNode): number {
  const token = list.srcToken && 'items' in list.srcToken ? list.srcToken.items[index] : undefined;
  const dash = token?.start.find(({ type }) => type === 'seq-item-ind');
  return lineStart(yaml, dash?.offset ?? item.range[0]);
}

export function lineStart(yaml: string, offset: number): number {
  return Math.max(yaml.lastIndexOf('\n', offset - 1), yaml.lastIndexOf('\r', offset - 1)) + 1;
}

/** Where the line after the offset's begins. */
export function lineEnd(yaml: string, offset: number): number {
  const ending = /\r\n|\n|\r/g;
  // A value's range may end behind its line ending already.
  ending.lastIndex = offset > 0 && /[\r\n]/.test(yaml.charAt(offset - 1)) ? offset - 1 : offset;
  const match = ending.exec(yaml);
  return match ? match.index + match[0].length : yaml.length;
}
