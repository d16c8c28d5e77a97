// A model that reads examples, given with each document the decided texts nearest to it: the vectors of another model say which.
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
import { taughtHash } from '../../shared/taughtHash';
import { examplesVersion } from '../../shared/task';
import { sha256 } from '../sha256';
import type { DecidedExample } from './decidedExamples';
import type { TextVectors } from './textVectors';

export class NearestClassifier implements Classifier {
  private readonly decidedHash: string;

  /**
   * @param reader Gives the scores.
   * @param vectors Of documents and examples; starts its model with the first document.
   * @param decided In the words of the tasks that will be asked, beside whose own examples they stand.
   */
  constructor(
    private readonly reader: Classifier,
    private readonly vectors: TextVectors,
    private readonly decided: readonly DecidedExample[],
  ) {
    const examples = decided.map(({ text, labels, rejected, hash }) => [text, labels, rejected, hash]);
    this.decidedHash = sha256(JSON.stringify([examplesVersion, examples]));
  }

  /** The hash is of what was decided and of both models: other vectors would choose other examples. */
  async describe(signal?: CancelSignal): Promise<ModelDescription> {
    const [model, { hash }] = await Promise.all([this.reader.describe(signal), this.vectors.describe(signal)]);
    return { ...model, hash: taughtHash(model.hash, sha256(hash + this.decidedHash)) };
  }

  prepare(): void {
    this.reader.prepare();
    this.vectors.prepare();
  }

  /** A document that has no vectors fails: without its examples it would get other scores. */
  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options: ClassifyOptions = {},
  ): Promise<DocumentOutcome[]> {
    const { size, vectors } = await this.vectors.ofDecided(this.decided, options);
    const examples = this.decided.map(({ text, labels, rejected }) => ({ text, labels, rejected }));
    const compared = this.decided.map(({ hash }) => {
      const values = vectors.get(hash);
      return values ? { kept: { hash, vectors: values } } : {};
    });
    const measured = await this.vectors.measure(documents, options);
    const inputs = documents.flatMap((document, index): DocumentInput[] => {
      const outcome = measured[index];
      if (!outcome?.ok || !outcome.vectors) return [];
      const nearest = nearestExamples(outcome.vectors.values, sha256(document.text), size, compared);
      return [{ ...document, nearestExamples: nearest.map((position) => task.examples.length + position) }];
    });
    const read = await this.reader.classify(inputs, { ...task, examples: [...task.examples, ...examples] }, options);
    const byId = new Map(read.map((outcome) => [outcome.id, outcome]));
    return measured.map((outcome) => byId.get(outcome.id) ?? outcome);
  }

  rescore(...call: Parameters<Classifier['rescore']>): Promise<DocumentOutcome[]> {
    return this.reader.rescore(...call);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.reader.dispose(), this.vectors.dispose()]);
  }
}
