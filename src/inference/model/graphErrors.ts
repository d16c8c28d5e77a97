// What ONNX Runtime says, as errors for a user. Its JavaScript binding gives messages only, no codes.
import { AppError } from '../../shared/errors';

/** The native module cannot be loaded. */
export function runtimeError(cause: unknown): AppError {
  return new AppError(
    'native-load-failed',
    `ONNX Runtime cannot be loaded on this machine (${process.platform}-${process.arch}): ${firstLine(cause)}.`,
    { cause },
  );
}

/** ONNX Runtime is built without the execution provider; `there`: those that it has. */
export function providerError(provider: string, there: string): AppError {
  return new AppError(
    'model-unsupported',
    `ONNX Runtime on this machine (${process.platform}-${process.arch}) has no execution provider “${provider}”. ` +
      `It has: ${there}. Choose one of these as the model's “executionProvider”.`,
  );
}

/** A session cannot be made of a file. */
export function graphError(
  { file, provider }: { readonly file: string; readonly provider: string },
  cause: unknown,
): AppError {
  return (
    memoryError(cause) ??
    // The file may be as it should: a driver or a library of the provider may be missing.
    (provider === 'cpu' ? undefined : providerFailed(file, provider, cause)) ??
    new AppError(
      'model-graph-invalid',
      `ONNX Runtime cannot load ${file}: ${firstLine(cause)}. Put a whole ONNX export of the model there.`,
      { cause },
    )
  );
}

function providerFailed(file: string, provider: string, cause: unknown): AppError {
  return new AppError(
    'model-unsupported',
    `The execution provider “${provider}” cannot run ${file} on this machine. Choose “cpu” as the model's ` +
      `“executionProvider”, or install what it needs. ONNX Runtime says: ${firstLine(cause)}.`,
    { cause },
  );
}

/** A pass failed. */
export function passError(cause: unknown): AppError {
  return (
    memoryError(cause) ??
    new AppError('inference-failed', `The model failed on a document: ${firstLine(cause)}.`, { cause })
  );
}

function memoryError(cause: unknown): AppError | undefined {
  // ONNX Runtime's allocators, and V8's for typed arrays, all say one of these.
  if (!/bad_alloc|Failed to allocate memory|Array buffer allocation failed|out of memory/i.test(textOf(cause)))
    return undefined;
  return new AppError(
    'out-of-memory',
    'There was not enough memory for the model. Lower the tokens per pass, or close other programs.',
    { cause },
  );
}

function firstLine(cause: unknown): string {
  return (textOf(cause).split('\n')[0] ?? '').trim().replace(/\.$/, '');
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
