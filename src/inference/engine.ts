// The model at work: documents and a task in, scores with evidence out. The decisions lie in product/, the passes in lanes/.
import os from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { FileStamp, LoadOptions, Log } from '../shared/childMessages';
import type {
  ClassificationTask,
  DocumentInput,
  DocumentOutcome,
  KeptDocument,
  ModelDescription,
} from '../shared/classifier';
import { AppError, asAppError } from '../shared/errors';
import { readsExamples } from '../shared/readsExamples';
import { Lane } from './lanes/lane';
import { planLanes } from './lanes/laneCount';
import { LanePool } from './lanes/lanePool';
import { loadModelWith } from './model/loadedModel';
import type { LoadedModel } from './model/loadedModel';
import type { Activations } from './model/rowScales';
import { sharingOf } from './pipeline/sharing';
import { cancelled } from './process/waiters';
import { checkFinite } from './product/aggregate';
import type { BatchLimits } from './product/batchPlan';
import { checkTask } from './product/checkTask';
import { describeModel } from './product/describeModel';
import { DocumentWork } from './product/documentWork';
import type { ChunkRow } from './product/documentWork';
import { JointScorer } from './product/jointScorer';
import { keptOutcome } from './product/labelVectors';
import type { LabelVectors } from './product/labelVectors';
import { grouped, packed } from './product/passOrder';
import { runPasses } from './product/runPasses';
import { SplitEncoder } from './product/splitScorer';
import type { TaskScorer } from './product/taskScorer';

export interface EngineClassifyOptions {
  /** Longest chunk in tokens, special tokens included; null: the engine's choice. The model's limit holds in any case. */
  readonly chunkTokens: number | null;
  /** Also return document vectors, where the model has them. */
  readonly vectors: boolean;
  /** Asked between passes. */
  isCancelled(): boolean;
  /** `done` documents are finished; `currentId` is one of those at work, null at the end. */
  onProgress(done: number, currentId: string | null): void;
}

/** Padded tokens of a pass of a row-scaled graph: longer ones gain nothing (docs/ENGINE.md). */
export const rowScaledPassTokens = 512;

/** Chunk length where nobody asks for another (docs/ENGINE.md has the measurements). */
export const defaultChunkTokens = 256;

export class Engine {
  readonly description: ModelDescription;
  private readonly split: SplitEncoder | null;
  private readonly limits: BatchLimits;
  private warnedOfExamples = false;

  private constructor(
    private readonly model: LoadedModel,
    private readonly pool: LanePool,
    { maxBatchTokens, executionProvider: provider = 'cpu' }: LoadOptions,
    private readonly log: Log,
  ) {
    this.description = describeModel(model, provider);
    const { activations } = model.folder;
    const maxTokens = activations === 'row-scaled' ? Math.min(maxBatchTokens, rowScaledPassTokens) : maxBatchTokens;
    this.limits = { sharing: sharingOf(model), maxTokens, width: pool.width };
    this.split = model.graphKind === 'split-bi-encoder' ? new SplitEncoder(model, this.limits) : null;
    if (activations === 'row-scaled' && this.limits.sharing === 'alone')
      log(
        'warn',
        `ONNX Runtime ${model.session.runtimeVersion || 'of an unknown version'} may pad such a model wrongly, so every text ` +
          'takes a pass of its own.',
      );
  }

  /** @throws AppError model-*, native-load-failed, out-of-memory. */
  static async load(options: LoadOptions, log: Log): Promise<Engine> {
    const { executionProvider: provider = 'cpu' } = options;
    const cores = options.threads > 0 ? options.threads : os.availableParallelism();
    const onLaneFailed = (error: unknown): void => {
      log('warn', `A further lane could not be started: ${asAppError(error, 'inference-failed').message}`);
    };
    const first = Lane.boot();
    let pool: LanePool | undefined;
    const model = await loadModelWith(options.folder, async (folder) => {
      // A second session on one accelerator would only hold the weights once more.
      const plan = provider === 'cpu' ? planLanes(cores, folder.weightBytes) : { lanes: 1, threads: cores };
      log('debug', `${folder.name}: up to ${plan.lanes} lanes of ${plan.threads} threads on ${cores} cores`);
      pool = await LanePool.open({ file: folder.graphFile, provider }, plan, onLaneFailed, first);
      return pool;
    }).catch(async (error: unknown) => {
      await first.stop();
      throw error;
    });
    if (!pool) throw new AppError('model-graph-invalid', `The model ${model.folder.name} was not opened.`);
    return new Engine(model, pool, options, log);
  }

  /**
   * One outcome a document, in order. The same text gives the same scores, whatever its neighbours.
   * @throws AppError input-invalid, labels-cut (they hit all documents), cancelled.
   */
  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options: EngineClassifyOptions,
  ): Promise<DocumentOutcome[]> {
    const scorer = await this.scorer(task, options.chunkTokens, () => options.isCancelled());
    const works = documents.map((input) => new DocumentWork(input));
    const finished = new Set<DocumentWork>();
    let current: string | null = null;
    const settle = (work: DocumentWork): void => {
      if (!work.isDone || finished.has(work)) return;
      finished.add(work);
      options.onProgress(finished.size, finished.size === works.length ? null : current);
    };
    const run = async (pass: readonly ChunkRow[]): Promise<void> => {
      current = pass[0]?.work.input.id ?? null;
      options.onProgress(finished.size, current);
      await this.runPass(scorer, pass);
      for (const { work } of pass) settle(work);
    };
    // One more than there are lanes: the next pass waits at hand while the others are under way.
    const isCancelled = (): boolean => options.isCancelled();
    await runPasses(this.passes(works, scorer, settle, isCancelled), this.pool.width + 1, isCancelled, run);
    return works.map((work) => work.outcome(task.labels.length, task.mode, options.vectors));
  }

  /**
   * Scores kept vectors against a task, as `classify` with the same chunks would.
   * @param isCancelled Asked while labels are encoded and moved.
   * @throws AppError model-unsupported, input-invalid, labels-cut, cancelled.
   */
  async rescore(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    isCancelled: () => boolean = () => false,
  ): Promise<DocumentOutcome[]> {
    const labels = await this.labelVectors(task, isCancelled);
    const scored = documents.map(({ vectors }) => labels.logitsOfKept(vectors));
    await this.splitEncoder.leaveOut(
      task,
      documents,
      scored.map((logits) => (logits instanceof AppError ? null : logits)),
      isCancelled,
    );
    return documents.map((document, index) =>
      keptOutcome(document, scored[index] ?? [], task.labels.length, task.mode),
    );
  }

  /**
   * The labels of a task, moved by its examples: with kept vectors they give what `rescore` does.
   * @throws AppError as `rescore`; inference-failed where they are not numbers.
   */
  async labelVectors(task: ClassificationTask, isCancelled: () => boolean = () => false): Promise<LabelVectors> {
    checkTask(task);
    const vectors = await this.splitEncoder.labelVectors(task, isCancelled);
    checkFinite(vectors.values);
    return vectors;
  }

  /** The files that the model's hash covers. */
  get files(): readonly FileStamp[] {
    return this.model.files;
  }

  /** How the graph quantises: `float`, `row-scaled` or `batch-scaled`. */
  get activations(): Activations {
    return this.model.folder.activations;
  }

  async release(): Promise<void> {
    await this.model.session.release();
  }

  private get splitEncoder(): SplitEncoder {
    if (this.split) return this.split;
    throw new AppError('model-unsupported', `The model "${this.description.name}" has no vectors to keep.`);
  }

  private async scorer(
    task: ClassificationTask,
    chunkTokens: number | null,
    isCancelled: () => boolean,
  ): Promise<TaskScorer> {
    checkTask(task);
    const tokens = chunkTokens ?? defaultChunkTokens;
    if (this.split) return this.split.scorer(task, tokens, isCancelled);
    const isRead = readsExamples(this.description.capabilities, task);
    if (task.examples.length > 0 && !isRead && !this.warnedOfExamples) {
      this.warnedOfExamples = true;
      this.log(
        'warn',
        `The model "${this.description.name}" does not read examples; those of the label set have no effect.`,
      );
    }
    return new JointScorer(this.model, task, tokens);
  }

  /** Passes in the order in which they run. */
  private passes(
    works: readonly DocumentWork[],
    scorer: TaskScorer,
    planned: (work: DocumentWork) => void,
    isCancelled: () => boolean,
  ): AsyncGenerator<readonly ChunkRow[]> {
    const rows = this.rows(works, scorer, planned, isCancelled);
    return this.limits.sharing === 'padded' ? packed(rows, this.limits) : grouped(rows, this.limits);
  }

  /** The rows of each document, cut as they are asked for. */
  private async *rows(
    works: readonly DocumentWork[],
    scorer: TaskScorer,
    planned: (work: DocumentWork) => void,
    isCancelled: () => boolean,
  ): AsyncGenerator<readonly ChunkRow[]> {
    // Tokenising blocks this thread: messages, such as a cancel, come in between.
    const pause = async (): Promise<void> => {
      await setImmediate();
      if (isCancelled()) throw cancelled();
    };
    for (const work of works) {
      const rows = await this.plan(work, scorer, pause);
      planned(work);
      await pause();
      yield rows;
    }
  }

  /** A text that the tokenizer cannot take is a failure of its document alone. */
  private async plan(work: DocumentWork, scorer: TaskScorer, pause: () => Promise<void>): Promise<ChunkRow[]> {
    try {
      return await work.plan(scorer, pause);
    } catch (error) {
      if (error instanceof AppError && error.code === 'cancelled') throw error;
      work.fail(asAppError(error, 'inference-failed'));
      return [];
    }
  }

  /** A pass that fails is a failure of its documents, not of the call; of several, each gets a pass of its own first. */
  private async runPass(scorer: TaskScorer, pass: readonly ChunkRow[]): Promise<void> {
    try {
      const outputs = await scorer.run(pass.map(({ row }) => row));
      for (const [index, { work, chunk }] of pass.entries()) {
        const output = outputs[index];
        work.settle(chunk, output ?? new AppError('inference-failed', 'The model gave no scores for a document.'));
      }
    } catch (error) {
      if (pass.length > 1) for (const row of pass) await this.runPass(scorer, [row]);
      else for (const { work, chunk } of pass) work.settle(chunk, asAppError(error, 'inference-failed'));
    }
  }
}
