// Sends batches to the classifier so that one bad document costs only itself: a batch that fails as a whole is halved and tried again.
import type {
  Classifier,
  ClassificationTask,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
} from '../../shared/classifier';
import { AppError, asAppError } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';

/** Errors that every document would meet: the run ends with them. All others may be one document's fault. */
const endsRun: ReadonlySet<ErrorCode> = new Set([
  'label-set-invalid',
  'setting-invalid',
  'labels-cut',
  'model-missing',
  'model-config-invalid',
  'model-tokenizer-invalid',
  'model-graph-invalid',
  'model-unsupported',
  'model-outside-folder',
  'model-changed',
  'native-load-failed',
  'child-stopped',
  'server-unreachable',
  'server-failed',
  'server-refused',
  'server-token',
  'server-protocol',
  'cancelled',
]);

export class BatchClassifier {
  constructor(
    private readonly classifier: Classifier,
    private readonly task: ClassificationTask,
    private readonly options: ClassifyOptions,
  ) {}

  /**
   * One outcome a document, in the order given. Throws AppError with the codes of `endsRun`.
   * @param onProgress Called with the number of documents finished; not where a batch is tried again in halves.
   */
  async classify(
    documents: readonly DocumentInput[],
    onProgress: (done: number) => void = () => undefined,
  ): Promise<DocumentOutcome[]> {
    try {
      const outcomes = await this.classifier.classify(documents, this.task, { ...this.options, onProgress });
      const ending = outcomes.find((outcome) => !outcome.ok && endsRun.has(outcome.code));
      if (ending && !ending.ok) throw new AppError(ending.code, ending.message);
      return outcomes;
    } catch (cause) {
      const error = asAppError(cause, 'inference-failed');
      const [first] = documents;
      if (endsRun.has(error.code) || this.options.signal?.aborted || !first) throw error;
      if (documents.length === 1) return [{ ok: false, id: first.id, code: error.code, message: error.message }];
      const middle = Math.ceil(documents.length / 2);
      const left = await this.classify(documents.slice(0, middle));
      return [...left, ...(await this.classify(documents.slice(middle)))];
    }
  }
}
