// How texts are cut for a server: by the tokenizer of a model folder on this machine, with the code that cuts them for local models.
import { setImmediate } from 'node:timers/promises';
import { openTextFolder } from '../inference/model/modelFolder';
import { hashModel } from '../inference/model/modelHash';
import { loadTextSide } from '../inference/model/textSide';
import { planChunks } from '../inference/product/chunkPlan';
import { checkTask } from '../inference/product/checkTask';
import { JointInput } from '../inference/product/jointInput';
import type { InputModel } from '../inference/product/jointInput';
import type { ClassificationTask, DocumentInput } from '../shared/classifier';
import type { CutBy, TaskTexts, TextCutter, TextFacts, TextPart } from './textCutter';

interface LoadedTexts {
  readonly model: InputModel;
  readonly facts: TextFacts;
}

export class RemoteTexts implements TextCutter {
  private loaded: Promise<LoadedTexts> | null = null;

  constructor(private readonly settings: CutBy) {}

  /** @throws AppError model-missing, model-config-invalid, model-tokenizer-invalid, model-unsupported, model-outside-folder. */
  async facts(): Promise<TextFacts> {
    return (await this.load()).facts;
  }

  async open(task: ClassificationTask, chunkTokens: number): Promise<TaskTexts> {
    checkTask(task);
    const { model } = await this.load();
    const input = new JointInput(model, task, chunkTokens);
    return {
      prompt: input.prompt,
      cut: async (document) => {
        // Tokenising holds the thread: others come in between.
        await setImmediate();
        return partsOf(input, document);
      },
      close: () => undefined,
    };
  }

  dispose(): void {
    this.loaded = null;
  }

  private load(): Promise<LoadedTexts> {
    this.loaded ??= loadTexts(this.settings).catch((error: unknown) => {
      this.loaded = null;
      throw error;
    });
    return this.loaded;
  }
}

async function loadTexts({ folder: location, exact }: CutBy): Promise<LoadedTexts> {
  const folder = openTextFolder(location);
  const [text, { hash }] = await Promise.all([loadTextSide(folder), hashModel(folder)]);
  const { architectureType, maxLabelsAlloc, maxLength, defaultThreshold } = folder.config;
  // Of a model that is not known, all that upstream's API takes is sent to it.
  const knowsExamples = !exact || (architectureType !== 'bi-encoder' && text.knowsExamples);
  const architecture = exact ? architectureType : null;
  return {
    model: { ...text, knowsExamples, slots: maxLabelsAlloc },
    facts: { hash, maxTokens: maxLength, readsExamples: knowsExamples, architecture, defaultThreshold },
  };
}

async function partsOf(input: JointInput, { text, breaks, nearestExamples = [] }: DocumentInput): Promise<TextPart[]> {
  const spans = await planChunks(text, breaks ?? [], {
    maxTokens: input.maxTextTokens,
    count: (piece) => input.count(piece),
    fits: (piece) => input.encode(piece, nearestExamples).cutTokens === 0,
    pause: () => setImmediate(),
  });
  return spans.map(({ start, end }) => {
    const read = input.read(text.slice(start, end), nearestExamples);
    const examples = read.examples.map((example) => ({ text: example.text, labels: example.labels }));
    return { start, end, text: read.text, examples };
  });
}
