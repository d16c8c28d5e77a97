// Split bi-encoder: texts and labels are encoded apart, and a logit is the product of the two vectors.
import type { ClassificationTask, KeptDocument } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { LoadedModel } from '../model/loadedModel';
import { checkRows } from '../model/graph';
import { batchFeeds } from '../pipeline/batchFeeds';
import type { EncodedRow } from '../pipeline/encodeRow';
import { paddedLength } from '../pipeline/sharing';
import { planBatches } from './batchPlan';
import type { BatchLimits } from './batchPlan';
import { dot } from './dot';
import { LabelVectors } from './labelVectors';
import { Products } from './leaveOut';
import { MovedLabels } from './movedLabels';
import type { ExampleVectors } from './movedLabels';
import { RecentCache } from './recentCache';
import { runPasses } from './runPasses';
import { minTextTokens } from './taskScorer';
import type { RowOutput, TaskScorer } from './taskScorer';

const textOutput = 'text_embeddings';
const labelOutput = 'class_embeddings';

/** Vectors kept: a few thousand labels are a few megabytes. */
const keptVectors = 4096;

/** What decides the label vectors of a task. */
type LabelTask = Pick<ClassificationTask, 'labels' | 'prompt' | 'examples'>;

/** How a text becomes tokens. @throws AppError where it cannot. */
type Tokens = (text: string) => readonly number[];

/** Encodes for all tasks of one model, and remembers the vectors of labels and examples. */
export class SplitEncoder {
  private readonly labels = new RecentCache<Float32Array>(keptVectors);
  private readonly examples = new RecentCache<Float32Array>(keptVectors);
  private readonly moved = new MovedLabels();

  constructor(
    private readonly model: LoadedModel,
    private readonly limits: BatchLimits,
  ) {}

  /**
   * @param isCancelled Asked between passes: many labels take their time.
   * @throws AppError labels-cut, input-invalid, inference-failed, cancelled.
   */
  async scorer(task: ClassificationTask, chunkTokens: number, isCancelled: () => boolean): Promise<SplitScorer> {
    const vectors = await this.labelVectors(task, isCancelled);
    return new SplitScorer(this.model, this, task, vectors, chunkTokens);
  }

  /** The labels, moved by the examples. @throws AppError as `scorer`. */
  async labelVectors(task: LabelTask, isCancelled: () => boolean): Promise<LabelVectors> {
    const { labels, prompt, examples } = task;
    const zeroShot = await this.zeroShot(task, isCancelled);
    if (examples.length === 0) return LabelVectors.of(zeroShot);
    const read = await this.exampleVectors(task, isCancelled);
    return LabelVectors.of(await this.moved.of(labels, zeroShot, read, prompt ?? '', isCancelled));
  }

  /**
   * Gives documents that leave examples out (`without`) the logits that they have then.
   * @param logits Of each document by all examples, [documents][chunks][labels]; changed in place. Null: it has none.
   * @throws AppError as `scorer`.
   */
  async leaveOut(
    task: ClassificationTask,
    documents: readonly KeptDocument[],
    logits: readonly (readonly Float32Array[] | null)[],
    isCancelled: () => boolean,
  ): Promise<void> {
    const leaving = documents.flatMap(({ without, vectors }, index) => {
      const chunks = logits[index];
      return without && chunks ? [{ without: new Set(without), chunks, values: vectors.values }] : [];
    });
    if (leaving.length === 0) return;
    const zeroShot = await this.zeroShot(task, isCancelled);
    const examples = await this.exampleVectors(task, isCancelled);
    const sets = leaving.map(({ without }) => without);
    const products = new Products(examples.flatMap(({ vectors }) => vectors));
    for (const [at, label] of task.labels.entries()) {
      const vector = zeroShot[at] ?? noOutput(labelOutput);
      const moved = await this.moved.without(label, vector, examples, sets, products, isCancelled);
      for (const [index, { chunks, values }] of leaving.entries())
        for (const [chunk, own] of chunks.entries())
          own[at] = dot(values.subarray(chunk * vector.length, (chunk + 1) * vector.length), moved[index] ?? vector);
    }
  }

  private zeroShot({ labels }: LabelTask, isCancelled: () => boolean): Promise<readonly Float32Array[]> {
    return this.vectorsOf(this.labels, labelOutput, labels, (label) => this.labelTokens(label), isCancelled);
  }

  /** Examples with their vectors; those without text and vectors are left out. */
  private async exampleVectors(task: LabelTask, isCancelled: () => boolean): Promise<readonly ExampleVectors[]> {
    const unread = task.examples.filter(({ text, kept }) => !kept && text.trim() !== '');
    // Texts of examples are read as documents are: with the prompt before them.
    const texts = unread.map(({ text }) => withPrompt(task.prompt, text));
    const read = await this.vectorsOf(
      this.examples,
      textOutput,
      texts,
      (text) => this.exampleTokens(text),
      isCancelled,
    );
    const vectors = new Map(unread.map((example, index) => [example, read[index]]));
    return task.examples.flatMap((example, position) => {
      if (example.kept) return [{ ...example, position, vectors: this.rowsOf(example.kept.vectors) }];
      const vector = vectors.get(example);
      return vector ? [{ ...example, position, vectors: [vector] }] : [];
    });
  }

  /** @throws AppError input-invalid. */
  private rowsOf(vectors: Float32Array): readonly Float32Array[] {
    const size = this.model.vectorSize ?? 0;
    if (vectors.length === 0 || vectors.length % size !== 0)
      throw new AppError(
        'input-invalid',
        'The kept vectors of an example do not belong to this model. Tag its document again.',
      );
    return Array.from({ length: vectors.length / size }, (_, row) => vectors.subarray(row * size, (row + 1) * size));
  }

  private async vectorsOf(
    cache: RecentCache<Float32Array>,
    output: string,
    texts: readonly string[],
    tokens: Tokens,
    isCancelled: () => boolean,
  ): Promise<Float32Array[]> {
    const found = new Map<string, Float32Array>();
    const missing: { readonly text: string; readonly ids: readonly number[] }[] = [];
    for (const text of new Set(texts)) {
      const known = cache.get(text);
      if (known) found.set(text, known);
      else missing.push({ text, ids: tokens(text) });
    }
    const passes = planBatches(
      missing.map(({ ids }) => ids.length),
      this.limits,
    ).map((batch) => batch.flatMap((index) => missing[index] ?? []));
    await runPasses(passes, this.limits.width + 1, isCancelled, async (pass) => {
      const vectors = await this.encode(
        output,
        pass.map(({ ids }) => ids),
      );
      for (const [index, { text }] of pass.entries()) {
        const vector = vectors[index] ?? noOutput(output);
        cache.set(text, vector);
        found.set(text, vector);
      }
    });
    return texts.flatMap((text) => found.get(text) ?? []);
  }

  /** Vectors of one output for the rows of one pass. */
  async encode(output: string, rows: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const pad = { text: this.model.tokenizer.padTokenId, label: this.model.labelTokenizer.padTokenId };
    const encoded = rows.map((ids): EncodedRow => ({
      ids,
      classIds: null,
      labelIds: null,
      labelCount: 0,
      cutTokens: 0,
      labelsCut: [],
    }));
    const feeds = batchFeeds(encoded, pad, { text: this.padTo(rows) });
    const found = (await this.model.session.run(feeds, [output]))[output] ?? noOutput(output);
    checkRows(rows.length, found);
    const size = found.dims[1] ?? 0;
    return rows.map((_, index) => found.data.slice(index * size, (index + 1) * size));
  }

  private padTo(rows: readonly (readonly number[])[]): number {
    const longest = rows.reduce((most, ids) => Math.max(most, ids.length), 0);
    const mayPad = this.limits.sharing === 'padded' && this.model.folder.activations === 'row-scaled';
    // A position past the model's last one does not exist.
    return mayPad ? Math.min(paddedLength(longest), this.model.folder.config.maxLength) : longest;
  }

  private labelTokens(label: string): readonly number[] {
    const ids = this.model.labelTokenizer.encode(label);
    const limit = this.model.folder.config.maxLength;
    if (ids.length > limit)
      throw new AppError(
        'labels-cut',
        `The label "${short(label)}" takes ${ids.length} tokens with its description; the model "${this.model.folder.name}" ` +
          `reads at most ${limit}. Shorten the description.`,
      );
    return ids;
  }

  /** A long example is cut: its beginning says what it is about, and the user sees it whole anyway. */
  private exampleTokens(text: string): readonly number[] {
    return this.model.tokenizer.encodeTruncated(text, this.model.folder.config.maxLength);
  }
}

export class SplitScorer implements TaskScorer {
  readonly maxTextTokens: number;

  constructor(
    private readonly model: LoadedModel,
    private readonly encoder: SplitEncoder,
    private readonly task: ClassificationTask,
    private readonly labels: LabelVectors,
    chunkTokens: number,
  ) {
    const { tokenizer, folder } = model;
    const special = tokenizer.prefix.length + tokenizer.suffix.length;
    const prompt = tokenizer.count(withPrompt(task.prompt, ''));
    const room = folder.config.maxLength - special - prompt;
    if (room < minTextTokens) throw promptTooLong(prompt, folder.config.maxLength);
    this.maxTextTokens = Math.max(minTextTokens, Math.min(room, chunkTokens - special));
  }

  count(text: string): number {
    return this.model.tokenizer.count(text);
  }

  encode(text: string): EncodedRow {
    const whole = this.model.tokenizer.encode(withPrompt(this.task.prompt, text));
    const ids = this.model.tokenizer.truncate(whole, this.model.folder.config.maxLength);
    const cutTokens = whole.length - ids.length;
    return { ids, classIds: null, labelIds: null, labelCount: this.labels.count, cutTokens, labelsCut: [] };
  }

  async run(rows: readonly EncodedRow[]): Promise<RowOutput[]> {
    const vectors = await this.encoder.encode(
      textOutput,
      rows.map((row) => row.ids),
    );
    return vectors.map((vector) => ({ vector, logits: this.labels.logits(vector) }));
  }
}

function withPrompt(prompt: string | undefined, text: string): string {
  return prompt ? `${prompt} ${text}` : text;
}

function noOutput(name: string): never {
  throw new AppError('inference-failed', `The model gave no output "${name}".`);
}

function promptTooLong(tokens: number, limit: number): AppError {
  return new AppError(
    'input-invalid',
    `The label set's prompt takes ${tokens} of the ${limit} tokens of a pass and leaves no room for the text. Shorten it.`,
  );
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
