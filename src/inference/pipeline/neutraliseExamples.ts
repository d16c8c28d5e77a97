// Few-shot examples without marker texts in them (see neutraliseMarkers).
import type { ExamplesOption, PromptExample } from './fewShot';
import { neutraliseMarkers } from './neutraliseMarkers';
import type { JsonValue } from './pythonText';

/** The same examples, shared or per text, with every marker in texts and labels neutralised. */
export function neutraliseExamples(examples: ExamplesOption | undefined): ExamplesOption | undefined {
  if (!examples) return undefined;
  const entries: readonly (PromptExample | null | readonly (PromptExample | null)[])[] = examples;
  // The shape is kept: what is given per text stays given per text.
  return entries.map((entry) => (isList(entry) ? entry.map(clean) : clean(entry))) as ExamplesOption;
}

function isList(entry: unknown): entry is readonly (PromptExample | null)[] {
  return Array.isArray(entry);
}

function clean(example: PromptExample | null): PromptExample | null {
  if (example === null) return null;
  return {
    ...(example.text === undefined ? {} : { text: neutraliseMarkers(example.text) }),
    ...(example.labels === undefined ? {} : { labels: cleanValue(example.labels) }),
    ...(example.trueLabels === undefined ? {} : { trueLabels: cleanValue(example.trueLabels) }),
  };
}

function cleanValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return neutraliseMarkers(value);
  return Array.isArray(value) ? value.map((item: JsonValue) => cleanValue(item)) : value;
}
