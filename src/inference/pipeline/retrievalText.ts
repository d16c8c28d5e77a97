// Retrieval-augmented text (upstream's legacy `rac_examples`): labelled neighbours are appended to the text itself.

export interface RetrievalExample {
  readonly text: string;
  readonly trueLabels?: readonly string[];
  readonly allLabels?: readonly string[];
}

/**
 * The text with its retrieved examples after it; unchanged where no example has a true label. Upstream takes the false
 * labels from a Python set, whose order differs between processes; here they keep the order of `allLabels`.
 */
export function retrievalText(text: string, examples: readonly RetrievalExample[]): string {
  const kept = examples.filter((example) => (example.trueLabels ?? []).length > 0);
  if (kept.length === 0) return text;
  return `${text} ${kept.map(formatRetrieved).join(' ')}`;
}

function formatRetrieved(example: RetrievalExample): string {
  const trueLabels = example.trueLabels ?? [];
  const falseLabels = [...new Set(example.allLabels ?? [])].filter((label) => !trueLabels.includes(label));
  const marked = (marker: string, labels: readonly string[]): string =>
    labels.map((label) => `<<${marker}>> ${label}`).join(' ');
  // An empty list of false labels leaves two spaces, as upstream does.
  return `<<EXAMPLE>> ${example.text} ${marked('TRUE_LABEL', trueLabels)} ${marked('FALSE_LABEL', falseLabels)} <</EXAMPLE>>`;
}
