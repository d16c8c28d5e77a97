// Tags in TOML front matter: at the top, or under `[taxonomies]` as Zola has them; everything else stays byte for byte.
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { TextEdit } from '../types';
import { changeOf, isKey, refusal, refuseComments } from './tagChange';
import type { TagFormat } from './tagFormat';
import { lineEnd, lineStart } from './yamlList';

/** The table of tags in the front matter of Zola; others have them at the top. */
const taxonomies = 'taxonomies';

type Values = Record<string, unknown>;

export const tomlTags: TagFormat = {
  edit(content, tags, { key, owned }, eol) {
    const top = topOf(content);
    const pair = pairOf(top, key);
    if (!pair) return tags.length === 0 ? null : addedPair(content, top, key, tags, eol);
    const { value } = pair;
    if (value.type !== 'TOMLArray') throw refusal('its tags are not a list. Write them as a list.');
    const items = value.elements.map((item) => content.slice(item.range[0], item.range[1]));
    const change = changeOf(value.elements.map(textOf), tags, owned);
    if (!change) return null;
    const list = content.slice(value.range[0], value.range[1]);
    refuseComments(list, items);
    const kept = items.filter((_, index) => change.kept[index]);
    const all = [...kept, ...change.added.map(quoted)];
    const indent = /\n([ \t]*)\S/.exec(list)?.[1];
    // A list over several lines stays one.
    const newText =
      indent === undefined || all.length === 0
        ? `[${all.join(', ')}]`
        : `[${eol}${all.map((item) => `${indent}${item},${eol}`).join('')}${/[ \t]*(?=\]$)/.exec(list)?.[0] ?? ''}]`;
    return { start: value.range[0], end: value.range[1], newText };
  },
  read(content, key) {
    try {
      const values = getStaticTOMLValue(parseTOML(content)) as Values;
      const table = tableWith(values, key);
      const name = Object.keys(table).find((one) => isKey(one, key));
      const tags = name === undefined ? undefined : table[name];
      const without = (value: Values) => Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
      const others = table === values ? without(values) : { ...values, [taxonomies]: without(table) };
      const found = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : null;
      return { tags: found, others: JSON.stringify(others) };
    } catch {
      return null;
    }
  },
  place(content, key) {
    try {
      const pair = pairOf(topOf(content), key);
      return pair && { start: lineStart(content, pair.range[0]), end: lineEnd(content, pair.range[1]) };
    } catch {
      return null;
    }
  },
};

function topOf(content: string): AST.TOMLTopLevelTable {
  try {
    return parseTOML(content).body[0];
  } catch (error) {
    // The message of the parser may hold the document's words; the line is enough. The opening fence is the first.
    const line = error instanceof Error && 'lineNumber' in error ? Number(error.lineNumber) + 1 : 1;
    throw refusal(`its front matter is not valid TOML (line ${line}). Correct it first.`);
  }
}

function pairOf(top: AST.TOMLTopLevelTable, key: string): AST.TOMLKeyValue | null {
  const inTable = taxonomiesOf(top)?.body.find((pair) => isKey(nameOf(pair.key), key));
  const atTop = top.body.find(
    (node): node is AST.TOMLKeyValue => node.type === 'TOMLKeyValue' && isKey(nameOf(node.key), key),
  );
  return atTop ?? inTable ?? null;
}

function taxonomiesOf(top: AST.TOMLTopLevelTable): AST.TOMLTable | undefined {
  return top.body.find(
    (node): node is AST.TOMLTable =>
      node.type === 'TOMLTable' && node.kind === 'standard' && nameOf(node.key) === taxonomies,
  );
}

/** Null for dotted keys. */
function nameOf({ keys }: AST.TOMLKey): string | null {
  const [only, ...more] = keys;
  if (!only || more.length > 0) return null;
  return only.type === 'TOMLBare' ? only.name : only.value;
}

/** At the end of `[taxonomies]` where there is one, else of what stands before the first table. */
function addedPair(
  content: string,
  top: AST.TOMLTopLevelTable,
  key: string,
  tags: readonly string[],
  eol: string,
): TextEdit {
  const table = taxonomiesOf(top);
  const before = table ? (table.body.at(-1) ?? table.key) : top.body.findLast(({ type }) => type === 'TOMLKeyValue');
  const at = before ? lineEnd(content, before.range[1]) : 0;
  const gap = at > 0 && !/[\r\n]$/.test(content.slice(0, at)) ? eol : '';
  const name = /^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key);
  const list = `[${[...new Set(tags)].map(quoted).join(', ')}]`;
  return { start: at, end: at, newText: `${gap}${name} = ${list}${eol}` };
}

function tableWith(values: Values, key: string): Values {
  if (Object.keys(values).some((name) => isKey(name, key))) return values;
  const table = values[taxonomies];
  return typeof table === 'object' && table !== null && !Array.isArray(table) ? (table as Values) : values;
}

function textOf(node: AST.TOMLContentNode): string | null {
  return node.type === 'TOMLValue' && node.kind === 'string' ? node.value : null;
}

/** A basic string of TOML escapes as JSON does. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
