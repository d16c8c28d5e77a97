// Turns text into the model's token ids, with the folder's own tokenizer. Truncation is ours: exact and visible.
import fs from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { AppError } from '../../shared/errors';
import { missingFile } from './missingFile';

export interface EncodeOptions {
  /** Adds what the tokenizer puts around a text, such as [CLS] and [SEP]; true where absent. */
  readonly addSpecialTokens?: boolean;
}

export class TextTokenizer {
  readonly padTokenId: number;
  /** Special tokens that stand before and after every text. */
  readonly prefix: readonly number[];
  readonly suffix: readonly number[];

  constructor(
    private readonly tokenizer: Tokenizer,
    config: TokenizerConfig,
  ) {
    const pad = contentOf(config.pad_token) ?? contentOf(config.eos_token);
    this.padTokenId = (pad === null ? undefined : tokenizer.token_to_id(pad)) ?? 0;
    const bare = this.encode('a', { addSpecialTokens: false });
    const whole = this.encode('a');
    const start = whole.findIndex((_, index) => bare.every((id, offset) => whole[index + offset] === id));
    if (start < 0) throw new Error('with its special tokens it reads a text otherwise than without');
    this.prefix = whole.slice(0, start);
    this.suffix = whole.slice(start + bare.length);
  }

  /** Token ids of the whole text: nothing is cut, nothing is padded. */
  encode(text: string, options: EncodeOptions = {}): number[] {
    return this.tokenizer.encode(text, { add_special_tokens: options.addSpecialTokens ?? true }).ids;
  }

  /** Token ids with special tokens, cut from the text's end to `maxLength`; the closing special tokens stay. */
  encodeTruncated(text: string, maxLength: number): number[] {
    return this.truncate(this.encode(text), maxLength);
  }

  /** Cuts encoded ids (with special tokens) as Hugging Face tokenizers do. */
  truncate(ids: readonly number[], maxLength: number): number[] {
    if (ids.length <= maxLength) return [...ids];
    return [...ids.slice(0, maxLength - this.suffix.length), ...this.suffix];
  }

  /** Number of tokens of a text without special tokens. */
  count(text: string): number {
    return this.encode(text, { addSpecialTokens: false }).length;
  }

  /** The id of a token that stands for exactly this text, such as <<LABEL>>; null where it takes several tokens. */
  idOf(token: string): number | null {
    const ids = this.encode(token, { addSpecialTokens: false });
    return ids.length === 1 ? (ids[0] ?? null) : null;
  }
}

/** What is read of tokenizer_config.json here; the library reads more. */
interface TokenizerConfig {
  readonly pad_token?: unknown;
  readonly eos_token?: unknown;
}

/** A special token stands in tokenizer_config.json as its text, or as an object that holds it. */
function contentOf(token: unknown): string | null {
  if (typeof token === 'object' && token !== null && 'content' in token) return contentOf(token.content);
  return typeof token === 'string' && token !== '' ? token : null;
}

/**
 * Loads the tokenizer of a folder (tokenizer.json, tokenizer_config.json).
 * @throws AppError model-missing, model-tokenizer-invalid.
 */
export async function loadTokenizer(folder: string): Promise<TextTokenizer> {
  const tokenizer = await readJson(path.join(folder, 'tokenizer.json'));
  const config = await readJson(path.join(folder, 'tokenizer_config.json'));
  try {
    return new TextTokenizer(new Tokenizer(tokenizer, config), config);
  } catch (cause) {
    throw new AppError(
      'model-tokenizer-invalid',
      `The tokenizer in ${folder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Use the tokenizer.json and tokenizer_config.json that belong to the model.',
      { cause },
    );
  }
}

async function readJson(file: string): Promise<object> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (cause) {
    throw missingFile(file, cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('model-tokenizer-invalid', `${file} is not valid JSON. Put the model's own file there.`, {
      cause,
    });
  }
  if (typeof value === 'object' && value !== null) return value;
  throw new AppError('model-tokenizer-invalid', `${file} is no JSON object. Put the model's own file there.`);
}
