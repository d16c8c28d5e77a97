// Messages between the host (extension or CLI) and the inference child. Parsed before use on both sides (parseChildMessages.ts).
import type { ClassificationTask, DocumentInput, DocumentOutcome, KeptDocument, ModelDescription } from './classifier';
import type { ErrorCode } from './errors';

/** How a model folder is to be loaded. */
export interface LoadOptions {
  /** Absolute path of the model folder. */
  readonly folder: string;
  /** Processor cores the model may use in all; 0: every core. */
  readonly threads: number;
  /** Upper bound of padded tokens in one pass. */
  readonly maxBatchTokens: number;
  /** What of the machine runs the graph, in ONNX Runtime's words (`cuda`, `webgpu`); the processor (`cpu`) where absent. */
  readonly executionProvider?: string;
}

export type HostMessage =
  | ({ readonly type: 'load'; readonly id: number } & LoadOptions)
  | {
      readonly type: 'classify';
      readonly id: number;
      readonly documents: readonly DocumentInput[];
      readonly task: ClassificationTask;
      readonly chunkTokens: number | null;
      readonly vectors: boolean;
    }
  | {
      readonly type: 'rescore';
      readonly id: number;
      readonly documents: readonly KeptDocument[];
      readonly task: ClassificationTask;
    }
  /** The labels are asked for as vectors, to score kept vectors where these are. */
  | { readonly type: 'labels'; readonly id: number; readonly task: ClassificationTask }
  | { readonly type: 'verify'; readonly id: number; readonly folder: string; readonly goldenFile: string | null }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'shutdown' };

/** A file that decides scores, and what tells that it is still the one that was read. */
export interface FileStamp {
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** Last change of anything about the file; unlike mtime no program can set it. */
  readonly ctimeMs: number;
  readonly inode: number;
}

/** A model as it was loaded. */
export interface LoadedFiles {
  readonly model: ModelDescription;
  /** All that its hash covers. */
  readonly files: readonly FileStamp[];
}

/** Result of replaying a golden file in parity mode (`glitag verify`). */
export interface VerifyReport {
  readonly cases: number;
  readonly batches: number;
  readonly idMismatches: number;
  readonly resultMismatches: number;
  readonly maxLogitDiff: number;
  readonly maxProbDiff: number;
  /** First few mismatches in words, for people. */
  readonly details: readonly string[];
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where diagnostics go. Messages never hold document text. */
export type Log = (level: LogLevel, message: string) => void;

/** Resident memory of the child when it sent the message, in bytes. */
interface WithMemory {
  readonly rssBytes: number;
}

export type ChildMessage =
  | ({ readonly type: 'ready'; readonly id: number } & LoadedFiles & WithMemory)
  | ({ readonly type: 'scores'; readonly id: number; readonly outcomes: readonly DocumentOutcome[] } & WithMemory)
  /** `values`: row-major [labels, dimensions], moved by the task's examples. */
  | ({ readonly type: 'labels'; readonly id: number; readonly values: Float32Array } & WithMemory)
  | ({ readonly type: 'verified'; readonly id: number; readonly report: VerifyReport } & WithMemory)
  /** `done` documents finished; `current` is the id of the document at work, for crash attribution. */
  | ({
      readonly type: 'progress';
      readonly id: number;
      readonly done: number;
      readonly current: string | null;
    } & WithMemory)
  /** `id` is 0 where no request was at work. `child-crashed`: the child ends itself right after. */
  | { readonly type: 'failed'; readonly id: number; readonly code: ErrorCode; readonly message: string }
  | { readonly type: 'log'; readonly level: LogLevel; readonly message: string };
