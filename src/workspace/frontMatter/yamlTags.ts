// Tags in YAML front matter: one small edit in the style that is there; everything else stays byte for byte.
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Pair, ParsedNode, YAMLMap } from 'yaml';
import type { TextEdit } from '../types';
import { changeOf, isKey, listed, refusal } from './tagChange';
import type { WriteTagsOptions } from './tagChange';
import type { TagFormat } from './tagFormat';
import { blockEdit, flowList, itemText, lineEnd, lineStart, listEdit } from './yamlList';

export const yamlTags: TagFormat = {
  edit(content, tags, options, eol) {
    const map = parseMap(content);
    const pair = map && pairOf(map, options.key);
    return pair ? changedPair(content, pair, tags, options, eol) : addedPair(content, map, options.key, tags, eol);
  },
  read(content, key) {
    const document = parsed(content);
    if (!document) return null;
    try {
      // Keys may be anything in YAML, maps in maps too, whose texts as keys of objects take minutes to make.
      const values: unknown = document.toJS({ mapAsMap: true }) ?? new Map();
      if (!(values instanceof Map)) return null;
      const names = [...values.keys()];
      const name: unknown = names.find((one) => one === key) ?? names.find((one) => isKey(one, key));
      const tags: unknown = values.get(name);
      const found = Array.isArray(tags) ? tags.map(scalarText).filter((tag) => tag !== '') : null;
      const others = [...values].filter(([one]) => one !== name);
      return {
        tags: found ?? (typeof tags === 'string' ? listed(tags) : null),
        others: JSON.stringify(others, asList),
      };
    } catch {
      // Aliases that repeat too much, or hold themselves.
      return null;
    }
  },
  place(content, key) {
    const contents = parsed(content)?.contents;
    const pair = isMap(contents) && !contents.flow ? pairOf(contents, key) : undefined;
    if (!pair) return null;
    const end = pair.value?.range[1] ?? pair.key.range[1];
    return { start: lineStart(content, pair.key.range[0]), end: lineEnd(content, end) };
  },
};

/**
 * UTF-16 units. The parser's time grows with the square of what is written in a longer one (a minute for 60,000 keys), and documents may be a
 * stranger's.
 */
const longestContent = 32_768;

/** Null where it is not valid, or too long. */
function parsed(content: string): Document.Parsed | null {
  if (content.length > longestContent) return null;
  try {
    const document = parseDocument(content, { keepSourceTokens: true });
    return document.errors.length > 0 ? null : document;
  } catch {
    // Nested too deeply.
    return null;
  }
}

function asList(_: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
}

type TagsMap = YAMLMap<ParsedNode, ParsedNode | null>;

/** The exact key before one in another case. */
function pairOf(map: TagsMap, key: string): Pair<ParsedNode, ParsedNode | null> | undefined {
  const named = (test: (name: unknown) => boolean) =>
    map.items.find((item) => isScalar(item.key) && test(item.key.value));
  return named((name) => name === key) ?? named((name) => isKey(name, key));
}

function parseMap(yaml: string): TagsMap | null {
  if (yaml.length > longestContent)
    throw refusal(`its front matter is longer than ${longestContent} characters. Shorten it.`);
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
      options.owned,
    );
    if (!change) return null;
    return value.flow ? listEdit(yaml, value, change) : blockEdit(yaml, value, change, afterColon, eol);
  }
  if (value && !isScalar(value)) throw refusal('its tags are not a list. Write them as a list.');
  if (value?.type === 'BLOCK_FOLDED' || value?.type === 'BLOCK_LITERAL') {
    throw refusal('its tags are written as a block of text. Write them as a list.');
  }
  // As it is written: `1.0` is no 1.
  const existing = listed(typeof value?.value === 'number' ? value.source : scalarText(value?.value));
  const change = changeOf(existing, tags, options.owned);
  if (!change) return null;
  const list = flowList([...existing.filter((_, index) => change.kept[index]), ...change.added].map(itemText));
  const [start, end] = value && value.range[0] < value.range[1] ? value.range : [afterColon, afterColon];
  return { start, end, newText: start === afterColon ? ` ${list}` : list };
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
