// Token ids of one text's input, truncated as upstream's tokenizer call does, with what truncation took from the labels.
import type { TextSide } from '../model/textSide';
import type { InputStrings } from './inputStrings';
import { cutByTruncation, cutFromSection } from './cutLabels';

/** One row of a batch, unpadded. */
export interface EncodedRow {
  /** Main input: [tokens]. */
  readonly ids: readonly number[];
  /** Class string of encoder-decoders: [tokens]; else null. */
  readonly classIds: readonly number[] | null;
  /** Each label of bi-encoders: [labels][tokens]; else null. */
  readonly labelIds: readonly (readonly number[])[] | null;
  readonly labelCount: number;
  /** Tokens that truncation took from the main input. */
  readonly cutTokens: number;
  /** Indexes of the labels that do not reach the model whole. */
  readonly labelsCut: readonly number[];
}

/** Tokens that a pass of the row reads: labels that stand apart from the text are read again with every row. */
export function tokensOf({ ids, classIds, labelIds }: EncodedRow): number {
  const labels = labelIds?.reduce((longest, label) => Math.max(longest, label.length), 0) ?? 0;
  return ids.length + (classIds?.length ?? 0) + labels * (labelIds?.length ?? 0);
}

export type RowModel = Pick<TextSide, 'folder' | 'tokenizer' | 'labelTokenizer'>;

interface EncodedLabels {
  readonly labels: readonly string[];
  readonly ids: readonly number[][];
  readonly cut: readonly number[];
}

/** Encodes rows for one model; labels shared by consecutive rows are tokenised once. */
export class RowEncoder {
  private lastLabels: EncodedLabels | null = null;

  constructor(
    private readonly model: RowModel,
    /** Tokens of one input, special tokens included; encoder-decoders cut text and class string each to it. */
    private readonly maxLength: number,
  ) {}

  encode(input: InputStrings): EncodedRow {
    const { tokenizer, folder } = this.model;
    const { config } = folder;
    if (config.architectureType === 'decoder-kv') return this.encodeDecoder(input);
    const whole = tokenizer.encode(input.main);
    const ids = tokenizer.truncate(whole, this.maxLength);
    const wholeClasses = input.classes === null ? null : tokenizer.encode(input.classes);
    const classIds = wholeClasses && tokenizer.truncate(wholeClasses, this.maxLength);
    const labels = input.labels === null ? null : this.encodeLabels(input.labels);
    const marked = classIds ?? ids;
    const shortened = (wholeClasses ?? whole).length > marked.length;
    const cutMarkers =
      shortened && config.architectureType !== 'bi-encoder' ? cutByTruncation(marked, input.labelCount, config) : [];
    return {
      ids,
      classIds,
      labelIds: labels?.ids ?? null,
      labelCount: input.labelCount,
      cutTokens: whole.length - ids.length,
      labelsCut: [...new Set([...cutMarkers, ...(labels?.cut ?? [])])],
    };
  }

  /** The label section stays whole; the context gets what is left, at least one token. No special tokens. */
  private encodeDecoder(input: InputStrings): EncodedRow {
    const { tokenizer, folder } = this.model;
    const section = tokenizer.encode(input.classes ?? '', { addSpecialTokens: false });
    const context = tokenizer.encode(input.main, { addSpecialTokens: false });
    const budget = Math.max(1, this.maxLength - section.length);
    return {
      ids: [...context.slice(0, budget), ...section],
      classIds: null,
      labelIds: null,
      labelCount: input.labelCount,
      cutTokens: Math.max(0, context.length - budget),
      labelsCut: cutFromSection(section, this.maxLength - 1, folder.config),
    };
  }

  private encodeLabels(labels: readonly string[]): EncodedLabels {
    if (this.lastLabels?.labels === labels) return this.lastLabels;
    const { labelTokenizer } = this.model;
    const whole = labels.map((label) => labelTokenizer.encode(label));
    const ids = whole.map((tokens) => labelTokenizer.truncate(tokens, this.maxLength));
    const cut = whole.flatMap((tokens, index) => (tokens.length > this.maxLength ? [index] : []));
    this.lastLabels = { labels, ids, cut };
    return this.lastLabels;
  }
}
