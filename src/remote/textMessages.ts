// What goes between a client and the thread that cuts its texts. Both are one build's, so nothing is parsed.
import type { ClassificationTask, DocumentInput } from '../shared/classifier';
import type { ErrorCode } from '../shared/errors';

export type TextRequest = { readonly id: number } & (
  | { readonly type: 'facts' }
  /** Answered by the prompt; the task is known by the request's id from then on. */
  | { readonly type: 'open'; readonly task: ClassificationTask; readonly chunkTokens: number }
  | { readonly type: 'cut'; readonly task: number; readonly document: DocumentInput }
  | { readonly type: 'close'; readonly task: number }
);

export type TextReply = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string }
);
