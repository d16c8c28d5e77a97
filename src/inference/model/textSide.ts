// What a model reads, without the graph that reads it: configuration and tokenizers, checked against each other.
import { AppError } from '../../shared/errors';
import type { TextFolder } from './modelFolder';
import { loadTokenizer } from './tokenizer';
import type { TextTokenizer } from './tokenizer';

export const markers = { label: '<<LABEL>>', separator: '<<SEP>>', example: '<<EXAMPLE>>' } as const;

export interface TextSide {
  readonly folder: TextFolder;
  readonly tokenizer: TextTokenizer;
  /** The same object where texts and labels share one tokenizer. */
  readonly labelTokenizer: TextTokenizer;
  /** The tokenizer knows <<EXAMPLE>>, so the model was made for few-shot examples. */
  readonly knowsExamples: boolean;
}

/** @throws AppError model-missing, model-config-invalid, model-tokenizer-invalid. */
export async function loadTextSide(folder: TextFolder): Promise<TextSide> {
  const tokenizer = await loadTokenizer(folder.folder);
  const separate = folder.labelTokenizerFolder !== folder.folder;
  const labelTokenizer = separate ? await loadTokenizer(folder.labelTokenizerFolder) : tokenizer;
  checkMarkers(folder, tokenizer);
  const knowsExamples = tokenizer.idOf(markers.example) === folder.config.exampleTokenIndex;
  return { folder, tokenizer, labelTokenizer, knowsExamples };
}

/** Without its markers a model cannot tell labels from text. */
function checkMarkers(folder: TextFolder, tokenizer: TextTokenizer): void {
  const { config } = folder;
  if (config.architectureType === 'bi-encoder') return;
  const expected: [string, number, string][] = [
    [markers.label, config.classTokenIndex, 'class_token_index'],
    [markers.separator, config.textTokenIndex, 'text_token_index'],
  ];
  if (config.architectureType === 'decoder-kv' && config.sepTokenIndex !== null)
    expected.push([markers.separator, config.sepTokenIndex, 'sep_token_index']);
  for (const [marker, id, key] of expected) {
    const found = tokenizer.idOf(marker);
    if (found === null)
      throw new AppError(
        'model-tokenizer-invalid',
        `The tokenizer in ${folder.folder} does not know the marker ${marker}. Use the tokenizer that was saved with ` +
          'the GLiClass model, not the one of its base model.',
      );
    if (found !== id)
      throw new AppError(
        'model-config-invalid',
        `${folder.folder}: config.json says "${key}": ${id}, but the tokenizer gives ${marker} the id ${found}. ` +
          'The two files do not belong together.',
      );
  }
}
