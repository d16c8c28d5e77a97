// A classifier with a call in upstream's words: texts and labels in, predictions out.
import { nestScores } from '../core/hierarchy';
import type { NestedScores, ScoredLabel } from '../core/hierarchy';
import type { LabelsOption } from '../inference/pipeline/labelInput';
import { decideScores } from '../inference/pipeline/postprocess';
import type {
  CancelSignal,
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  KeptDocument,
  ModelDescription,
  RescoreOptions,
} from '../shared/classifier';
import { AppError } from '../shared/errors';
import { together } from './together';
import { checkOptions } from './predictOptions';
import type { PredictOptions } from './predictOptions';
import { tasksOf } from './predictTasks';
import type { TaskTexts, TextToPredict } from './predictTasks';

type Hierarchical = PredictOptions & { readonly return_hierarchical: true };
type Flat = PredictOptions & { readonly return_hierarchical?: false };

export class ZeroShotClassifier implements Classifier {
  constructor(private readonly classifier: Classifier) {}

  /**
   * As upstream's pipeline: for each text the labels that fit, in the order of the labels (`single-label`: the best one), or with
   * `return_hierarchical` the scores of all labels in the shape of the labels. One text is answered by a list of one.
   * @param labels Flat or nested; of all texts, or a list with those of each.
   * @throws AppError input-invalid, labels-cut, model-*, child-*, server-*, cancelled; a text that cannot be read ends the call.
   */
  predict(texts: string | readonly string[], labels: LabelsOption, options?: Flat): Promise<ScoredLabel[][]>;
  predict(texts: string | readonly string[], labels: LabelsOption, options: Hierarchical): Promise<NestedScores[]>;
  predict(
    texts: string | readonly string[],
    labels: LabelsOption,
    options?: PredictOptions,
  ): Promise<ScoredLabel[][] | NestedScores[]>;
  async predict(
    texts: string | readonly string[],
    labels: LabelsOption,
    options: PredictOptions = {},
  ): Promise<ScoredLabel[][] | NestedScores[]> {
    const { return_hierarchical: isNested = false, label_separator } = checkOptions(options);
    const tasks = tasksOf(checkTexts(texts), labels, options);
    await this.checkExamples(tasks, options.signal);
    const answers = await this.answers(tasks, options);
    if (isNested) return answers.map((answer) => nested(answer, label_separator));
    return answers.map(({ text, scores }) => [...decided(text, scores).predictions]);
  }

  describe(signal?: CancelSignal): Promise<ModelDescription> {
    return this.classifier.describe(signal);
  }

  prepare(): void {
    this.classifier.prepare();
  }

  classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options?: ClassifyOptions,
  ): Promise<DocumentOutcome[]> {
    return this.classifier.classify(documents, task, options);
  }

  rescore(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    options?: RescoreOptions,
  ): Promise<DocumentOutcome[]> {
    return this.classifier.rescore(documents, task, options);
  }

  dispose(): Promise<void> {
    return this.classifier.dispose();
  }

  /** What a model would drop is told. */
  private async checkExamples(tasks: readonly TaskTexts[], signal: CancelSignal | undefined): Promise<void> {
    if (tasks.every(({ task }) => task.examples.length === 0)) return;
    const { name, capabilities } = await this.classifier.describe(signal);
    if (capabilities.examples !== 'none') return;
    const why = capabilities.reasons?.examples ?? 'It does not read any.';
    throw new AppError('model-unsupported', `“examples” cannot be used with the model “${name}”. ${why}`);
  }

  /** In the texts' order. */
  private async answers(tasks: readonly TaskTexts[], { signal, max_length, onProgress }: PredictOptions) {
    const done = tasks.map(() => 0);
    const answers: Answer[] = [];
    await together(signal, tasks, async ({ task, texts }, at, ours) => {
      const outcomes = await this.classifier.classify(
        texts.map(({ index, text }) => ({ id: String(index), text })),
        task,
        {
          signal: ours,
          ...(max_length === undefined ? {} : { chunkTokens: max_length }),
          onProgress: (count) => {
            done[at] = count;
            onProgress?.(done.reduce((sum, one) => sum + one, 0));
          },
        },
      );
      for (const [place, text] of texts.entries()) answers[text.index] = answerOf(text, outcomes[place]);
    });
    return answers;
  }
}

interface Answer {
  readonly text: TextToPredict;
  /** [labels]. */
  readonly scores: Float32Array;
}

function answerOf(text: TextToPredict, outcome: DocumentOutcome | undefined): Answer {
  if (outcome?.ok) return { text, scores: outcome.scores };
  const why = outcome?.message ?? 'There is no answer.';
  throw new AppError(outcome?.code ?? 'inference-failed', `Text ${text.index + 1}: ${why}`);
}

function decided({ labels, type, threshold }: TextToPredict, scores: Float32Array) {
  const all = labels.map((label, at) => ({ label, score: scores[at] ?? 0 }));
  return decideScores(all, type, threshold);
}

function nested({ text, scores }: Answer, separator: string | undefined): NestedScores {
  const row = decided(text, scores);
  return nestScores(text.tree, row.predictions, row.scores, separator);
}

function checkTexts(texts: unknown): readonly string[] {
  const list: unknown = typeof texts === 'string' ? [texts] : texts;
  if (Array.isArray(list) && list.every((text) => typeof text === 'string')) return list;
  throw new AppError('input-invalid', 'The texts must be a string or a list of strings.');
}
