// A model that reads examples, given with each document the decided texts nearest to it: the vectors of another model say which.
import { createHash } from 'node:crypto';
import type {
  CancelSignal,
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  ModelDescription,
} from '../../shared/classifier';
import { nearestExamples } from '../../shared/nearestExamples';

/** What the model with vectors is asked: its vectors do not depend on labels, so that any label does. */
const anyTask: ClassificationTask = { labels: ['text'], mode: 'multi-label', examples: [] };

export class NearestClassifier implements Classifier {
  /**
   * @param reader Gives the scores.
   * @param measurer Keeps vectors (`keepsVectors`), and gave those of the examples by `measure` with the same chunk length.
   */
  constructor(
    private readonly reader: Classifier,
    private readonly measurer: Classifier,
  ) {}

  /** The hash is of both models: another one's vectors would choose other examples. */
  async describe(signal?: CancelSignal): Promise<ModelDescription> {
    const [model, { hash }] = await Promise.all([this.reader.describe(signal), this.measurer.describe(signal)]);
    return { ...model, hash: sha256(`${model.hash}\n${hash}`) };
  }

  prepare(): void {
    this.reader.prepare();
    this.measurer.prepare();
  }

  /** Outcomes with `vectors`, by which documents and examples are compared. */
  measure(documents: readonly DocumentInput[], options: ClassifyOptions): Promise<DocumentOutcome[]> {
    const { signal, chunkTokens, priority } = options;
    return this.measurer.classify(documents, anyTask, {
      vectors: true,
      ...(signal ? { signal } : {}),
      ...(chunkTokens === undefined ? {} : { chunkTokens }),
      ...(priority ? { priority } : {}),
    });
  }

  /** A document that has no vectors fails: without its examples it would get other scores. */
  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options: ClassifyOptions = {},
  ): Promise<DocumentOutcome[]> {
    const { vectorSize } = await this.measurer.describe(options.signal);
    const measured = await this.measure(documents, options);
    const inputs = documents.flatMap((document, index): DocumentInput[] => {
      const outcome = measured[index];
      if (!outcome?.ok || !outcome.vectors) return [];
      const { values } = outcome.vectors;
      const nearest = nearestExamples(values, sha256(document.text), vectorSize ?? values.length, task.examples);
      return [{ ...document, nearestExamples: nearest }];
    });
    const read = await this.reader.classify(inputs, { ...task, examples: task.examples.map(withoutVectors) }, options);
    const byId = new Map(read.map((outcome) => [outcome.id, outcome]));
    return measured.map((outcome) => byId.get(outcome.id) ?? outcome);
  }

  rescore(...call: Parameters<Classifier['rescore']>): Promise<DocumentOutcome[]> {
    return this.reader.rescore(...call);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.reader.dispose(), this.measurer.dispose()]);
  }
}

/** The reader could not use them, and each message would carry them all. */
function withoutVectors({ text, labels, rejected }: ClassificationTask['examples'][number]) {
  return { text, labels, ...(rejected ? { rejected } : {}) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
