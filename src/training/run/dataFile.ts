// Writes rows as upstream reads them, with the labels in the words that the model reads.
import fs from 'node:fs';
import type { TrainingRow } from '../../core/trainingData';

/** JSON Lines. `labelTexts`: what the model reads for a label; labels that are not there are read as they are called. */
export function writeDataFile(
  file: string,
  rows: readonly TrainingRow[],
  labelTexts: ReadonlyMap<string, string>,
): void {
  const textOf = (name: string): string => labelTexts.get(name) ?? name;
  const lines = rows.map(({ text, allLabels, trueLabels, weights, prompt, examples }) =>
    JSON.stringify({
      text,
      all_labels: (allLabels ?? [...labelTexts.keys()]).map(textOf),
      true_labels: weights
        ? Object.fromEntries(Array.from(weights, ([name, weight]) => [textOf(name), weight]))
        : trueLabels.map(textOf),
      ...(prompt === undefined ? {} : { prompt }),
      ...(examples.length > 0
        ? { examples: examples.map(({ text: example, labels }) => ({ text: example, labels: labels.map(textOf) })) }
        : {}),
    }),
  );
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
}
