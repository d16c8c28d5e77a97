// Decides for each found file what it needs: nothing, new scores from kept vectors, or the model; reads it only where it must.
import { isExport } from '../export/isExport';
import { readDocument } from '../read/readDocument';
import { readingOf } from '../read/readableText';
import { keptTime } from '../read/settled';
import type { KnownContent, RunWriter } from '../store/runWriter';
import type { FileTree, FoundEntry, FoundFile, ReadOptions, Skip, SourceFile } from '../types';
import type { ErrorCode } from '../../shared/errors';
import { PartPlanner } from './partPlanner';

/** What is to be done with one file. Only `classify` holds a text. */
export type Step =
  /** The index shows it rightly already. */
  | { readonly type: 'current'; readonly documentId: number }
  /** Its text has a result: the document is to be put to it. */
  | { readonly type: 'reuse'; readonly file: SourceFile; readonly contentId: number }
  | { readonly type: 'rescore'; readonly file: SourceFile; readonly contentId: number }
  | { readonly type: 'classify'; readonly file: SourceFile; readonly hash: string; readonly text: string }
  /** The model refused this very text before. */
  | {
      readonly type: 'refused';
      readonly file: SourceFile;
      readonly contentId: number;
      readonly code: ErrorCode;
      readonly message: string;
    }
  /** A file that is read in parts: it is to be put to its place without tags. Its text is known, or has to be made known. */
  | {
      readonly type: 'whole';
      readonly file: SourceFile;
      readonly contentId: number;
    }
  | { readonly type: 'whole'; readonly file: SourceFile; readonly hash: string }
  | { readonly type: 'skip'; readonly skip: Skip };

export interface PlannerOptions {
  readonly read: ReadOptions;
  /** The model can score kept vectors. */
  readonly keepsVectors: boolean;
  readonly retryFailed: boolean;
}

export class Planner {
  private readonly parts: PartPlanner;

  constructor(
    private readonly tree: FileTree,
    private readonly writer: RunWriter,
    private readonly options: PlannerOptions,
    private readonly now: () => number,
  ) {
    this.parts = new PartPlanner(tree, writer, options.read, now, (file, content) =>
      content ? this.withContent(file, content) : null,
    );
  }

  /** One step for each document that the file is, or holds. */
  async plan(entry: FoundEntry): Promise<readonly Step[]> {
    if (entry.type === 'skip') return [entry];
    const rule = this.options.read.splitOf?.(entry.file.path);
    return rule ? this.parts.plan(entry.file, rule) : [await this.planWhole(entry.file)];
  }

  private async planWhole(file: FoundFile): Promise<Step> {
    if (this.options.read.textOf?.(file.uri) === undefined) {
      const known = this.writer.document(file, readingOf(file.uri, this.options.read));
      if (known?.content) {
        const { content, source } = known;
        if (content.hasResult && known.current) return { type: 'current', documentId: known.id };
        const step = this.withContent({ ...file, source }, content);
        if (step) return step;
      }
    }
    return this.readWhole(file);
  }

  /** Reads the file, or the part of one, whatever the index says of its size and time. */
  async read(file: SourceFile): Promise<Step> {
    const rule = file.part === undefined ? null : this.options.read.splitOf?.(file.path);
    return rule ? this.parts.readOne(file, rule) : this.readWhole(file);
  }

  private async readWhole(file: FoundFile): Promise<Step> {
    const readAtMs = this.now();
    const result = await readDocument(this.tree, file, this.options.read);
    if (!result.ok) {
      const { uri, root, path } = file;
      return { type: 'skip', skip: { uri, root, path, reason: result.reason, detail: result.detail, folder: false } };
    }
    if (isExport(result.file)) {
      const { uri, root, path } = file;
      return { type: 'skip', skip: { uri, root, path, reason: 'export', detail: '', folder: false } };
    }
    const { source } = result;
    const read: SourceFile = { ...file, source, mtimeMs: keptTime(file.mtimeMs, readAtMs, result.fromEditor) };
    const content = this.writer.content(result.hash);
    return (
      (content && this.withContent(read, content)) ?? {
        type: 'classify',
        file: read,
        hash: result.hash,
        text: result.text,
      }
    );
  }

  private withContent(file: SourceFile, content: KnownContent): Step | null {
    if (content.hasResult) return { type: 'reuse', file, contentId: content.id };
    if (content.failure && !this.options.retryFailed) {
      return { type: 'refused', file, contentId: content.id, ...content.failure };
    }
    if (content.hasVectors && this.options.keepsVectors) return { type: 'rescore', file, contentId: content.id };
    return null;
  }
}
