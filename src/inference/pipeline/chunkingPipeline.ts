// Upstream's ZeroShotClassificationWithChunkingPipeline: long texts in pieces, labels in groups, the best piece counts.
import { codePointChunks } from '../../core/codePoints';
import { nestScores } from '../../core/hierarchy';
import type { NestedScores } from '../../core/hierarchy';
import type { ClassificationMode } from '../../core/labelSet';
import type { LabelTree } from '../../core/flattenLabels';
import { AppError, asAppError } from '../../shared/errors';
import { withRetrieval } from './callOptions';
import type { PromptOption, RetrievalOption } from './callOptions';
import { chunkedLabels } from './chunkedLabels';
import { aggregateChunks, decideLong, decideShort } from './chunkScores';
import { classificationTypeOf } from './classificationType';
import { planAsUpstream, planByDocument } from './chunkPlan';
import type { ChunkPlan } from './chunkPlan';
import type { ExamplesOption } from './fewShot';
import type { LabelsOption } from './labelInput';
import { neutraliseExamples } from './neutraliseExamples';
import { PassRunner, checkPositive } from './passRunner';
import type { PipelineSettings } from './passRunner';
import { activate } from './postprocess';
import type { Prediction, RowResult } from './postprocess';
import type { BatchModel } from './runBatch';
import { checkPrompt } from './zeroShotPipeline';

export interface ChunkSizes {
  /** Code points of a chunk; 8192 by default. */
  readonly textChunkSize?: number;
  /** Code points that a chunk shares with the one before; 256 by default. */
  readonly textChunkOverlap?: number;
  /** Labels of one forward pass; 8 by default. Labels of different groups do not see each other. */
  readonly labelsChunkSize?: number;
}

export interface ChunkingOptions extends ChunkSizes {
  /** Multi-label: lowest score that counts; 0.5 by default. */
  readonly threshold?: number;
  readonly batchSize?: number;
  readonly racExamples?: RetrievalOption;
  readonly examples?: ExamplesOption;
  readonly prompt?: PromptOption;
}

export class ZeroShotWithChunkingPipeline {
  private readonly runner: PassRunner;
  private readonly type: ClassificationMode;
  private readonly separator: string;
  private sizes: Required<ChunkSizes>;

  /** @throws AppError input-invalid: unknown classification type; parity mode: a model that is no uni-encoder. */
  constructor(model: BatchModel, settings: PipelineSettings & ChunkSizes = {}) {
    this.runner = new PassRunner(model, settings);
    const type = settings.classificationType ?? 'multi-label';
    this.type = this.runner.parity ? exactType(type) : classificationTypeOf(type);
    this.separator = settings.labelSeparator ?? '.';
    this.sizes = withSizes({ textChunkSize: 8192, textChunkOverlap: 256, labelsChunkSize: 8 }, settings);
    if (this.runner.parity && model.folder.config.architectureType !== 'uni-encoder')
      throw new AppError('input-invalid', "Upstream's chunking pipeline runs uni-encoders only.");
  }

  /** Predictions of each text, best first. @throws AppError input-invalid, labels-cut, inference-failed, out-of-memory. */
  async classify(
    texts: string | readonly string[],
    labels: LabelsOption,
    options: ChunkingOptions = {},
  ): Promise<Prediction[][]> {
    const results = await this.run(texts, labels, options);
    return results.map(({ predictions }) => [...predictions]);
  }

  /** Scores of all labels of each text, in the shape of the labels given (upstream: `return_hierarchical`). */
  async classifyHierarchical(
    texts: string | readonly string[],
    labels: LabelsOption,
    options: ChunkingOptions = {},
  ): Promise<NestedScores[]> {
    const results = await this.run(texts, labels, options);
    return results.map(({ predictions, scores }) =>
      nestScores(labels as LabelTree, predictions, scores, this.separator),
    );
  }

  private async run(
    given: string | readonly string[],
    labels: LabelsOption,
    options: ChunkingOptions,
  ): Promise<RowResult[]> {
    const { parity } = this.runner;
    const sizes = withSizes(this.sizes, options);
    // Upstream keeps the sizes of one call for the next.
    if (parity) this.sizes = sizes;
    checkPositive(sizes.labelsChunkSize, 'labelsChunkSize');
    const threshold = options.threshold ?? 0.5;
    if (typeof threshold !== 'number')
      throw new AppError('input-invalid', 'The chunking pipeline takes one threshold for all texts.');
    const originals = typeof given === 'string' ? [given] : given;
    if (parity) checkRetrievalAsUpstream(options.racExamples, typeof given === 'string');
    const texts = withRetrieval(originals, options.racExamples, parity);
    const names = chunkedLabels(labels, this.separator, parity);
    if (names.labels.length === 0 && this.type === 'single-label' && texts.length > 0)
      throw new AppError('input-invalid', 'There are no labels. Give at least one.');
    if (!parity) {
      splitText('', sizes);
      checkPrompt(options.prompt, texts.length);
    }
    const groups = groupsOf(names.labels, sizes.labelsChunkSize);
    const request = {
      texts,
      batchSize: checkPositive(options.batchSize ?? 8, 'batchSize'),
      prompt: options.prompt,
      examples: parity ? options.examples : neutraliseExamples(options.examples),
      chunkSize: sizes.textChunkSize,
      split: (text: string): string[] => splitText(text, sizes),
    };
    const plan = parity
      ? planAsUpstream(request)
      : planByDocument(request, this.runner, groups, sizes.textChunkOverlap);
    const scores = await this.score(plan, groups, request.batchSize, names.unusable);
    return texts.map((_, index) => this.decide(plan, scores, index, names.labels, threshold));
  }

  /** Logits of every piece over all labels: [pieces][labels]. */
  private async score(
    plan: ChunkPlan,
    groups: readonly (readonly string[])[],
    batchSize: number,
    unusable: AppError | null,
  ): Promise<number[][]> {
    const logits: number[][] = plan.pieces.map(() => []);
    for (const slice of plan.slices) {
      for (const labels of groups) {
        const rows = slice.flatMap((place) => {
          const piece = plan.pieces[place];
          return piece ? [this.runner.row({ ...piece, labels })] : [];
        });
        const results = this.runner.parity
          ? await this.runner.runPass(rows)
          : await this.runner.runIndependently(rows, batchSize);
        for (const [index, place] of slice.entries()) logits[place]?.push(...(results[index]?.logits ?? []));
      }
      // Upstream notices labels that are no strings only when it files the first scores under them.
      if (unusable) throw unusable;
    }
    return logits;
  }

  private decide(
    plan: ChunkPlan,
    logits: readonly (readonly number[])[],
    index: number,
    labels: readonly string[],
    threshold: number,
  ): RowResult {
    const own = plan.pieces.flatMap((piece, place) => (piece.index === index ? [logits[place] ?? []] : []));
    const chunks = own.map((row) => activate(row, this.type));
    const [only] = chunks;
    if (!plan.long.has(index) && only) return decideShort(only, labels, this.type, threshold);
    return decideLong(aggregateChunks(chunks, labels), this.type, threshold);
  }
}

function withSizes(base: Required<ChunkSizes>, sizes: ChunkSizes): Required<ChunkSizes> {
  return {
    textChunkSize: sizes.textChunkSize ?? base.textChunkSize,
    textChunkOverlap: sizes.textChunkOverlap ?? base.textChunkOverlap,
    labelsChunkSize: sizes.labelsChunkSize ?? base.labelsChunkSize,
  };
}

/** Upstream gives nothing at all for short texts with any other value. */
function exactType(type: string): ClassificationMode {
  if (type === 'single-label' || type === 'multi-label') return type;
  throw new AppError('input-invalid', `The classification type "${type}" is not "single-label" or "multi-label".`);
}

/** Upstream takes a flat list for a text, and lists for a list of texts, also where it holds one text only. */
function checkRetrievalAsUpstream(examples: RetrievalOption | undefined, oneText: boolean): void {
  if (examples?.some((entry) => Array.isArray(entry) === oneText))
    throw new AppError(
      'input-invalid',
      'Give the retrieval examples flat for a text, as one list per text for a list.',
    );
}

function splitText(text: string, sizes: Required<ChunkSizes>): string[] {
  try {
    const spans = codePointChunks(text, sizes.textChunkSize, sizes.textChunkOverlap);
    return spans.map(({ start, end }) => text.slice(start, end));
  } catch (cause) {
    throw asAppError(cause, 'input-invalid');
  }
}

function groupsOf(labels: readonly string[], size: number): string[][] {
  const groups: string[][] = [];
  for (let start = 0; start < labels.length; start += size) groups.push(labels.slice(start, start + size));
  return groups;
}
