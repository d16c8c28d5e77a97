// A file's text into its parts, as a rule says.
import type { Excerpt } from '../../core/excerpt';
import { Breather } from '../flow/breather';
import { readableText } from '../read/readableText';
import type { ReadOptions } from '../types';
import { csvRows } from './csvRows';
import { jsonObjects } from './jsonObjects';
import { markdownSections } from './markdownSections';
import type { Parts } from './parts';
import type { SplitRule } from './splitRule';

/** In slices of the event loop. Throws SplitRefusal where the rule does not fit the text. Parts without text are left out. */
export async function splitText(
  uri: string,
  text: string,
  rule: SplitRule,
  options: Pick<ReadOptions, 'frontMatter'>,
): Promise<Excerpt[]> {
  const parts: Excerpt[] = [];
  const breather = new Breather();
  for await (const part of partsOf(uri, text, rule, options)) {
    parts.push(part);
    if (breather.due) await breather.pause();
  }
  return parts;
}

function partsOf(
  uri: string,
  text: string,
  { kind, field }: SplitRule,
  options: Pick<ReadOptions, 'frontMatter'>,
): Parts {
  switch (kind) {
    case 'csv':
      return csvRows(text, field, null);
    case 'tsv':
      return csvRows(text, field, '\t');
    case 'jsonl':
      return jsonObjects(text, { documents: 'lines', field, word: 'line' });
    case 'json':
      return jsonObjects(text, { documents: 'array', field, word: 'item' });
    case 'markdown':
      return markdownSections(readableText(uri, text, options));
    case 'notebook':
      return jsonObjects(text, { documents: 'array', field: 'source', within: 'cells', word: 'cell' });
  }
}
