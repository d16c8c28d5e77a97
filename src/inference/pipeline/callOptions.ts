// Options of one pipeline call, spread over its texts: thresholds, types, prompts, retrieval examples.
import type { ClassificationMode } from '../../core/labelSet';
import { AppError } from '../../shared/errors';
import { classificationTypeOf } from './classificationType';
import { neutraliseMarkers } from './neutraliseMarkers';
import { retrievalText } from './retrievalText';
import type { RetrievalExample } from './retrievalText';

/** One prompt for all texts, or one per text (`null`: none for that text). */
export type PromptOption = string | readonly (string | null)[];

/** For one text a flat list, for any number a list per text. */
export type RetrievalOption = readonly RetrievalExample[] | readonly (readonly RetrievalExample[])[];

/** One threshold per text. @throws AppError input-invalid. */
export function thresholdsOf(threshold: number | readonly number[], textCount: number): number[] {
  if (typeof threshold === 'number') return Array.from({ length: textCount }, () => threshold);
  checkCount(threshold, textCount, 'thresholds');
  return [...threshold];
}

/** One type per text; `own` is the pipeline's, already normalised. @throws AppError input-invalid. */
export function typesOf(
  type: string | readonly string[] | undefined,
  own: ClassificationMode,
  textCount: number,
): ClassificationMode[] {
  if (type === undefined || typeof type === 'string') {
    const one = type === undefined ? own : classificationTypeOf(type);
    return Array.from({ length: textCount }, () => one);
  }
  checkCount(type, textCount, 'classification types');
  return type.map(classificationTypeOf);
}

/** The prompt of the text at `index`, by its place in the document list; empty for none. */
export function promptOf(prompt: PromptOption | undefined, index: number): string {
  if (prompt === undefined || typeof prompt === 'string') return prompt ?? '';
  return prompt[index] ?? '';
}

/**
 * Upstream's prompt: by position in the batch's slice of the list; past its end the slice's first. So a short list means
 * something else with another batch size (parity only).
 */
export function promptAsUpstream(
  prompt: PromptOption | undefined,
  batchStart: number,
  batchCount: number,
  index: number,
): string {
  if (prompt === undefined || typeof prompt === 'string') return prompt ?? '';
  const slice = prompt.slice(batchStart, batchStart + batchCount);
  return (index < slice.length ? slice[index] : slice[0]) ?? '';
}

/** @throws AppError input-invalid unless the option has one entry per text. */
export function checkCount(entries: readonly unknown[], textCount: number, what: string): void {
  if (entries.length !== textCount)
    throw new AppError(
      'input-invalid',
      `There are ${textCount} texts but ${entries.length} ${what}. Give one per text, or one for all.`,
    );
}

/**
 * Texts with their retrieval examples appended. Upstream zips several texts with the list and so drops texts without an
 * entry: in parity the result may be shorter. Else markers in texts and examples are neutralised.
 * @throws AppError input-invalid.
 */
export function withRetrieval(
  texts: readonly string[],
  examples: RetrievalOption | undefined,
  parity: boolean,
): string[] {
  const clean = parity ? (text: string): string => text : neutraliseMarkers;
  const augment = (text: string, own: readonly RetrievalExample[]): string =>
    retrievalText(
      clean(text),
      own.map((example) => cleanExample(example, clean)),
    );
  if (!examples || examples.length === 0) return texts.map(clean);
  const flat = !Array.isArray(examples[0]);
  const only = texts[0];
  if (flat && texts.length === 1 && only !== undefined) return [augment(only, examples as readonly RetrievalExample[])];
  if (flat || !examples.every(Array.isArray))
    throw new AppError('input-invalid', 'With several texts, give the retrieval examples as one list per text.');
  const lists = examples as readonly (readonly RetrievalExample[])[];
  if (!parity) checkCount(lists, texts.length, 'lists of retrieval examples');
  return texts.slice(0, lists.length).map((text, index) => augment(text, lists[index] ?? []));
}

function cleanExample(example: RetrievalExample, clean: (text: string) => string): RetrievalExample {
  const text: unknown = example.text;
  if (typeof text !== 'string') throw new AppError('input-invalid', 'A retrieval example has no text.');
  return { ...example, text: clean(text) };
}
