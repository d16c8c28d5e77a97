// Models that read text and labels together: every pass holds the labels, the prompt, the examples and one chunk.
import type { ClassificationTask } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { LoadedModel } from '../model/loadedModel';
import { RowEncoder } from '../pipeline/encodeRow';
import type { EncodedRow } from '../pipeline/encodeRow';
import { buildInput } from '../pipeline/inputStrings';
import type { InputStrings } from '../pipeline/inputStrings';
import { neutraliseMarkers } from '../pipeline/neutraliseMarkers';
import { runBatch } from '../pipeline/runBatch';
import { PromptExamples } from './promptExamples';
import { minTextTokens } from './splitScorer';
import type { RowOutput, TaskScorer } from './taskScorer';

export class JointScorer implements TaskScorer {
  readonly maxTextTokens: number;
  /** Tokens of a pass that are left for examples chosen for its document. */
  private readonly exampleRoom: number;
  private readonly prompt: string;
  private readonly examples: PromptExamples;
  private readonly encoder: RowEncoder;
  /** Without a limit: says how long an input really is. */
  private readonly measure: RowEncoder;

  /**
   * @param chunkTokens Most tokens of a chunk's text, special tokens included; labels, prompt and examples come on top.
   * @throws AppError labels-cut, input-invalid.
   */
  constructor(
    private readonly model: LoadedModel,
    private readonly task: ClassificationTask,
    chunkTokens: number,
  ) {
    const { tokenizer } = model;
    this.prompt = neutraliseMarkers(task.prompt ?? '');
    this.examples = new PromptExamples(model, task);
    this.encoder = new RowEncoder(model, this.limit);
    this.measure = new RowEncoder(model, Number.MAX_SAFE_INTEGER);
    this.checkSlots();
    this.checkLabels();
    const special = tokenizer.prefix.length + tokenizer.suffix.length;
    const room = this.limit - this.lengthOf(this.input(''));
    if (room < minTextTokens) throw this.noRoom(room);
    const shared = room - this.examples.reserve(room);
    this.maxTextTokens = Math.max(minTextTokens, Math.min(shared, chunkTokens - special));
    this.exampleRoom = room - this.maxTextTokens;
  }

  count(text: string): number {
    return this.model.tokenizer.count(text);
  }

  encode(text: string, nearestExamples: readonly number[]): EncodedRow {
    return this.encoder.encode(this.input(text, nearestExamples, this.exampleRoom));
  }

  async run(rows: readonly EncodedRow[]): Promise<RowOutput[]> {
    const { logits } = await runBatch(this.model, rows);
    return logits.map((row) => ({ logits: row, vector: null }));
  }

  private get limit(): number {
    return this.model.folder.config.maxLength;
  }

  private input(text: string, nearestExamples: readonly number[] = [], room = 0): InputStrings {
    const { labels } = this.task;
    const read = this.examples.with(neutraliseMarkers(text), nearestExamples, room);
    return buildInput(this.model.folder.config, { ...read, labels, prompt: this.prompt });
  }

  /** Tokens of the input that shares its limit with the text. */
  private lengthOf(input: InputStrings): number {
    return this.measure.encode(input).ids.length;
  }

  private checkSlots(): void {
    const { slots, folder } = this.model;
    const { labels } = this.task;
    if (slots === null || labels.length <= slots) return;
    throw new AppError(
      'labels-cut',
      `The model "${folder.name}" takes at most ${slots} labels; the label set has ${labels.length}. Left over: ` +
        `${list(labels.slice(slots))}. Use fewer labels, or a model that takes any number.`,
    );
  }

  /** Labels that the model reads apart from the text have a limit of their own. */
  private checkLabels(): void {
    const { labels } = this.task;
    const input = this.input('');
    const row = this.measure.encode(input);
    const tooLong = row.labelIds?.flatMap((ids, index) => (ids.length > this.limit ? [labels[index] ?? ''] : [])) ?? [];
    if (tooLong.length > 0) throw this.labelsCut(tooLong);
    if (row.classIds !== null && row.classIds.length > this.limit) throw this.labelsCut(this.beyond(row.classIds));
  }

  private noRoom(room: number): AppError {
    const { labels } = this.task;
    const bare = buildInput(this.model.folder.config, { text: '', labels, prompt: '', examples: '' });
    const row = this.measure.encode(bare);
    if (this.limit - row.ids.length < minTextTokens)
      return this.labelsCut(this.beyond(row.ids.slice(0, this.limit - minTextTokens)));
    return new AppError(
      'input-invalid',
      `The label set's prompt and examples leave ${Math.max(room, 0)} of the ${this.limit} tokens of a pass for the text. ` +
        'Shorten the prompt, or give fewer or shorter examples.',
    );
  }

  /** The labels whose markers stand past what a pass can hold, at least the last one. */
  private beyond(ids: readonly number[]): readonly string[] {
    const { labels } = this.task;
    const held = ids.slice(0, this.limit).filter((id) => id === this.model.folder.config.classTokenIndex).length;
    return labels.slice(Math.min(Math.max(held - 1, 0), labels.length - 1));
  }

  private labelsCut(cut: readonly string[]): AppError {
    return new AppError(
      'labels-cut',
      `The labels do not fit into the ${this.limit} tokens that the model "${this.model.folder.name}" reads at a time. ` +
        `Left over: ${list(cut)}. Use fewer labels, or shorten their names and descriptions.`,
    );
  }
}

/** The labels in words; the first few where there are many. */
function list(labels: readonly string[]): string {
  const shown = labels.slice(0, 5).map((label) => `"${label.length > 60 ? `${label.slice(0, 60)}…` : label}"`);
  return shown.join(', ') + (labels.length > 5 ? ` and ${labels.length - 5} more` : '');
}
