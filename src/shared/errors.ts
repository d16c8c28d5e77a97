// The one error type, and the closed list of what can go wrong.

/** Codes are stable: tests, the CLI's JSON and the child protocol carry them. */
export const errorCodes = [
  'label-set-invalid',
  'setting-invalid',
  'input-invalid',
  'labels-cut',
  'document-too-large',
  'document-unreadable',
  'document-poison',
  'model-missing',
  'model-config-invalid',
  'model-tokenizer-invalid',
  'model-graph-invalid',
  'model-unsupported',
  'model-outside-folder',
  'model-changed',
  'native-load-failed',
  'out-of-memory',
  'inference-failed',
  'child-crashed',
  'child-stopped',
  'child-protocol',
  'deadline-exceeded',
  'server-unreachable',
  'server-failed',
  'server-refused',
  'server-token',
  'server-protocol',
  'download-damaged',
  'archive-invalid',
  'disk-full',
  'cancelled',
  'index-damaged',
  'index-busy',
  'index-unavailable',
  'index-unsupported',
  'golden-invalid',
  'data-invalid',
  'python-missing',
  'training-failed',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * An error that a user may see. `message` says what happened, where (setting, file, label) and what to do;
 * it never holds document text. `cause` is for the log.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'AppError';
  }
}

/** The error as an AppError: unchanged if it is one, else wrapped under `code` with its own message. */
export function asAppError(error: unknown, code: ErrorCode): AppError {
  if (error instanceof AppError) return error;
  return new AppError(code, error instanceof Error ? error.message : String(error), { cause: error });
}
