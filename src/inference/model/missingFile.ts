// The one thing said of a file that a model folder lacks.
import path from 'node:path';
import { AppError } from '../../shared/errors';

export function missingFile(file: string, cause: unknown): AppError {
  return new AppError(
    'model-missing',
    `The model has no ${path.basename(file)} (looked for ${file}). A model folder needs config.json, ` +
      'tokenizer.json, tokenizer_config.json and an .onnx file.',
    { cause },
  );
}
