// Upstream's ZeroShotClassificationPipeline: texts and labels in, predictions out, for every architecture.
import type { NestedScores } from '../../core/hierarchy';
import { nestScores } from '../../core/hierarchy';
import type { ClassificationMode } from '../../core/labelSet';
import { AppError } from '../../shared/errors';
import { checkCount, promptAsUpstream, promptOf, thresholdsOf, typesOf, withRetrieval } from './callOptions';
import type { PromptOption, RetrievalOption } from './callOptions';
import { classificationTypeOf, constructorTypeAsUpstream } from './classificationType';
import type { EncodedRow } from './encodeRow';
import { examplesOf, formatExamples } from './fewShot';
import type { ExamplesOption } from './fewShot';
import { checkLabels, refuseMarker, resolveLabels } from './labelInput';
import type { LabelsOption, ResolvedLabels } from './labelInput';
import { neutraliseExamples } from './neutraliseExamples';
import { PassRunner, checkPositive } from './passRunner';
import type { PipelineSettings, RowLogits } from './passRunner';
import { slicePasses } from './passGroups';
import { decideRow } from './postprocess';
import type { Prediction, RowResult } from './postprocess';
import type { BatchModel } from './runBatch';

/** Call options, under upstream's names. */
export interface ZeroShotOptions {
  /** Multi-label: lowest score that counts, for all texts or one per text; 0.5 by default. */
  readonly threshold?: number | readonly number[];
  /** Most texts of one forward pass; 8 by default. */
  readonly batchSize?: number;
  /** Overrides the pipeline's, for all texts or one per text. */
  readonly classificationType?: string | readonly string[];
  readonly racExamples?: RetrievalOption;
  readonly examples?: ExamplesOption;
  readonly prompt?: PromptOption;
  /** Parity only: checked for its length and ignored, as a plain encoder does. Else refused: adapters are merged before export. */
  readonly adapterIds?: string | readonly string[];
}

interface Call {
  readonly texts: readonly string[];
  readonly labels: ResolvedLabels;
  readonly options: ZeroShotOptions;
  readonly examples: ExamplesOption | undefined;
  readonly batchSize: number;
  readonly types: readonly ClassificationMode[];
  readonly thresholds: readonly number[];
}

export class ZeroShotClassificationPipeline {
  private readonly runner: PassRunner;
  private readonly type: ClassificationMode;
  private readonly separator: string;

  /** @throws AppError input-invalid for an unknown classification type (not in parity mode: there it means multi-label). */
  constructor(model: BatchModel, settings: PipelineSettings = {}) {
    this.runner = new PassRunner(model, settings);
    const type = settings.classificationType ?? 'multi-label';
    this.type = this.runner.parity ? constructorTypeAsUpstream(type) : classificationTypeOf(type);
    this.separator = settings.labelSeparator ?? '.';
  }

  /**
   * Predictions of each text.
   * @throws AppError input-invalid, labels-cut, inference-failed, out-of-memory.
   */
  async classify(
    texts: string | readonly string[],
    labels: LabelsOption,
    options: ZeroShotOptions = {},
  ): Promise<Prediction[][]> {
    const { results } = await this.run(texts, labels, options);
    return results.map(({ predictions }) => [...predictions]);
  }

  /** Scores of all labels of each text, in the shape of the labels given (upstream: `return_hierarchical`). */
  async classifyHierarchical(
    texts: string | readonly string[],
    labels: LabelsOption,
    options: ZeroShotOptions = {},
  ): Promise<NestedScores[]> {
    const { results, resolved } = await this.run(texts, labels, options);
    return results.map(({ predictions, scores }, index) =>
      nestScores(entryOf(resolved.trees, resolved, index), predictions, scores, this.separator),
    );
  }

  private async run(
    given: string | readonly string[],
    labels: LabelsOption,
    options: ZeroShotOptions,
  ): Promise<{ results: RowResult[]; resolved: ResolvedLabels }> {
    const originals = typeof given === 'string' ? [given] : given;
    const thresholds = thresholdsOf(options.threshold ?? 0.5, originals.length);
    const types = typesOf(options.classificationType, this.type, originals.length);
    this.checkAdapters(options.adapterIds, originals.length);
    const texts = withRetrieval(originals, options.racExamples, this.runner.parity);
    const resolved = resolveLabels(labels, this.separator);
    const batchSize = checkPositive(options.batchSize ?? 8, 'batchSize');
    const examples = this.runner.parity ? options.examples : neutraliseExamples(options.examples);
    const call: Call = { texts, labels: resolved, options, examples, batchSize, types, thresholds };
    if (this.runner.parity) return { results: await this.runAsUpstream(call), resolved };
    checkLabels(resolved, texts.length);
    checkPrompt(options.prompt, texts.length);
    const rows = texts.map((text, index) =>
      this.runner.row({
        text,
        labels: entryOf(resolved.lists, resolved, index),
        prompt: promptOf(options.prompt, index),
        examples: formatExamples(examplesOf(examples, index)),
      }),
    );
    const logits = await this.runner.runIndependently(rows, batchSize);
    return { results: logits.map((row, index) => decide(call, row, index)), resolved };
  }

  /** Slices in input order, padded together, with upstream's failures in upstream's places. */
  private async runAsUpstream(call: Call): Promise<RowResult[]> {
    const { texts, labels, batchSize } = call;
    const { architectureType } = this.runner.model.folder.config;
    const bi = architectureType.startsWith('bi-encoder');
    const results: RowResult[] = [];
    for (const pass of slicePasses(texts.length, batchSize)) {
      const first = pass[0] ?? 0;
      const rows: EncodedRow[] = [];
      for (const [place, index] of pass.entries()) {
        const own = labels.perText ? labels.lists[index] : labels.lists[0];
        // Most pipelines zip texts with labels, and only miss the text when they read its logits.
        if (!own && (bi || architectureType === 'decoder-kv')) throw missingLabels(index);
        if (!own) continue;
        const prompt = promptAsUpstream(call.options.prompt, first, pass.length, place);
        const examples = formatExamples(examplesOf(call.examples, index));
        rows.push(this.runner.row({ text: texts[index] ?? '', labels: own, prompt, examples }));
      }
      if (rows.length === 0) throw missingLabels(first);
      // These walk over the lists of the slice, not over its texts.
      const walksLists = bi || architectureType.startsWith('encoder-decoder');
      if (walksLists && labels.perText && labels.lists.slice(first, first + batchSize).length > pass.length)
        throw new AppError('input-invalid', 'There are more lists of labels than texts.');
      if (bi && new Set(rows.map((row) => row.labelCount)).size > 1)
        throw new AppError('input-invalid', 'The texts of a batch have different numbers of labels.');
      const padding = bi && labels.perText ? { labelLength: this.runner.maxLength } : {};
      const logits = await this.runner.runPass(rows, padding);
      for (const [place, index] of pass.entries()) {
        const row = logits[place];
        if (!row) throw missingLabels(index);
        this.checkUpstreamSlots(row);
        results.push(decide(call, row, index));
      }
    }
    return results;
  }

  /** Upstream's encoder-decoders always have `max_num_classes` slots; our graphs have as many as there are labels. */
  private checkUpstreamSlots(row: RowLogits): void {
    const { config, name } = this.runner.model.folder;
    if (!config.architectureType.startsWith('encoder-decoder') || row.logits.length <= config.maxNumClasses) return;
    throw new AppError('input-invalid', `Upstream's "${name}" takes at most ${config.maxNumClasses} labels.`);
  }

  private checkAdapters(ids: string | readonly string[] | undefined, textCount: number): void {
    if (ids === undefined) return;
    if (!this.runner.parity)
      throw new AppError(
        'input-invalid',
        'Adapters cannot be chosen per call. Merge the adapter into the model before it is exported to ONNX.',
      );
    if (typeof ids !== 'string') checkCount(ids, textCount, 'adapter ids');
  }
}

/** @throws AppError input-invalid. */
export function checkPrompt(prompt: PromptOption | undefined, textCount: number): void {
  if (prompt === undefined) return;
  if (typeof prompt !== 'string') checkCount(prompt, textCount, 'prompts');
  for (const one of typeof prompt === 'string' ? [prompt] : prompt) if (one !== null) refuseMarker(one, 'prompt');
}

function decide(call: Call, row: RowLogits, index: number): RowResult {
  const labels = entryOf(call.labels.lists, call.labels, index);
  const type = call.types[index] ?? 'multi-label';
  if (labels.length === 0 && type === 'single-label') throw missingLabels(index);
  return decideRow(row.logits, labels, type, call.thresholds[index] ?? 0.5, row.uncalibrated);
}

function entryOf<T>(entries: readonly T[], labels: ResolvedLabels, index: number): T {
  const entry = entries[labels.perText ? index : 0];
  if (entry === undefined) throw missingLabels(index);
  return entry;
}

function missingLabels(index: number): AppError {
  return new AppError('input-invalid', `Text ${index + 1} has no labels. Give one list per text, or one for all.`);
}
