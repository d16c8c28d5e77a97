// Writes tags into the front matter of a Markdown text as one small edit, in the language that is there. All else stays byte for byte.
import type { TextEdit } from '../types';
import { findFrontMatter, lineEnding, textStart } from './findFrontMatter';
import type { FrontMatter } from './findFrontMatter';
import { jsonTags } from './jsonTags';
import { folded, refusal } from './tagChange';
import type { WriteTagsOptions } from './tagChange';
import type { TagFormat } from './tagFormat';
import { tomlTags } from './tomlTags';
import { itemText } from './yamlList';
import { yamlTags } from './yamlTags';

export const tagFormats: Readonly<Record<FrontMatter['format'], TagFormat>> = {
  yaml: yamlTags,
  toml: tomlTags,
  json: jsonTags,
};

/**
 * The edit that makes `tags` part of the front matter, or null where they are there already. Tags in the document keep their
 * place, style and comments; new ones come after them. Where there is no front matter, YAML is made. Throws AppError
 * `input-invalid` for front matter that is not closed, is not valid, or holds the tags in a form that is not a list.
 */
export function writeTags(text: string, tags: readonly string[], options: WriteTagsOptions = {}): TextEdit | null {
  const key = options.key ?? 'tags';
  const eol = lineEnding(text);
  const place = findFrontMatter(text);
  if (!place) return tags.length === 0 ? null : newFrontMatter(text, key, [...new Set(tags)], eol);
  const format = tagFormats[place.format];
  const content = text.slice(place.start, place.end);
  const edit = format.edit(content, tags, { ...options, key }, eol);
  if (!edit) return null;
  const inText = { start: place.start + edit.start, end: place.start + edit.end, newText: edit.newText };
  verify(text, place, inText, key, tags);
  return inText;
}

function newFrontMatter(text: string, key: string, tags: readonly string[], eol: string): TextEdit {
  const start = textStart(text);
  const lines = ['---', `${itemText(key)}:`, ...tags.map((tag) => `  - ${itemText(tag)}`), '---', ''];
  const rest = text.slice(start);
  const gap = rest === '' || /^[\r\n]/.test(rest) ? '' : eol;
  return { start, end: start, newText: lines.join(eol) + gap };
}

/** Reads the result back: a user's file is no place to find out that a language has one more trick. */
function verify(text: string, place: FrontMatter, edit: TextEdit, key: string, tags: readonly string[]): void {
  const result = text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
  const format = tagFormats[place.format];
  const written = findFrontMatter(result);
  const before = format.read(text.slice(place.start, place.end), key);
  const after = written && format.read(result.slice(written.start, written.end), key);
  const there = new Set(after?.tags?.map(folded));
  const keepsText = written && result.slice(written.bodyStart) === text.slice(place.bodyStart);
  if (keepsText && before && before.others === after?.others && tags.every((tag) => there.has(folded(tag)))) return;
  throw refusal('its tags cannot be changed without changing other keys. Write them as a plain list.');
}
