// Scores kept vectors in the process that read them: the child gives the vectors of the labels, once a task.
import { setImmediate } from 'node:timers/promises';
import type { ClassificationTask, DocumentOutcome, KeptDocument, RescoreOptions } from '../shared/classifier';
import { cancelled } from './process/waiters';
import { keptOutcome } from './product/labelVectors';
import type { LabelVectors } from './product/labelVectors';

/** Multiplications after which the event loop gets a turn: some milliseconds. */
const productsAtOnce = 8_000_000;

interface Known {
  readonly labels: LabelVectors;
  /** The model whose they are. */
  readonly modelHash: string | null;
}

export class KeptScorer {
  /** Of tasks in use: a workspace is scored in many calls with one task, and examples are megabytes to send. */
  private readonly known = new WeakMap<ClassificationTask, Known>();

  /**
   * @param ask Gives the labels of a task, moved by its examples.
   * @param modelHash The model whose scores are wanted.
   */
  constructor(
    private readonly ask: (task: ClassificationTask, options: RescoreOptions) => Promise<LabelVectors>,
    private readonly modelHash: () => string | null,
  ) {}

  /**
   * The scores that the child would give, bit for bit.
   * @throws AppError what asking for labels throws, cancelled.
   */
  async score(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    options: RescoreOptions,
  ): Promise<DocumentOutcome[]> {
    if (documents.length === 0) return [];
    const labels = await this.labelsOf(task, options);
    const outcomes: DocumentOutcome[] = [];
    let products = 0;
    for (const document of documents) {
      if (options.signal?.aborted) throw cancelled();
      const logits = labels.logitsOfKept(document.vectors);
      outcomes.push(keptOutcome(document, logits, task.labels.length, task.mode));
      products += document.vectors.values.length * labels.count;
      if (products < productsAtOnce) continue;
      products = 0;
      await setImmediate();
    }
    return outcomes;
  }

  private async labelsOf(task: ClassificationTask, options: RescoreOptions): Promise<LabelVectors> {
    const known = this.known.get(task);
    if (known?.modelHash === this.modelHash()) return known.labels;
    const labels = await this.ask(task, options);
    this.known.set(task, { labels, modelHash: this.modelHash() });
    return labels;
  }
}
