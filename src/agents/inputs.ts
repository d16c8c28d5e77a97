// What the tools take. The JSON schemas of the manifest and of the server are made of these, so descriptions are for models.
import * as v from 'valibot';
import { maxLabels, maxNameLength, maxPathLength, maxQueryLength, maxResults, maxTextLength } from './limits';

const words = (most: number, description: string) =>
  v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.description(description)));

const limit = (description: string) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxResults), v.description(description)));

const labelSet = words(maxNameLength, 'Name of a label set, as glitag_label_sets lists them. Default: the one in use.');
const place = words(maxPathLength, 'Only documents in this folder, or this one file.');

/** The language of core/query/parseQuery, in words for a model. */
const searchWords =
  'Labels or words with and, or, not, quotation marks and parentheses. A word matches labels, paths and tags that authors wrote. ' +
  '@label:NAME only labels, @path:TEXT only paths, @score:.8 only tags of this score or more, @none documents without a tag.';

export const classifyInput = v.strictObject({
  text: words(maxTextLength, 'The text to classify. Give either text or path.'),
  path: words(maxPathLength, 'Path of the document to classify, in place of text.'),
  labelSet,
  labels: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(maxNameLength))),
      v.minLength(1),
      v.maxLength(maxLabels),
      v.description('Labels of your own in place of a label set: short names or phrases, such as "bug report".'),
    ),
  ),
});

export const findByTagInput = v.strictObject({
  search: v.pipe(v.string(), v.minLength(1), v.maxLength(maxQueryLength), v.description(searchWords)),
  path: place,
  labelSet,
  limit: limit('Most documents to return. Default: 10.'),
});

export const findPassagesInput = v.strictObject({
  query: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(maxQueryLength),
    v.description('What to look for: a question, a phrase or a sentence.'),
  ),
  search: words(maxQueryLength, `Only documents that match this search. ${searchWords}`),
  path: place,
  limit: limit('Most passages to return. Default: 10.'),
});

export const labelSetsInput = v.strictObject({});
