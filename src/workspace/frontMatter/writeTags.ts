// Writes tags into the YAML front matter of a Markdown text as one small edit. Everything but the tags stays byte for byte.
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Pair, ParsedNode, YAMLMap } from 'yaml';
import { AppError } from '../../shared/errors';
import type { TextEdit } from '../types';
import { findFrontMatter, lineEnding, textStart } from './findFrontMatter';
import { blockEdit, flowList, itemText, listEdit } from './tagList';
import type { TagChange } from './tagList';

export interface WriteTagsOptions {
  /** The key that holds the tags. Default `tags`. */
  readonly key?: string;
  /**
   * Tags that are ours to take away: all labels of the set. A tag in the document that is in here and not in `tags` goes; others
   * are the user's own and stay. Default: nothing is taken away.
   */
  readonly owned?: readonly string[];
}

/**
 * The edit that makes `tags` part of the front matter, or null where they are there already. Tags in the document keep their
 * place, style and comments; new ones come after them. Throws AppError `input-invalid` for front matter that is not closed, is no
 * valid YAML, or holds the tags in a form that is not a list.
 */
export function writeTags(text: string, tags: readonly string[], options: WriteTagsOptions = {}): TextEdit | null {
  const key = options.key ?? 'tags';
  const eol = lineEnding(text);
  const place = findFrontMatter(text);
  if (!place) return tags.length === 0 ? null : newFrontMatter(text, key, [...new Set(tags)], eol);
  const yaml = text.slice(place.start, place.end);
  const map = parseMap(yaml);
  const pair = map?.items.find((item) => isScalar(item.key) && item.key.value === key);
  const edit = pair ? changedPair(yaml, pair, tags, options, eol) : addedPair(yaml, map, key, tags, eol);
  if (!edit) return null;
  verify(yaml, edit, key, tags);
  return { start: place.start + edit.start, end: place.start + edit.end, newText: edit.newText };
}

type TagsMap = YAMLMap<ParsedNode, ParsedNode | null>;

function parseMap(yaml: string): TagsMap | null {
  const document = parseDocument(yaml, { keepSourceTokens: true, prettyErrors: true });
  const [error] = document.errors;
  if (error) {
    // The line in the text: the opening fence is the first.
    const line = (error.linePos?.[0].line ?? 1) + 1;
    const what = error.code.toLowerCase().replaceAll('_', ' ');
    throw refusal(`its front matter is not valid YAML (line ${line}: ${what}). Correct it first.`);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null && contents.source === '')) return null;
  if (!isMap(contents) || contents.flow) throw refusal('its front matter is not a list of “key: value” lines.');
  return contents;
}

function newFrontMatter(text: string, key: string, tags: readonly string[], eol: string): TextEdit {
  const start = textStart(text);
  const lines = ['---', `${key}:`, ...tags.map((tag) => `  - ${itemText(tag)}`), '---', ''];
  const rest = text.slice(start);
  const gap = rest === '' || /^[\r\n]/.test(rest) ? '' : eol;
  return { start, end: start, newText: lines.join(eol) + gap };
}

/** A new key goes last, right before the closing fence, indented as the others are. */
function addedPair(
  yaml: string,
  map: TagsMap | null,
  key: string,
  tags: readonly string[],
  eol: string,
): TextEdit | null {
  if (tags.length === 0) return null;
  const firstKey = map?.items[0]?.key.range[0] ?? 0;
  const lineStart = Math.max(yaml.lastIndexOf('\n', firstKey - 1), yaml.lastIndexOf('\r', firstKey - 1)) + 1;
  const before = map ? yaml.slice(lineStart, firstKey) : '';
  const indent = /^ *$/.test(before) ? before : '';
  const lines = [`${indent}${key}:`, ...[...new Set(tags)].map((tag) => `${indent}  - ${itemText(tag)}`), ''];
  return { start: yaml.length, end: yaml.length, newText: lines.join(eol) };
}

function changedPair(
  yaml: string,
  pair: Pair<ParsedNode, ParsedNode | null>,
  tags: readonly string[],
  options: WriteTagsOptions,
  eol: string,
): TextEdit | null {
  const { value } = pair;
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  if (!colon) throw refusal('its tags are written in a form that cannot be changed safely. Write them as a list.');
  const afterColon = colon.offset + 1;
  if (value && (isAlias(value) || value.anchor !== undefined || value.tag !== undefined)) {
    throw refusal('its tags use a YAML anchor, alias or type. Write them as a plain list.');
  }
  if (value && isSeq(value)) {
    const change = changeOf(
      value.items.map((item) => (isScalar(item) ? scalarText(item.value) : null)),
      tags,
      options,
    );
    if (!change) return null;
    return value.flow ? listEdit(yaml, value, change) : blockEdit(yaml, value, change, afterColon, eol);
  }
  if (value && !isScalar(value)) throw refusal('its tags are not a list. Write them as a list.');
  if (value?.type === 'BLOCK_FOLDED' || value?.type === 'BLOCK_LITERAL') {
    throw refusal('its tags are written as a block of text. Write them as a list.');
  }
  // `tags: a, b` is a list too, as Jekyll and Obsidian read it.
  const existing = scalarText(value?.value)
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const change = changeOf(existing, tags, options);
  if (!change) return null;
  const list = flowList([...existing.filter((_, index) => change.kept[index]), ...change.added].map(itemText));
  const [start, end] = value && value.range[0] < value.range[1] ? value.range : [afterColon, afterColon];
  return { start, end, newText: start === afterColon ? ` ${list}` : list };
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function changeOf(
  existing: readonly (string | null)[],
  tags: readonly string[],
  options: WriteTagsOptions,
): TagChange | null {
  const owned = new Set(options.owned);
  const kept = existing.map((tag) => tag === null || !owned.has(tag) || tags.includes(tag));
  const added = [...new Set(tags)].filter((tag) => !existing.includes(tag));
  return added.length === 0 && kept.every(Boolean) ? null : { kept, added };
}

/** Reads the result back: a user's file is no place to find out that YAML has one more trick. */
function verify(yaml: string, edit: TextEdit, key: string, tags: readonly string[]): void {
  const before = keysOf(yaml, key);
  const after = keysOf(yaml.slice(0, edit.start) + edit.newText + yaml.slice(edit.end), key);
  const complete = tags.every((tag) => Array.isArray(after?.tags) && after.tags.map(scalarText).includes(tag));
  if (before && before.others === after?.others && complete) return;
  throw refusal('its tags cannot be changed without changing other keys. Write them as a plain list.');
}

/** The value of the key, and everything else as one string; null where the YAML is none. */
function keysOf(yaml: string, key: string): { readonly tags: unknown; readonly others: string } | null {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) return null;
  const { [key]: tags, ...others } = (document.toJS() ?? {}) as Record<string, unknown>;
  return { tags, others: JSON.stringify(others) };
}

function refusal(why: string): AppError {
  return new AppError('input-invalid', `The tags cannot be written into this document: ${why}`);
}
