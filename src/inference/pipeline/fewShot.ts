// Few-shot examples as upstream writes them into the input, shared by all texts or given for each.
import { markers } from '../model/textSide';
import { pythonStr } from './pythonText';
import type { JsonValue } from './pythonText';

/** One example. `labels` is used where the key exists, else `trueLabels`; a list is joined, anything else printed. */
export interface PromptExample {
  readonly text?: string;
  readonly labels?: JsonValue;
  readonly trueLabels?: JsonValue;
}

/** Examples of all texts, or a list per text (`null`: none for that text). */
export type ExamplesOption = readonly (PromptExample | null)[] | readonly (readonly (PromptExample | null)[] | null)[];

/** The examples block of an input; empty without examples. One <<SEP>> ends it, however many examples there are. */
export function formatExamples(examples: readonly PromptExample[]): string {
  if (examples.length === 0) return '';
  const parts = examples.map((example) => {
    const labels = example.labels !== undefined ? example.labels : (example.trueLabels ?? []);
    const written = Array.isArray(labels) ? labels.map(labelText).join(', ') : pythonStr(labels);
    return `${markers.example}${example.text ?? ''} \nLabels:\n ${written}`;
  });
  return parts.join('') + markers.separator;
}

/** Upstream's rule: given per text if it is a non-empty list of nothing but lists and nulls. */
export function examplesArePerText(
  examples: ExamplesOption,
): examples is readonly (readonly (PromptExample | null)[] | null)[] {
  return examples.length > 0 && examples.every((entry) => entry === null || Array.isArray(entry));
}

/** The examples of the text at `index`; beyond the end of a per-text list there are none. */
export function examplesOf(examples: ExamplesOption | undefined, index: number): PromptExample[] {
  if (!examples) return [];
  const own = examplesArePerText(examples) ? (examples[index] ?? []) : examples;
  return own.filter((example) => example !== null);
}

function labelText(label: JsonValue): string {
  if (typeof label === 'string') return label;
  throw new TypeError('The labels of an example must be strings.');
}
