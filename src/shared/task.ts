// From a label set to what the model is asked, and the canonical strings by which results and vectors are kept.
import type { Example, Label, LabelSet } from '../core/labelSet';
import type { ClassificationTask } from './classifier';

/** Raised when the same settings begin to mean another input for the model, so that kept results become stale. */
const taskVersion = 1;

/** The same for what examples do (docs/FEWSHOT.md): tasks without any keep their results. */
export const examplesVersion = 2;

/**
 * Exactly what the model reads for a label: its full name, or `name: description` where it has one.
 *
 * The dotted name is upstream's own, so a set gives the same scores here and there. Measured with the embedded model against
 * eight other wordings over seven hierarchical label sets of 400 to 600 rows (share of rows whose best label is right; best micro
 * F1 over all thresholds), means: `topic.planning` .619 / .486, `planning (topic)` .628 / .513, `topic > planning` .628 / .498,
 * `topic: planning` .620 / .498, `planning` .601 / .516. No wording wins everywhere; the last part alone loses its sense where
 * many parents have the same children (.345 instead of .570). A gain of .01 is not worth leaving upstream's input.
 */
export function labelText(label: Label): string {
  return label.description === undefined ? label.name : `${label.name}: ${label.description}`;
}

/** What the model reads for each label, by name, in the labels' order. */
export function labelTextsOf(labels: readonly Label[]): Map<string, string> {
  return new Map(labels.map((label) => [label.name, labelText(label)]));
}

/** What the model is asked for this set. Labels of examples are given in the same words as the labels themselves. */
export function taskOf(set: LabelSet): ClassificationTask {
  const texts = labelTextsOf(set.labels);
  const inTexts = (names: readonly string[]): string[] => names.map((name) => texts.get(name) ?? name);
  return {
    labels: [...texts.values()],
    mode: set.mode,
    ...(set.prompt === undefined ? {} : { prompt: set.prompt }),
    ...(set.exampleForm === undefined ? {} : { exampleForm: set.exampleForm }),
    examples: set.examples.map(({ labels, rejected, ...rest }) => ({
      ...rest,
      labels: inTexts(labels),
      ...(rejected ? { rejected: inTexts(rejected) } : {}),
    })),
  };
}

/** Canonical string of a task, to be hashed: equal for equal tasks, different for any other. */
export function taskKey(task: ClassificationTask): string {
  const examples = task.examples.map(exampleKey);
  const version = examples.length > 0 ? [examplesVersion] : [];
  // Also without examples: decided ones may come to it, which are part of the model's hash.
  const form = task.exampleForm === undefined ? [] : [task.exampleForm];
  return JSON.stringify([
    'task',
    taskVersion,
    task.mode,
    task.labels,
    task.prompt ?? null,
    examples,
    ...version,
    ...form,
  ]);
}

/** What tells an example from others, as JSON takes it. Vectors follow from the text, so its hash stands for them. */
export function exampleKey({ text, labels, rejected, kept }: Example): readonly unknown[] {
  return [text, labels, rejected ?? null, kept?.hash ?? null];
}

/**
 * Canonical string of all that decides a document's vectors besides text and model: the prompt, which is read with the text,
 * and the chunk length in tokens (null: the model's own). Labels, mode and examples do not.
 */
export function documentKey(task: Pick<ClassificationTask, 'prompt'>, chunkTokens: number | null): string {
  return JSON.stringify(['document', taskVersion, task.prompt ?? null, chunkTokens]);
}
