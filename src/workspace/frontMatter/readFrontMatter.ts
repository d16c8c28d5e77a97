// Front matter as a reader of documents sees it: metadata, with tags that the author gave; what of it the model reads is a setting.
import { ExcerptBuilder, type Excerpt } from '../../core/excerpt';
import type { FrontMatterOptions } from '../types';
import { findFrontMatter, textStart, type FrontMatter } from './findFrontMatter';
import { tagFormats } from './writeTags';

/**
 * A Markdown document without its front matter, or without the tags in it; without empty lines at the beginning, too, so that
 * tags that are written into a document leave its text what it was. Never throws: what is no front matter is text.
 */
export function withoutFrontMatter(
  text: string,
  options: FrontMatterOptions,
): Pick<Excerpt, 'text' | 'runs' | 'given'> {
  const place = frontMatterOf(text);
  const content = text.slice(place?.start ?? 0, place?.end ?? 0);
  const format = place && tagFormats[place.format];
  const given = format?.read(content, options.key)?.tags ?? [];
  const builder = new ExcerptBuilder();
  const tags = format?.place(content, options.key) ?? { start: 0, end: 0 };
  const rest = content.slice(0, tags.start) + content.slice(tags.end);
  const body = place?.bodyStart ?? 0;
  if (place && options.read && /[^\s{}]/.test(rest)) {
    builder.add(text.slice(0, place.start + tags.start), 0);
    builder.add(text.slice(place.start + tags.end, body), place.start + tags.end);
    builder.add(text.slice(body), body);
  } else {
    const blank = /^(?:[ \t]*[\r\n])*/.exec(text.slice(body))?.[0].length ?? 0;
    builder.add(text.slice(body + blank), body + blank);
  }
  return builder.text === text ? { text, runs: [], given } : { text: builder.text, runs: builder.runs, given };
}

/** A line across the page at the top of a document is no front matter: something must look like a key. */
function frontMatterOf(text: string): FrontMatter | null {
  let place: FrontMatter | null;
  try {
    place = findFrontMatter(text);
  } catch {
    return null;
  }
  if (place?.format !== 'yaml') return place;
  const content = text.slice(textStart(text), place.end);
  return /^[ \t]*["']?[^\s#"':][^\n\r:]*:(?:[ \t]|$)/m.test(content) || place.start === place.end ? place : null;
}
