// What a pass of one task reads: the labels, the prompt, the examples and one chunk, and how long that chunk may be.
import type { ClassificationTask } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { TextSide } from '../model/textSide';
import { RowEncoder } from '../pipeline/encodeRow';
import type { EncodedRow } from '../pipeline/encodeRow';
import { formatExamples } from '../pipeline/fewShot';
import { buildInput } from '../pipeline/inputStrings';
import type { InputStrings } from '../pipeline/inputStrings';
import { neutraliseMarkers } from '../pipeline/neutraliseMarkers';
import type { WrittenText } from './exampleForms';
import { PromptExamples } from './promptExamples';
import { minTextTokens } from './taskScorer';

export interface InputModel extends TextSide {
  /** Label slots of a pass; null where there may be any number. */
  readonly slots: number | null;
}

export class JointInput {
  /** Most tokens of a chunk's text, without special tokens: what labels, prompt and examples leave. */
  readonly maxTextTokens: number;
  /** As the model reads it; empty for none. */
  readonly prompt: string;
  /** Tokens of a pass that are left for examples chosen for its document. */
  private readonly exampleRoom: number;
  private readonly examples: PromptExamples;
  private readonly encoder: RowEncoder;
  /** Without a limit: says how long an input really is. */
  private readonly measure: RowEncoder;

  /**
   * @param chunkTokens Most tokens of a chunk's text, special tokens included; labels, prompt and examples come on top.
   * @throws AppError labels-cut, input-invalid.
   */
  constructor(
    private readonly model: InputModel,
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
    const room = this.limit - this.lengthOf(this.bare);
    if (room < minTextTokens) throw this.noRoom(room);
    const shared = room - this.examples.reserve(room);
    this.maxTextTokens = Math.max(minTextTokens, Math.min(shared, chunkTokens - special));
    this.exampleRoom = room - this.maxTextTokens;
  }

  /** Tokens of a piece of text, without special tokens. */
  count(text: string): number {
    return this.model.tokenizer.count(text);
  }

  /** The row of a chunk; `cutTokens` above 0 says that it does not fit. */
  encode(text: string, nearestExamples: readonly number[]): EncodedRow {
    return this.encoder.encode(this.inputOf(this.read(text, nearestExamples)));
  }

  /** What is read for a chunk: its text without markers, and examples. */
  read(text: string, nearestExamples: readonly number[]): WrittenText {
    return this.examples.with(neutraliseMarkers(text), nearestExamples, this.exampleRoom);
  }

  private get limit(): number {
    return this.model.folder.config.maxLength;
  }

  /** Of a pass without text. */
  private get bare(): InputStrings {
    return this.inputOf(this.examples.with('', [], 0));
  }

  private inputOf({ text, examples }: WrittenText): InputStrings {
    const { labels } = this.task;
    const written = { text, labels, prompt: this.prompt, examples: formatExamples(examples) };
    return buildInput(this.model.folder.config, written);
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
    const input = this.bare;
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
