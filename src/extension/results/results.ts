// The results of this window: texts that are no files of the workspace in memory, all other documents in the index. One id a
// document, one stream of changes; selections are parts of their document.
import * as vscode from 'vscode';
import { fileSpan } from '../../core/excerpt';
import { lineCounter } from '../../core/lineCounter';
import { withParts } from '../../core/tree/parts';
import type { EffectiveTags } from '../../core/review/effectiveTags';
import type { PlaceText } from '../../core/review/steps';
import type { LabelScore, Span } from '../../core/tagResult';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';
import type { ExportDocument } from '../../workspace/types';
import { isPart, partUri } from '../../workspace/split/parts';
import { within } from '../host/within';
import type { LabelSets } from '../labels/labelSets';
import { isMarkdown, nameOf } from './documentNames';
import type { IndexHome } from './indexHome';
import type { MemoryHome } from './memoryHome';
import { evidenceLine } from './passage';
import type { Pinpointer } from './pinpointer';
import type { Evidence, Place, ResultChange, ResultHome, Section } from './resultHome';

/** Longer than this nobody waits for a document to open. */
const passageDeadlineMs = 1000;

export class Results implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ResultChange>();
  private readonly subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: MemoryHome,
    private readonly index: IndexHome,
    private readonly labelSets: LabelSets,
    private readonly pinpointer: Pinpointer,
  ) {
    this.subscriptions = [memory, index].map((home) =>
      home.onDidChange((change) => {
        this.changed.fire(this.asSeen(change));
      }),
    );
  }

  get isEmpty(): boolean {
    return this.index.kept.size === 0 && this.memory.ids().length === 0;
  }

  /** Documents. Their parts are in their summaries. */
  ids(): string[] {
    const inMemory = this.memory.ids().filter((id) => !this.index.has(id));
    const ids = this.index.ids();
    return inMemory.length === 0 ? ids : [...ids, ...inMemory];
  }

  /** Documents, each with its parts behind it. */
  *idsWithParts(): Generator<string, void> {
    for (const id of this.ids()) {
      yield id;
      for (const part of this.memory.parts(id)) yield part.id;
    }
  }

  /** A document, or a part of one. */
  has(id: string): boolean {
    return this.index.has(id) || this.memory.has(id) || this.memory.parts(id).length > 0;
  }

  /** The document with its parts; where only parts were tagged, the row that they stand under. */
  summary(id: string): DocumentSummary | undefined {
    const own = this.homeOf(id)?.summary(id);
    const parts = this.memory.parts(id);
    if (parts.length === 0) return own;
    if (own) return { ...own, parts };
    const { title, folders } = nameOf(vscode.Uri.parse(id));
    return { id, title, folders, tags: [], chunkCount: 0, stale: false, partsOnly: true, parts };
  }

  /** One of the documents that a file is read in. */
  isFilePart(id: string): boolean {
    return isPart(id) && this.index.has(id);
  }

  /** The documents that a file is read in, in the order in which they came; empty where it is read as a whole. */
  fileParts(id: string): string[] {
    const begin = partUri(id, '');
    return this.index.ids().filter((one) => one.startsWith(begin));
  }

  /** Id of the document that this is, or is a part of. */
  documentOf(id: string): string {
    return this.memory.documentOf(id) ?? id;
  }

  /** Every document and part that has a result of its own. */
  *summaries(): Generator<DocumentSummary, void> {
    for (const id of this.ids()) {
      const summary = this.summary(id);
      if (summary) yield* withParts(summary);
    }
  }

  async details(id: string): Promise<ScoreDetail[]> {
    return (await this.homeOf(id)?.details(id)) ?? [];
  }

  /** The details with the best sentence of each tag in place of its chunk; null where there is nothing narrower. */
  async exactDetails(id: string): Promise<ScoreDetail[] | null> {
    const set = this.labelSets.read().active;
    const evidence = await this.evidence(id);
    if (!set || !evidence) return null;
    const passages = await this.pinpointer.find(evidence.text, evidence.tags, set, isMarkdown(id));
    if (passages.size === 0) return null;
    const lines = lineCounter(evidence.document);
    return (await this.details(id)).map((detail) => {
      const span = detail.tag ? passages.get(set.labels[detail.label]?.name ?? '') : undefined;
      if (!span) return detail;
      const passage = evidenceLine(evidence.text, span, isMarkdown(id));
      const { start, end } = fileSpan(evidence.runs, { start: span.start, end: span.end });
      return { ...detail, evidence: passage, startLine: lines(start), endLine: lines(end) };
    });
  }

  /** The sentence of a chunk that fits the label best; the chunk where no sentence can be told. */
  async place(id: string, label: number | null): Promise<Place | null> {
    const home = this.homeOf(id);
    // A document of which only parts were tagged opens as it is.
    if (!home) return this.has(id) ? { uri: vscode.Uri.parse(id), span: null } : null;
    const place = await home.place(id, label);
    const set = this.labelSets.read().active;
    const name = label === null ? undefined : set?.labels[label]?.name;
    if (!place?.span || !set || name === undefined) return place;
    const evidence = await this.evidence(id);
    if (!evidence) return place;
    // A label that is no tag has its best sentence too.
    const isTag = evidence.tags.some((tag) => tag.label === name);
    const tags = isTag ? evidence.tags : evidence.scores.filter((score) => score.label === name);
    // The document opens also where the model is slow to come, or cannot run: at the chunk then.
    const finding = this.pinpointer.find(evidence.text, tags, set, isMarkdown(id));
    const passage = (await within(finding, passageDeadlineMs))?.get(name);
    return passage ? { ...place, span: fileSpan(evidence.runs, passage) } : place;
  }

  /** The passages of a label, chunk by chunk: the model reads their sentences one by one. */
  async *passages(id: string, label: number): AsyncGenerator<Span[], void> {
    const home = this.homeOf(id);
    const set = this.labelSets.read().active;
    const name = set?.labels[label]?.name;
    const evidence = await this.evidence(id);
    if (!home || !set || name === undefined || !evidence) return;
    const { text, runs, scores } = evidence;
    const sections = await home.sections(id);
    const chunks: Span[] = sections.filter(({ tags }) => tags.some((tag) => tag.label === name));
    if (chunks.length === 0) chunks.push(...scores.filter((score) => score.label === name));
    for (const chunk of chunks) {
      const spans = await this.pinpointer.all(text, chunk, set, name, isMarkdown(id));
      yield spans.map((span) => fileSpan(runs, span));
    }
  }

  /** Looks whether the document is still there; its row says where it is not. */
  async isGone(id: string): Promise<boolean> {
    return (await this.homeOf(id)?.isGone(id)) ?? false;
  }

  /** The tags of a document as a whole, after people's decisions. */
  tagsOf(uri: vscode.Uri): readonly LabelScore[] | undefined {
    return this.effective(uri.toString())?.tags;
  }

  /** The tags of a document or part with what people decided of each; undefined where it has no scores. */
  effective(id: string): EffectiveTags | undefined {
    return this.homeOf(id)?.effective(id);
  }

  /** What a decision on this document or part is about; null where it has no scores, or is nothing that can be found again. */
  async decidedPlace(id: string): Promise<PlaceText | null> {
    return (await this.homeOf(id)?.decidedPlace(id)) ?? null;
  }

  async exported(id: string): Promise<ExportDocument | null> {
    return (await this.homeOf(id)?.exported(id)) ?? null;
  }

  /** The document's chunks in their order with each one's own tags; places in the document. */
  async sections(id: string): Promise<readonly Section[]> {
    const sections = (await this.homeOf(id)?.sections(id)) ?? [];
    const runs = sections.length > 0 ? (await this.evidence(id))?.runs : undefined;
    return runs ? sections.map((section) => fileSpan(runs, section)) : [];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  async evidence(id: string): Promise<Evidence | null> {
    return (await this.homeOf(id)?.evidence(id)) ?? null;
  }

  /** Undefined also for a document of which only parts were tagged. */
  private homeOf(id: string): ResultHome | undefined {
    return [this.index, this.memory].find((home) => home.has(id));
  }

  /** A document that one home lost may still have parts in the other. */
  private asSeen(change: ResultChange): ResultChange {
    const kept = change.removed.filter((id) => this.has(id));
    if (kept.length === 0) return change;
    const gone = change.removed.filter((id) => !kept.includes(id));
    return { ...change, changed: [...change.changed, ...kept], removed: gone };
  }
}
