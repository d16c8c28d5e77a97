// Results of texts that are no files of the workspace (selections, untitled documents, notebook cells, files of elsewhere): kept
// while the window is open, right while documents are edited.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import type { EffectiveTags } from '../../core/review/effectiveTags';
import type { PlaceText } from '../../core/review/steps';
import type { Span, TagResult } from '../../core/tagResult';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';
import type { ExportDocument, FrontMatterOptions } from '../../workspace/types';
import type { TaughtModel } from '../learn/taughtModel';
import { decideKept, type Scored, type Tagger, type Unscored } from '../classify/tagger';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions } from '../review/decisions';
import { findPassage, followEdit, isOtherText } from './anchor';
import { isMarkdown } from './documentNames';
import { EntryDecisions, noTags } from './entryDecisions';
import { entryExport } from './entryExport';
import { documentOf, EntryTable } from './entryTable';
import { entryOf, inDocument, isOutdated, isShown, placesOf, type Entry, type MemoryResult } from './memoryEntry';
import { movedEntry } from './movedEntry';
import { documentAt, openDocument } from './openDocument';
import { evidenceLine } from './passage';
import type { Evidence, Place, ResultChange, ResultHome, Section } from './resultHome';
import { decidedLabels, summarise } from './summarise';
import { followWhole } from './wholeText';

/** Typing pauses longer than this let the hash be compared. */
const verifyDelayMs = 300;

/** Scheme of the documents behind notebook cells. */
const cellScheme = 'vscode-notebook-cell';

export class MemoryHome implements ResultHome, vscode.Disposable {
  private readonly entries = new EntryTable();
  private readonly changed = new vscode.EventEmitter<ResultChange>();
  private readonly decided: EntryDecisions;
  private readonly subscriptions: vscode.Disposable[];
  /** Scores under the labels that are shown next. */
  private prepared = new WeakMap<Entry, Scored>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly labelSets: LabelSets,
    private readonly tagger: Tagger,
    private readonly model: Pick<TaughtModel, 'hashOf' | 'onDidChange'>,
    decisions: Decisions,
    private readonly log: vscode.LogOutputChannel,
    private readonly frontMatter: () => FrontMatterOptions,
  ) {
    this.decided = new EntryDecisions(decisions, labelSets);
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.follow(event);
      }),
      // The next untitled document gets the same URI, and a cell is only there while its notebook is open; others may be opened again.
      vscode.workspace.onDidCloseTextDocument(({ isUntitled, uri }) => {
        // A change of language closes and opens a document too; it is still there then.
        const lasts = !isUntitled && uri.scheme !== cellScheme;
        if (!lasts && !openDocument(uri)) this.forget(uri);
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.move(oldUri, newUri);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.forget(uri);
      }),
      labelSets.onDidChange(() => {
        void this.decideAgain();
      }),
      model.onDidChange(() => {
        this.tell(this.entries.all());
      }),
      decisions.onDidChange(({ reset, uris }) => {
        this.tell(reset ? this.entries.all() : uris.flatMap((uri) => this.entries.of(uri)));
      }),
    ];
  }

  put(results: readonly MemoryResult[]): void {
    const taggedMs = Date.now();
    const entries = results.map((result) => entryOf(result, taggedMs, this.resultOf(result.outcome)));
    for (const entry of entries) {
      this.entries.set(entry);
      // The document may have been edited while the model read.
      this.verifyOpen(entry);
    }
    this.tell(entries);
    // The texts may have been decided on in an earlier window.
    void this.decided.load().then(() => {
      this.tell(entries);
    });
    // And the labels may have become others.
    if (entries.some(({ id }) => !this.has(id))) void this.scoreAgain();
  }

  /** Scores what is kept under labels that are shown next. */
  async prepare(set: LabelSet, signal: AbortSignal): Promise<void> {
    this.prepared = new WeakMap();
    for (const entry of [...this.entries.all()]) {
      if (signal.aborted) return;
      if (!entry.outcome.ok || decideKept(entry.outcome, set)) continue;
      const scored = await this.tagger.rescore(entry.outcome, set);
      if (scored) this.prepared.set(entry, scored);
    }
  }

  clear(): void {
    this.entries.clear();
    this.changed.fire({ reset: true, changed: [], removed: [] });
  }

  ids(): string[] {
    return this.entries.documents().filter((id) => this.entries.of(id).some((entry) => isShown(entry)));
  }

  has(id: string): boolean {
    const entry = this.entries.get(id);
    return entry !== undefined && isShown(entry);
  }

  /** The text of this document is tagged, by the labels and the model of now. */
  isFresh(id: string): boolean {
    const entry = this.entries.get(id);
    return entry?.outcome.ok === true && entry.result !== null && !this.isStale(entry);
  }

  /** Id of the document that a text here is of; undefined for what is not here. */
  documentOf(id: string): string | undefined {
    const entry = this.entries.get(id);
    return entry && documentOf(entry);
  }

  /** The selections of a document that are here, as they came. */
  parts(document: string): DocumentSummary[] {
    return this.entries.of(document).flatMap(({ id, anchor }) => (anchor.whole ? [] : (this.summary(id) ?? [])));
  }

  summary(id: string): DocumentSummary | undefined {
    const entry = this.entries.get(id);
    const set = this.labelSets.read().active;
    if (!entry || !set) return undefined;
    const { outcome, result, title, folders, taggedMs } = entry;
    const missing = entry.missing ? { missing: true as const } : {};
    const given = entry.given.length > 0 ? { given: entry.given } : {};
    const row = { id, title, folders, stale: this.isStale(entry), taggedMs, ...missing, ...given };
    if (!outcome.ok) return { ...row, tags: [], chunkCount: 0, skipped: outcome.message };
    if (!result) return undefined;
    return { ...row, ...summarise(this.effective(id) ?? noTags, set), chunkCount: outcome.chunkCount };
  }

  async details(id: string): Promise<ScoreDetail[]> {
    const entry = this.entries.get(id);
    if (!entry?.result) return [];
    const document = await this.current(entry);
    const text = document?.getText() ?? '';
    const effective = this.effective(id) ?? noTags;
    const tags = new Set(effective.tags.map(({ label }) => label));
    const decided = decidedLabels(effective);
    return entry.result.scores.map((score, label) => {
      const span = document ? this.locate(entry, text, score) : null;
      const lines = document &&
        span && { first: document.positionAt(span.start).line, last: document.positionAt(span.end).line };
      return {
        label,
        score: score.score,
        tag: tags.has(score.label),
        ...decided.get(score.label),
        evidence: span ? evidenceLine(text, span, isMarkdown(id)) : '',
        startLine: (lines?.first ?? 0) + 1,
        endLine: (lines?.last ?? 0) + 1,
      };
    });
  }

  async evidence(id: string): Promise<Evidence | null> {
    const entry = this.entries.get(id);
    if (!entry?.result) return null;
    const text = (await this.current(entry))?.getText();
    if (text === undefined || this.isStale(entry)) return null;
    const { start } = entry.anchor;
    const { tags } = this.effective(id) ?? noTags;
    const { scores } = entry.result;
    return { text, document: text, runs: [], tags: inDocument(tags, start), scores: inDocument(scores, start) };
  }

  async place(id: string, label: number | null): Promise<Place | null> {
    const entry = this.entries.get(id);
    if (!entry) return null;
    const score = label === null ? undefined : entry.result?.scores[label];
    if (!score) return { uri: entry.uri, span: entry.anchor.whole ? null : entry.anchor };
    const document = await this.current(entry);
    return { uri: entry.uri, span: document && this.locate(entry, document.getText(), score) };
  }

  async isGone(id: string): Promise<boolean> {
    const entry = this.entries.get(id);
    return entry !== undefined && (await this.current(entry)) === null;
  }

  effective(id: string): EffectiveTags | undefined {
    return this.decided.effective(this.entries.get(id));
  }

  async decidedPlace(id: string): Promise<PlaceText | null> {
    const entry = this.entries.get(id);
    const text = entry?.result ? (await this.current(entry))?.getText() : undefined;
    return entry && text !== undefined ? this.decided.place(entry, text) : null;
  }

  async exported(id: string): Promise<ExportDocument | null> {
    const entry = this.entries.get(id);
    if (!entry?.result) return Promise.resolve(null);
    return Promise.resolve(entryExport(entry, this.effective(id) ?? noTags, entry.result.scores, this.isStale(entry)));
  }

  async sections(id: string): Promise<readonly Section[]> {
    const entry = this.entries.get(id);
    const set = this.labelSets.read().active;
    if (!entry?.outcome.ok || entry.stale || !set || entry.result === null) return [];
    const { start } = entry.anchor;
    const { vectors, modelHash } = entry.outcome;
    const sections = vectors ? await this.tagger.sections({ vectors, modelHash }, set) : [];
    return inDocument(sections, start);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private isStale(entry: Entry): boolean {
    const set = this.labelSets.read().active;
    return entry.stale || isOutdated(entry, set && this.model.hashOf(set));
  }

  /** Where the evidence is in the document as it is now; null where it is gone. */
  private locate(entry: Entry, text: string, evidence: Span): Span | null {
    const start = entry.anchor.start + evidence.start;
    if (!entry.stale) return { start, end: entry.anchor.start + evidence.end };
    return findPassage(text, entry.passages.get(evidence.start) ?? '', start);
  }

  /** The document as it is now; null where there is none any more, which the row then says. */
  private async current(entry: Entry): Promise<vscode.TextDocument | null> {
    const document = await documentAt(entry.uri);
    if (document) this.verify(entry, document);
    if (entry.missing !== (document === null)) {
      entry.missing = document === null;
      this.tell([entry]);
    }
    return document;
  }

  /** A document is gone, or a folder with all that was in it. */
  forget(uri: vscode.Uri): void {
    this.drop(this.entries.within(uri));
  }

  private move(from: vscode.Uri, to: vscode.Uri): void {
    const left = this.entries.within(from);
    const arrived = left.flatMap((entry) => movedEntry(entry, from, to) ?? []);
    for (const { id } of left) this.entries.delete(id);
    for (const entry of arrived) this.entries.set(entry);
    this.tell(arrived, left);
  }

  private drop(entries: readonly Entry[]): void {
    for (const { id } of entries) this.entries.delete(id);
    this.tell([], entries);
  }

  /** A document that lost some of its texts, but not all, has changed. */
  private tell(changed: readonly Entry[], dropped: readonly Entry[] = []): void {
    const ids = new Set([...changed, ...dropped].map(documentOf));
    if (ids.size === 0) return;
    const removed = [...ids].filter((id) => this.entries.of(id).length === 0);
    for (const id of removed) ids.delete(id);
    this.changed.fire({ reset: false, changed: [...ids], removed });
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const key = document.uri.toString();
    const entries = this.entries.of(key);
    if (entries.length === 0 || contentChanges.length === 0) return;
    // VS Code orders the changes of one event from the last to the first, so that offsets stay right one after another.
    for (const change of contentChanges) {
      const edit = { offset: change.rangeOffset, length: change.rangeLength, insertedLength: change.text.length };
      for (const entry of entries) entry.anchor = followEdit(entry.anchor, edit);
    }
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        for (const entry of entries) this.verify(entry, document);
      }, verifyDelayMs),
    );
  }

  /** Compares the text with the one that was classified; tells the view when that changes whether the tags still hold. */
  private verify(entry: Entry, document: vscode.TextDocument): void {
    const text = document.getText();
    followWhole(entry, text, this.frontMatter());
    const stale = isOtherText(text, entry.anchor, entry.textHash);
    entry.anchor = { ...entry.anchor, touched: false };
    const { length: before } = entry.places;
    entry.places = stale ? [] : placesOf(entry, text);
    if ((stale === entry.stale && entry.places.length === before) || this.entries.get(entry.id) !== entry) return;
    entry.stale = stale;
    this.tell([entry]);
  }

  private verifyOpen(entry: Entry): void {
    const document = openDocument(entry.uri);
    if (document) this.verify(entry, document);
  }

  /**
   * After the label set changed: first, and at once, what needs no model, so that nothing is shown under labels that are not its
   * own; then other labels are scored from kept vectors. What has none disappears.
   */
  private async decideAgain(): Promise<void> {
    for (const entry of this.entries.all()) {
      entry.result = this.resultOf(entry.outcome);
      const ready = entry.result === null ? this.prepared.get(entry) : undefined;
      if (!ready) continue;
      entry.outcome = ready;
      entry.result = this.resultOf(ready);
    }
    this.changed.fire({ reset: true, changed: [], removed: [] });
    await this.scoreAgain();
  }

  private async scoreAgain(): Promise<void> {
    const set = this.labelSets.read().active;
    try {
      for (const entry of this.entries.all()) {
        if (!set || this.labelSets.read().active !== set) return;
        if (entry.outcome.ok && entry.result === null) await this.scoreOne(entry, entry.outcome, set);
      }
    } catch (error) {
      this.log.error(`Results could not be taken over to the label set: ${String(error)}`);
    }
  }

  private async scoreOne(entry: Entry, kept: Scored, set: LabelSet): Promise<void> {
    const scored = await this.tagger.rescore(kept, set);
    if (!scored || this.labelSets.read().active !== set || this.entries.get(entry.id) !== entry) return;
    entry.outcome = scored;
    entry.result = this.resultOf(scored);
    this.tell([entry]);
  }

  /** Under the active set; null where there are no scores, or those of other labels. */
  private resultOf(outcome: Scored | Unscored): TagResult | null {
    const set = this.labelSets.read().active;
    return set && outcome.ok ? decideKept(outcome, set) : null;
  }
}
