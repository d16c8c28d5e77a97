// Writes what a run found out, in small transactions, and counts it only when it is written.
import type { DocumentFailure, DocumentScores } from '../../shared/classifier';
import type { ErrorCode } from '../../shared/errors';
import type { DocumentPlace, SourceFile, Skip } from '../types';
import type { RunWriter } from '../store/runWriter';
import type { TagStore } from '../store/tagStore';
import type { Step } from './planner';
import type { ProgressMeter } from './progressMeter';
import { SeenSet } from './seenSet';
import { WalTrimmer } from './walTrimmer';

/** Small changes gathered before they are written: a few milliseconds of work. */
const bufferLength = 128;

/** Codes that the same text would meet again, with the same model and labels. */
export const lastingFailures: ReadonlySet<ErrorCode> = new Set([
  'document-poison',
  'document-too-large',
  'document-unreadable',
  'input-invalid',
]);

export interface CommitEvents {
  /** Documents whose tags changed in the index. */
  readonly onDocuments?: (documents: readonly DocumentPlace[]) => void;
  readonly onSkips?: (skips: readonly Skip[]) => void;
  /** URIs of documents that went. */
  readonly onRemoved?: (uris: readonly string[]) => void;
  /** Things for the log that stop nothing. */
  readonly onWarning?: (error: unknown) => void;
}

type SmallChange =
  | { readonly type: 'reuse'; readonly file: SourceFile; readonly contentId: number }
  | { readonly type: 'skip'; readonly skip: Skip };

export class Committer {
  readonly seenDocuments = new SeenSet();
  readonly seenSkips = new SeenSet();
  private buffer: SmallChange[] = [];
  private readonly trimmer: WalTrimmer;

  constructor(
    private readonly store: TagStore,
    private readonly writer: RunWriter,
    private readonly meter: ProgressMeter,
    private readonly events: CommitEvents,
  ) {
    this.trimmer = new WalTrimmer(store, writer, (error) => events.onWarning?.(error));
  }

  current(documentId: number): void {
    this.seenDocuments.add(documentId);
    this.meter.count('reused');
    this.meter.advance();
  }

  reuse(file: SourceFile, contentId: number): void {
    this.push({ type: 'reuse', file, contentId });
  }

  skip(skip: Skip): void {
    this.push({ type: 'skip', skip });
  }

  /** A file whose parts are the documents. Those are counted, it is not. */
  whole(step: Extract<Step, { type: 'whole' }>): void {
    const { id, hadTags } = this.store.transaction(() =>
      this.writer.placeWhole(step.file, 'hash' in step ? this.writer.keepContent(step.hash) : step.contentId),
    );
    this.seenDocuments.add(id);
    if (hadTags) this.events.onRemoved?.([step.file.uri]);
  }

  /** A text that the model refused before. */
  refused(file: SourceFile, contentId: number, code: ErrorCode, message: string): void {
    const skip = failedSkip(file, { code, message });
    this.store.transaction(() => {
      this.seenDocuments.add(this.writer.place(file, contentId, false));
      this.seenSkips.add(this.writer.skip(skip));
    });
    this.countSkip(skip);
    this.events.onSkips?.([skip]);
  }

  /** A text that the model scored; `copies` are other files with the same text. */
  classified(
    items: readonly {
      readonly hash: string;
      readonly files: readonly SourceFile[];
      readonly outcome: DocumentScores;
    }[],
  ): void {
    if (items.length === 0) return;
    this.store.transaction(() => {
      for (const { hash, files, outcome } of items) {
        const contentId = this.writer.keepContent(hash);
        this.writer.keepScores(contentId, outcome);
        for (const file of files) this.seenDocuments.add(this.writer.place(file, contentId, true));
      }
    });
    for (const { files } of items) {
      this.meter.count('classified');
      this.meter.count('reused', files.length - 1);
      this.meter.advance(files.length);
    }
    this.events.onDocuments?.(items.flatMap(({ files }) => files));
  }

  relabelled(
    items: readonly { readonly file: SourceFile; readonly contentId: number; readonly outcome: DocumentScores }[],
  ): void {
    if (items.length === 0) return;
    this.store.transaction(() => {
      for (const { file, contentId, outcome } of items) {
        this.writer.keepScores(contentId, outcome);
        this.seenDocuments.add(this.writer.place(file, contentId, true));
      }
    });
    this.meter.count('relabelled', items.length);
    this.meter.advance(items.length);
    this.events.onDocuments?.(items.map(({ file }) => file));
  }

  failed(hash: string, files: readonly SourceFile[], failure: DocumentFailure): void {
    const skips = files.map((file) => failedSkip(file, failure));
    this.store.transaction(() => {
      const contentId = this.writer.keepContent(hash);
      if (lastingFailures.has(failure.code)) this.writer.keepFailure(contentId, failure.code, failure.message);
      for (const file of files) this.seenDocuments.add(this.writer.place(file, contentId, false));
      for (const skip of skips) this.seenSkips.add(this.writer.skip(skip));
    });
    for (const skip of skips) this.countSkip(skip);
    this.events.onSkips?.(skips);
  }

  /** Writes what was gathered. */
  flush(): void {
    const changes = this.buffer;
    if (changes.length === 0) return;
    this.buffer = [];
    this.store.transaction(() => {
      for (const change of changes) {
        if (change.type === 'skip') this.seenSkips.add(this.writer.skip(change.skip));
        else this.seenDocuments.add(this.writer.place(change.file, change.contentId, true));
      }
    });
    const documents = [];
    const skips = [];
    for (const change of changes) {
      if (change.type === 'skip') {
        this.countSkip(change.skip);
        skips.push(change.skip);
      } else {
        this.meter.count('reused');
        this.meter.advance();
        documents.push(change.file);
      }
    }
    if (documents.length > 0) this.events.onDocuments?.(documents);
    if (skips.length > 0) this.events.onSkips?.(skips);
  }

  /** Moves the WAL into the file when it is long. */
  tidy(): void {
    this.trimmer.trim();
  }

  /** Nothing of this run is under way in other threads. */
  settled(): Promise<void> {
    return this.trimmer.settled();
  }

  private push(change: SmallChange): void {
    this.buffer.push(change);
    if (this.buffer.length >= bufferLength) this.flush();
  }

  private countSkip({ reason, folder }: Skip): void {
    this.meter.count('skipped');
    if (reason === 'failed') this.meter.count('failed');
    if (!folder) this.meter.advance();
  }
}

function failedSkip(
  { uri, root, path, part }: DocumentPlace,
  failure: { readonly code: ErrorCode; readonly message: string },
): Skip {
  const place = { uri, root, path, ...(part === undefined ? {} : { part }) };
  return { ...place, reason: 'failed', detail: failure.message, folder: false, code: failure.code };
}
