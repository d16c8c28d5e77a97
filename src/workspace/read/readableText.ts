// What of a file's text the model reads: all of it, but for the front matter of Markdown, which is metadata.
import type { Excerpt } from '../../core/excerpt';
import { isMarkdownName } from '../../core/markdownLines';
import { withoutFrontMatter } from '../frontMatter/readFrontMatter';
import type { FrontMatterOptions, ReadOptions } from '../types';

export const defaultFrontMatter: FrontMatterOptions = { key: 'tags', read: false };

export type ReadableText = Pick<Excerpt, 'text' | 'runs' | 'given'>;

type HowToRead = Pick<ReadOptions, 'frontMatter'>;

/** Names how a file is read, to be kept with its text: read otherwise, the same file has another text. Empty: as it is. */
export function readingOf(uri: string, { frontMatter = defaultFrontMatter }: HowToRead): string {
  return isMarkdownName(uri) ? `front matter: ${frontMatter.read ? 'read' : 'left out'}, ${frontMatter.key}` : '';
}

export function readableText(uri: string, text: string, { frontMatter = defaultFrontMatter }: HowToRead): ReadableText {
  return isMarkdownName(uri) ? withoutFrontMatter(text, frontMatter) : { text, runs: [], given: [] };
}
