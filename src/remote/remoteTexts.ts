// How texts are cut for a server: by the tokenizer of a model folder on this machine, with the code that cuts them for local models.
import { openTextFolder } from '../inference/model/modelFolder';
import { hashModel } from '../inference/model/modelHash';
import { loadTextSide } from '../inference/model/textSide';
import { planChunks } from '../inference/product/chunkPlan';
import { checkTask } from '../inference/product/checkTask';
import { JointInput } from '../inference/product/jointInput';
import type { InputModel } from '../inference/product/jointInput';
import type { Span } from '../core/tagResult';
import type { ClassificationTask, DocumentInput } from '../shared/classifier';
import type { RemoteSettings } from './remoteSettings';

export class RemoteTexts {
  private constructor(
    private readonly model: InputModel,
    /** sha256 of the files that decide where texts are cut. */
    readonly hash: string,
    private readonly exact: boolean,
  ) {}

  /** @throws AppError model-missing, model-config-invalid, model-tokenizer-invalid, model-unsupported, model-outside-folder. */
  static async load({ folder: location, exact }: RemoteSettings['texts']): Promise<RemoteTexts> {
    const folder = openTextFolder(location);
    const [text, { hash }] = await Promise.all([loadTextSide(folder), hashModel(folder)]);
    // Of a model that is not known, all that upstream's API takes is sent to it.
    const knowsExamples = !exact || (folder.config.architectureType !== 'bi-encoder' && text.knowsExamples);
    return new RemoteTexts({ ...text, knowsExamples, slots: folder.config.maxLabelsAlloc }, hash, exact);
  }

  get maxTokens(): number {
    return this.model.folder.config.maxLength;
  }

  get readsExamples(): boolean {
    return this.model.knowsExamples;
  }

  /** Null where the server's model is not known. */
  get architecture(): string | null {
    return this.exact ? this.model.folder.config.architectureType : null;
  }

  get defaultThreshold(): number {
    return this.model.folder.config.defaultThreshold;
  }

  /** @throws AppError labels-cut, input-invalid. */
  input(task: ClassificationTask, chunkTokens: number): JointInput {
    checkTask(task);
    return new JointInput(this.model, task, chunkTokens);
  }
}

/** The chunks that a local model with this tokenizer would read. */
export function chunksOf(input: JointInput, { text, breaks, nearestExamples = [] }: DocumentInput): Span[] {
  return planChunks(text, breaks ?? [], {
    maxTokens: input.maxTextTokens,
    count: (piece) => input.count(piece),
    fits: (piece) => input.encode(piece, nearestExamples).cutTokens === 0,
  });
}
