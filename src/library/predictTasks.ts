// From the arguments of a call to what the model is asked: each text with its labels and rules, texts of one task together.
import type { LabelTree } from '../core/flattenLabels';
import { defaultSeparator } from '../core/flattenLabels';
import type { ClassificationMode, Example } from '../core/labelSet';
import { checkCount, promptOf, thresholdsOf, typesOf } from '../inference/pipeline/callOptions';
import { examplesArePerText } from '../inference/pipeline/fewShot';
import { checkLabels, resolveLabels } from '../inference/pipeline/labelInput';
import type { LabelsOption } from '../inference/pipeline/labelInput';
import type { ClassificationTask } from '../shared/classifier';
import type { PredictOptions, PromptExample } from './predictOptions';

/** One text of a call, and how its scores become predictions. */
export interface TextToPredict {
  /** Position among the call's texts. */
  readonly index: number;
  readonly text: string;
  /** The labels as they were given. */
  readonly tree: LabelTree;
  readonly labels: readonly string[];
  readonly type: ClassificationMode;
  readonly threshold: number;
}

export interface TaskTexts {
  readonly task: ClassificationTask;
  readonly texts: TextToPredict[];
}

/** Texts that are asked the same share a task. @throws AppError input-invalid. */
export function tasksOf(texts: readonly string[], labels: LabelsOption, options: PredictOptions): TaskTexts[] {
  const { threshold = 0.5, classification_type, multi_label, prompt, examples = [] } = options;
  const resolved = resolveLabels(labels, options.label_separator ?? defaultSeparator);
  checkLabels(resolved, texts.length);
  const thresholds = thresholdsOf(threshold, texts.length);
  const types = typesOf(classification_type, multi_label === false ? 'single-label' : 'multi-label', texts.length);
  if (prompt !== undefined && typeof prompt !== 'string') checkCount(prompt, texts.length, 'prompts');
  const perText = isPerText(examples);
  if (perText) checkCount(examples, texts.length, 'lists of examples');

  const tasks = new Map<string, TaskTexts>();
  for (const [index, text] of texts.entries()) {
    const own = resolved.perText ? index : 0;
    const ownLabels = resolved.lists[own] ?? [];
    const [type, ownPrompt] = [types[index] ?? 'multi-label', promptOf(prompt, index)];
    const ownExamples = perText ? (examples[index] ?? []) : examples;
    const key = JSON.stringify([resolved.perText ? ownLabels : 0, type, ownPrompt, perText ? ownExamples : 0]);
    const known = tasks.get(key) ?? { task: taskOf(ownLabels, type, ownPrompt, ownExamples), texts: [] };
    known.texts.push({
      ...{ index, text, type },
      tree: resolved.trees[own] ?? ownLabels,
      labels: ownLabels,
      threshold: thresholds[index] ?? 0.5,
    });
    tasks.set(key, known);
  }
  return [...tasks.values()];
}

function isPerText(
  examples: NonNullable<PredictOptions['examples']>,
): examples is readonly (readonly PromptExample[] | null)[] {
  return examplesArePerText(examples);
}

function taskOf(
  labels: readonly string[],
  mode: ClassificationMode,
  prompt: string,
  examples: readonly PromptExample[],
): ClassificationTask {
  return {
    labels,
    mode,
    ...(prompt === '' ? {} : { prompt }),
    examples: examples.map((one): Example => ({ text: one.text, labels: listOf(one.labels ?? one.true_labels ?? []) })),
  };
}

function listOf(labels: string | readonly string[]): readonly string[] {
  return typeof labels === 'string' ? [labels] : labels;
}
