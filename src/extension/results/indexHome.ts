// Results of the workspace's files, at home in its index: read from the index at first need, then followed as runs commit.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import type { LabelScore } from '../../core/tagResult';
import type { DocumentSummary, ScoreDetail, TaggedOtherwise } from '../../shared/viewMessages';
import { Breather } from '../../workspace/flow/breather';
import { decideStored } from '../../workspace/search/decideStored';
import { isGone } from '../../workspace/find/skipReasons';
import type { DocumentPlace, ExportDocument, ReadResult, Skip, StoredDetails } from '../../workspace/types';
import type { LabelSets } from '../labels/labelSets';
import { isMarkdown } from './documentNames';
import { sha256, type Tagger } from '../classify/tagger';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { IndexFile, IndexKey } from '../workspace/indexFile';
import { openDocument } from './openDocument';
import { evidenceLine, lineCounter } from './passage';
import type { Evidence, Place, ResultChange, ResultHome, Section } from './resultHome';
import { countChanged, countStale, named, scoresOf, shownOf, skippedRow, type Shown } from './shownDocument';
import { summarise } from './summarise';

interface Kept {
  readonly documents: Map<string, Shown>;
  readonly skips: Map<string, Skip>;
}

const nothingKept = (): Kept => ({ documents: new Map(), skips: new Map() });

export class IndexHome implements ResultHome, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ResultChange>();
  private readonly subscription: vscode.Disposable;
  private documents = new Map<string, Shown>();
  private skips = new Map<string, Skip>();
  /** What is shown as soon as its label set is. */
  private prepared: { readonly key: IndexKey; readonly kept: Kept } | null = null;
  /** Of what was tagged in this window. */
  private readonly taggedMs = new Map<string, number>();
  private loading: Promise<void> | null = null;
  /** Somebody asked for what is kept. */
  private wanted = false;
  private generation = 0;
  private readonly hasRead = new vscode.EventEmitter<void>();

  readonly onDidChange = this.changed.event;
  /** What is kept for the label set in use has been read from the index. */
  readonly onDidRead = this.hasRead.event;

  constructor(
    private readonly file: IndexFile,
    private readonly labelSets: LabelSets,
    private readonly tagger: Tagger,
    private readonly readText: (uri: string) => Promise<ReadResult>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscription = vscode.Disposable.from(
      labelSets.onDidChange(({ active }) => {
        if (active && file.isCurrent(active)) this.decideAgain();
        else if (!active || !this.showPrepared(active)) void this.reload();
      }),
      file.onDidChangeKey(() => void this.reload()),
    );
  }

  /**
   * Reads what is kept for the active label set, once; later calls wait for it, and try again where it failed. Never throws: the
   * log says why nothing is shown.
   */
  async load(): Promise<void> {
    this.wanted = true;
    this.loading ??= this.begin();
    await this.loading;
  }

  /** Before the set is shown: reads what is kept for it, so that its rows stand in the place of the ones before at once. */
  async prepare(to: LabelSet, signal: AbortSignal): Promise<void> {
    this.prepared = null;
    const key = this.wanted ? await this.file.keyOf(to) : null;
    const kept = key && (await this.keptUnder(key, () => signal.aborted));
    if (key && kept) this.prepared = { key, kept };
  }

  /**
   * Takes over what a run committed; the labels in use may have become others meanwhile (`taskHash`: those of the run). All
   * documents of a run get its time (`taggedMs`), so that they stand by name, and above what is older.
   */
  committed(taskHash: string, places: readonly DocumentPlace[], taggedMs: number): void {
    const key = this.file.current;
    if (key?.task.hash !== taskHash) {
      this.prepared = null;
      return;
    }
    for (const { uri } of places) {
      const document = key.store.details(uri, key.task, key.model);
      this.skips.delete(uri);
      this.taggedMs.set(uri, taggedMs);
      if (document) this.documents.set(uri, shownOf(document));
      else this.documents.delete(uri);
    }
    // They may have been edited while the model read.
    for (const document of vscode.workspace.textDocuments) this.markEdited(document);
    this.changed.fire({ reset: false, changed: places.map(({ uri }) => uri), removed: [] });
  }

  skipped(taskHash: string, skips: readonly Skip[]): void {
    if (this.file.current?.task.hash !== taskHash) return;
    for (const skip of skips) {
      this.documents.delete(skip.uri);
      this.skips.set(skip.uri, skip);
    }
    this.changed.fire({ reset: false, changed: skips.map(({ uri }) => uri), removed: [] });
  }

  remove(uris: readonly string[]): void {
    for (const uri of uris) {
      this.documents.delete(uri);
      this.skips.delete(uri);
      this.taggedMs.delete(uri);
    }
    if (uris.length > 0) this.changed.fire({ reset: false, changed: [], removed: uris });
  }

  /** The disk was looked at: the index knows more of these documents, and lost those. */
  compared(touched: readonly string[], gone: readonly string[]): void {
    this.remove(gone);
    const key = this.file.current;
    const changed = touched.filter((uri) => {
      const before = this.documents.get(uri);
      const now = before && key?.store.details(uri, key.task, key.model);
      if (!now || (now.stale === before.document.stale && now.changed === before.document.changed && !before.missing))
        return false;
      this.documents.set(uri, { ...shownOf(now), tags: before.tags, edited: before.edited });
      return true;
    });
    if (changed.length > 0) this.changed.fire({ reset: false, changed, removed: [] });
  }

  /** Documents whose text is another one than the tags are of. */
  get changedDocuments(): number {
    return countChanged(this.documents.values());
  }

  /** As `changedDocuments`, and those whose tags are another model's. */
  get staleDocuments(): number {
    return countStale(this.documents.values());
  }

  /** Documents that were read and that no label fits. In slices: their tags may not have been decided yet. */
  async countNoneFits(counts: (uri: string) => boolean): Promise<number> {
    const set = this.labelSets.read().active;
    const breather = new Breather();
    let count = 0;
    for (const [uri, shown] of set ? this.documents : []) {
      if (set && counts(uri) && this.tagsUnder(shown, set).length === 0) count++;
      if (breather.due) await breather.pause();
    }
    return count;
  }

  /** Documents that have tags, and those left out. */
  get size(): number {
    return this.documents.size + this.skips.size;
  }

  /** Documents that have tags of other label sets, and none of the active one; null where there are none. */
  get taggedOtherwise(): TaggedOtherwise | null {
    const key = this.file.current;
    const documents = key?.store.taggedOtherwise(key.task) ?? 0;
    if (!key || documents === 0) return null;
    return { documents, textsKept: key.store.keepsVectors(key.task, key.model) };
  }

  /** A run has ended: what it left out no more is no longer listed as left out. */
  async pruneSkips(taskHash: string): Promise<void> {
    const { generation } = this;
    const key = this.file.current;
    if (key?.task.hash !== taskHash) return;
    const gone = new Set(this.skips.keys());
    for await (const skips of key.store.skips(key.task)) {
      for (const { uri } of skips) gone.delete(uri);
    }
    if (generation === this.generation) this.remove([...gone]);
  }

  /** Before single documents are tagged: what is kept is read, also from an index that has just been made. */
  async ready(): Promise<void> {
    await this.load();
    if (!this.file.current) await this.refresh();
  }

  /** Reads all anew, if it was read before: another label set was chosen, the index was cleared, files were moved. */
  async reload(): Promise<void> {
    if (this.wanted) await this.refresh();
  }

  /** Reads all anew, as it is before a run. */
  async refresh(): Promise<void> {
    this.loading = null;
    await this.load();
  }

  /** Tells whether the editor's text is still the one that was scored. */
  markEdited(document: vscode.TextDocument): void {
    const shown = this.documents.get(document.uri.toString());
    if (!shown) return;
    const edited = this.detailsOf(shown)?.contentHash !== sha256(document.getText());
    this.setEdited(document.uri.toString(), shown, edited);
  }

  /** The document was saved. Tags of another text are stale, and stay so until a run or another save. */
  markSaved(document: vscode.TextDocument): void {
    this.markEdited(document);
    this.file.current?.store.markSaved(document.uri.toString(), sha256(document.getText()));
  }

  ids(): string[] {
    return [...this.documents.keys(), ...this.skips.keys()];
  }

  has(id: string): boolean {
    return this.documents.has(id) || this.skips.has(id);
  }

  /** As `has`, without what was left out. */
  isTagged(id: string): boolean {
    return this.documents.has(id);
  }

  summary(id: string): DocumentSummary | undefined {
    const set = this.labelSets.read().active;
    const shown = this.documents.get(id);
    if (shown && set) {
      const { chunkCount, stale } = shown.document;
      const tags = summarise({ tags: this.tagsUnder(shown, set) }, set);
      const taggedMs = this.taggedMs.get(id);
      const when = taggedMs === undefined ? {} : { taggedMs };
      const missing = shown.missing ? { missing: true as const } : {};
      return { id, ...named(shown.document), tags, chunkCount, stale: stale || shown.edited, ...when, ...missing };
    }
    const skip = this.skips.get(id);
    return skip && skippedRow(skip);
  }

  async details(id: string): Promise<ScoreDetail[]> {
    const known = this.known(id);
    if (!known) return [];
    const { shown, scores } = known;
    const text = await this.textOf(id, shown);
    const tags = new Set(known.tags.map(({ label }) => label));
    const lines = lineCounter(text);
    return scores.map((score, label) => ({
      label,
      score: score.score,
      tag: tags.has(score.label),
      // Where the text is another one by now, its passages are not those that earned the scores.
      evidence: shown.edited || shown.missing ? '' : evidenceLine(text, score, isMarkdown(id)),
      startLine: lines(score.start),
      endLine: lines(score.end),
    }));
  }

  async evidence(id: string): Promise<Evidence | null> {
    const known = this.known(id);
    if (!known) return null;
    const text = await this.textOf(id, known.shown);
    return known.shown.edited || known.shown.missing ? null : { text, tags: known.tags };
  }

  async place(id: string, label: number | null): Promise<Place | null> {
    if (!this.has(id)) return null;
    const uri = vscode.Uri.parse(id);
    if (this.skips.get(id)?.folder) return { uri, span: null, folder: true };
    const known = label === null ? null : this.known(id);
    const score = label === null ? undefined : known?.scores[label];
    if (!known || !score) return { uri, span: null };
    await this.textOf(id, known.shown);
    // Where the text is another one by now, other words stand at that place.
    return { uri, span: known.shown.edited || known.shown.missing ? null : { start: score.start, end: score.end } };
  }

  tagsOf(uri: vscode.Uri): readonly LabelScore[] | undefined {
    const set = this.labelSets.read().active;
    const shown = this.documents.get(uri.toString());
    return shown && set ? this.tagsUnder(shown, set) : undefined;
  }

  async isGone(id: string): Promise<boolean> {
    const shown = this.documents.get(id);
    if (shown) await this.textOf(id, shown);
    return shown?.missing ?? false;
  }

  async exported(id: string): Promise<ExportDocument | null> {
    const known = this.known(id);
    if (!known) return Promise.resolve(null);
    const { uri, root, path, stale } = known.shown.document;
    return Promise.resolve({
      uri,
      root,
      path,
      stale: stale || known.shown.edited,
      tags: known.tags,
      scores: known.scores,
    });
  }

  async sections(id: string): Promise<readonly Section[]> {
    const set = this.labelSets.read().active;
    const shown = this.documents.get(id);
    const key = this.file.current;
    if (!set || !key || !shown || shown.edited || shown.document.stale || shown.document.chunkCount < 2) return [];
    const kept = key.store.vectors(id, key.task);
    return kept ? this.tagger.sections(kept, set) : [];
  }

  dispose(): void {
    this.subscription.dispose();
    this.hasRead.dispose();
    this.changed.dispose();
  }

  /** Other thresholds over the same scores: nothing is read. */
  private decideAgain(): void {
    for (const shown of this.documents.values()) shown.tags = null;
    this.changed.fire({ reset: true, changed: [], removed: [] });
  }

  private begin(): Promise<void> {
    const reading = this.read().catch((error: unknown) => {
      this.log.error(`The stored tags could not be read: ${String(error)}`);
      if (this.loading !== reading) return;
      this.loading = null;
      this.changed.fire({ reset: true, changed: [], removed: [] });
    });
    return reading;
  }

  private async read(): Promise<void> {
    const generation = ++this.generation;
    const set = this.labelSets.read().active;
    // Rows of the same labels stand until they are read anew.
    if (!set || !this.file.isCurrent(set)) this.take(nothingKept());
    const key = set && (await this.file.key(set));
    const kept = key ? await this.keptUnder(key, () => generation !== this.generation) : nothingKept();
    if (kept && generation === this.generation) this.show(kept);
  }

  /** Null where it is not wanted any more. */
  private async keptUnder({ store, task, model }: IndexKey, isStale: () => boolean): Promise<Kept | null> {
    const kept = nothingKept();
    for await (const documents of store.documents(task, model)) {
      if (isStale()) return null;
      for (const document of documents) kept.documents.set(document.uri, shownOf(document));
    }
    for await (const skips of store.skips(task)) {
      if (isStale()) return null;
      for (const skip of skips) kept.skips.set(skip.uri, skip);
    }
    return isStale() ? null : kept;
  }

  private showPrepared(set: LabelSet): boolean {
    const { prepared } = this;
    this.prepared = null;
    if (!prepared || prepared.key.task.hash !== taskIdentity(set, prepared.key.chunkTokens).hash) return false;
    this.generation++;
    this.file.use(prepared.key);
    this.show(prepared.kept);
    return true;
  }

  private show(kept: Kept): void {
    this.take(kept);
    for (const document of vscode.workspace.textDocuments) this.markEdited(document);
    this.changed.fire({ reset: true, changed: [], removed: [] });
    this.hasRead.fire();
  }

  private take({ documents, skips }: Kept): void {
    this.documents = documents;
    this.skips = skips;
  }

  /** The document's text, from the editor where it is open; opening it for this would wake language servers. */
  private async textOf(uri: string, shown: Shown): Promise<string> {
    const open = openDocument(vscode.Uri.parse(uri));
    if (open) {
      this.markEdited(open);
      return open.getText();
    }
    const read = await this.readText(uri);
    if (!read.ok) {
      const missing = read.reason === 'unreadable' && isGone(read.detail);
      this.setEdited(uri, shown, !missing, missing);
      return '';
    }
    this.setEdited(uri, shown, this.detailsOf(shown)?.contentHash !== read.hash);
    return read.text;
  }

  private setEdited(uri: string, shown: Shown, edited: boolean, missing = false): void {
    if (edited === shown.edited && missing === shown.missing) return;
    shown.edited = edited;
    shown.missing = missing;
    this.changed.fire({ reset: false, changed: [uri], removed: [] });
  }

  private tagsUnder(shown: Shown, set: LabelSet): readonly LabelScore[] {
    shown.tags ??= decideStored(shown.document, set).tags;
    return shown.tags;
  }

  /** A document with its evidence; null where it has no scores under the active set. */
  private known(id: string): { shown: Shown; tags: LabelScore[]; scores: LabelScore[] } | null {
    const set = this.labelSets.read().active;
    const shown = this.documents.get(id);
    const details = shown && this.detailsOf(shown);
    if (!set || !details) return null;
    const scores = scoresOf(details, set);
    const byLabel = new Map(scores.map((score) => [score.label, score]));
    const tags = this.tagsUnder(shown, set).flatMap(({ label }) => byLabel.get(label) ?? []);
    return { shown, tags, scores };
  }

  private detailsOf(shown: Shown): StoredDetails | null {
    const key = this.file.current;
    return key ? key.store.details(shown.document.uri, key.task, key.model) : null;
  }
}
