// Results of the workspace's files, at home in its index: read from the index at first need, then followed as runs commit.
import * as vscode from 'vscode';
import { fileSpan } from '../../core/excerpt';
import type { LabelSet } from '../../core/labelSet';
import type { EffectiveTags } from '../../core/review/effectiveTags';
import type { PlaceText } from '../../core/review/steps';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';
import { cellOf, fileOf, isPart } from '../../workspace/split/parts';
import type { DocumentPlace, ExportDocument, Skip, StoredDetails } from '../../workspace/types';
import type { LabelSets } from '../labels/labelSets';
import { type Tagger } from '../classify/tagger';
import { sha256 } from '../../workspace/read/sha256';
import type { DocumentTexts } from '../workspace/documentTexts';
import { isKeyOf, type IndexFile, type IndexKey } from '../workspace/indexFile';
import type { Decisions } from '../review/decisions';
import { KeptRows } from './keptRows';
import { detailsOf, exportOf, knownDocument, looksSame, summaryOf, type ReadText } from './knownDocument';
import type { Evidence, Place, ResultChange, ResultHome, Section } from './resultHome';
import { shownOf, skippedRow, tagsUnder, type Shown } from './shownDocument';
import { Verdicts } from './verdicts';

export class IndexHome implements ResultHome, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ResultChange>();
  private readonly subscription: vscode.Disposable;
  private rows = new KeptRows();
  /** What is shown as soon as its label set is. */
  private prepared: { readonly key: IndexKey; readonly kept: KeptRows } | null = null;
  /** Of what was tagged in this window. */
  private readonly taggedMs = new Map<string, number>();
  private loading: Promise<void> | null = null;
  /** Somebody asked for what is kept. */
  private wanted = false;
  private readonly verdicts: Verdicts;
  private generation = 0;
  private readonly hasRead = new vscode.EventEmitter<void>();

  /** What has to be done before anything is read for the first time; must not fail. */
  beforeRead: () => Promise<void> = () => Promise.resolve();
  readonly onDidChange = this.changed.event;
  /** What is kept for the label set in use has been read from the index. */
  readonly onDidRead = this.hasRead.event;

  constructor(
    private readonly file: IndexFile,
    private readonly labelSets: LabelSets,
    private readonly tagger: Tagger,
    private readonly texts: DocumentTexts,
    private readonly decisions: Decisions,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.verdicts = new Verdicts(decisions, labelSets, (shown) => this.detailsOf(shown)?.contentHash ?? null);
    this.subscription = vscode.Disposable.from(
      labelSets.onDidChange(({ active }) => {
        if (active && file.isCurrent(active)) this.decideAgain();
        else if (!active || !this.showPrepared(active)) void this.reload();
      }),
      file.onDidChangeKey(() => void this.reload()),
      decisions.onDidChange((change) => {
        this.changed.fire(this.verdicts.follow(change, this.rows.documents));
      }),
    );
  }

  /**
   * Reads what is kept for the active label set, once; later calls wait for it, and try again where it failed. Never throws: the
   * log says why nothing is shown.
   */
  async load(): Promise<void> {
    if (!this.wanted) await this.beforeRead();
    this.wanted = true;
    this.loading ??= this.begin();
    await this.loading;
  }

  /** Before the set is shown: reads what is kept for it, so that its rows stand in the place of the ones before at once. */
  async prepare(to: LabelSet, signal: AbortSignal): Promise<void> {
    this.prepared = null;
    const key = this.wanted ? await this.file.keyOf(to) : null;
    if (key) await this.decisions.load(to.name);
    const kept = key && (await KeptRows.read(key, () => signal.aborted));
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
      this.rows.skips.delete(uri);
      this.taggedMs.set(uri, taggedMs);
      if (document) this.rows.documents.set(uri, this.verdicts.take(shownOf(document)));
      else this.rows.documents.delete(uri);
    }
    // They may have been edited while the model read.
    for (const document of vscode.workspace.textDocuments) this.markEdited(document);
    this.changed.fire({ reset: false, changed: places.map(({ uri }) => uri), removed: [], wereRead: true });
  }

  skipped(taskHash: string, skips: readonly Skip[]): void {
    if (this.file.current?.task.hash !== taskHash) return;
    for (const skip of skips) {
      this.rows.documents.delete(skip.uri);
      this.rows.skips.set(skip.uri, skip);
    }
    this.changed.fire({ reset: false, changed: skips.map(({ uri }) => uri), removed: [] });
  }

  remove(uris: readonly string[]): void {
    for (const uri of uris) {
      this.rows.documents.delete(uri);
      this.rows.skips.delete(uri);
      this.taggedMs.delete(uri);
    }
    if (uris.length > 0) this.changed.fire({ reset: false, changed: [], removed: uris });
  }

  /** The disk was looked at: the index knows more of these documents, and lost those. */
  compared(touched: readonly string[], gone: readonly string[]): void {
    this.remove(gone);
    const key = this.file.current;
    const changed = touched.filter((uri) => {
      const before = this.rows.documents.get(uri);
      const now = before && key?.store.details(uri, key.task, key.model);
      if (!now || (!before.missing && looksSame(now, before.document))) return false;
      const { tags, edited } = before;
      const textHash = edited ? before.textHash : null;
      this.rows.documents.set(uri, this.verdicts.take({ ...shownOf(now), tags, edited, textHash }));
      return true;
    });
    if (changed.length > 0) this.changed.fire({ reset: false, changed, removed: [] });
  }

  /** What is kept under the active label set, as far as it has been read. */
  get kept(): KeptRows {
    return this.rows;
  }

  /** A run has ended: what it left out no more is no longer listed as left out. */
  async pruneSkips(taskHash: string): Promise<void> {
    const { generation } = this;
    const key = this.file.current;
    if (key?.task.hash !== taskHash) return;
    const gone = new Set(this.rows.skips.keys());
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
    const uri = document.uri.toString();
    const shown = this.rows.documents.get(uri);
    if (shown) this.compareText(uri, shown, sha256(this.texts.of(uri, document.getText()).text));
  }

  /** The document was saved. Tags of another text are stale, and stay so until a run or another save. */
  markSaved(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    const readable = this.texts.of(uri, document.getText());
    const hash = sha256(readable.text);
    const shown = this.rows.documents.get(uri);
    if (shown) this.compareText(uri, shown, hash);
    this.file.current?.store.markSaved(uri, hash, this.texts.sourceOf(uri, readable));
  }

  ids(): string[] {
    return [...this.rows.documents.keys(), ...this.rows.skips.keys()];
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  /** As `has`, without what was left out; also a file whose parts have tags. */
  isTagged(id: string): boolean {
    return this.rows.documents.has(id) || this.rows.hasParts(id);
  }

  summary(id: string): DocumentSummary | undefined {
    const set = this.labelSets.read().active;
    const shown = this.rows.documents.get(id);
    if (shown && set) return summaryOf(id, shown, set, this.taggedMs.get(id));
    const skip = this.rows.skips.get(id);
    return skip && skippedRow(skip);
  }

  async details(id: string): Promise<ScoreDetail[]> {
    const known = this.known(id);
    if (!known) return [];
    return detailsOf(id, known, await this.textOf(id, known.shown));
  }

  async evidence(id: string): Promise<Evidence | null> {
    const known = this.known(id);
    if (!known) return null;
    const { tags, scores, shown } = known;
    const { text, runs, document } = await this.textOf(id, shown);
    return shown.edited || shown.missing ? null : { text, runs, document, tags, scores };
  }

  async place(id: string, label: number | null): Promise<Place | null> {
    if (!this.has(id)) return null;
    const uri = vscode.Uri.parse(fileOf(id));
    if (this.rows.skips.get(id)?.folder) return { uri, span: null, folder: true };
    const known = label === null && !isPart(id) ? null : this.known(id);
    if (!known) return { uri, span: null };
    const { text, runs } = await this.textOf(id, known.shown);
    const score = label === null ? undefined : known.scores[label];
    const { start, end } = fileSpan(runs, score ?? { start: 0, end: text.length });
    // Where the text is another one by now, other words stand at that place.
    return { uri, span: known.shown.edited || known.shown.missing ? null : { start, end }, ...cellOf(id) };
  }

  effective(id: string): EffectiveTags | undefined {
    const set = this.labelSets.read().active;
    const shown = this.rows.documents.get(id);
    return shown && set ? tagsUnder(shown, set) : undefined;
  }

  async decidedPlace(id: string): Promise<PlaceText | null> {
    const shown = this.rows.documents.get(id);
    const textHash = shown && (shown.textHash ?? this.detailsOf(shown)?.contentHash);
    if (!shown || textHash === undefined) return Promise.resolve(null);
    return Promise.resolve({ ...this.decisions.keys.ofPlace(shown.document), passage: null, textHash });
  }

  /** The texts (sha256, hex) of a file's tagged parts, by their keys (`row-3`). */
  partTexts(file: string): Map<string, string> {
    return this.file.current?.store.partTexts(file, this.file.current.task) ?? new Map<string, string>();
  }

  async isGone(id: string): Promise<boolean> {
    const shown = this.rows.documents.get(id);
    if (shown) await this.textOf(id, shown);
    return shown?.missing ?? false;
  }

  async exported(id: string): Promise<ExportDocument | null> {
    const known = this.known(id);
    return Promise.resolve(known && exportOf(known));
  }

  async sections(id: string): Promise<readonly Section[]> {
    const set = this.labelSets.read().active;
    const shown = this.rows.documents.get(id);
    const key = this.file.current;
    if (!set || !key || !shown || shown.edited || shown.document.stale || shown.document.chunkCount < 2) return [];
    const kept = key.store.vectors(id, key.task, key.model);
    return kept ? this.tagger.sections(kept, set) : [];
  }

  dispose(): void {
    this.subscription.dispose();
    this.hasRead.dispose();
    this.changed.dispose();
  }

  /** Other thresholds over the same scores: nothing is read. */
  private decideAgain(): void {
    for (const shown of this.rows.documents.values()) shown.tags = null;
    // A set of the same labels may have another name, and decisions are made under the name.
    this.verdicts.takeAll(this.rows.documents);
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
    if (!set || !this.file.isCurrent(set)) this.rows = new KeptRows();
    const key = set && (await this.file.key(set));
    if (set) await this.decisions.load(set.name);
    const kept = key ? await KeptRows.read(key, () => generation !== this.generation) : new KeptRows();
    if (kept && generation === this.generation) this.show(kept);
  }

  private showPrepared(set: LabelSet): boolean {
    const { prepared } = this;
    this.prepared = null;
    if (!prepared) return false;
    const { key, kept } = prepared;
    if (!isKeyOf(key, set)) return false;
    this.generation++;
    this.file.use(key);
    this.show(kept);
    return true;
  }

  private show(kept: KeptRows): void {
    this.rows = kept;
    this.verdicts.takeAll(this.rows.documents);
    for (const document of vscode.workspace.textDocuments) this.markEdited(document);
    this.changed.fire({ reset: true, changed: [], removed: [] });
    this.hasRead.fire();
  }

  private async textOf(id: string, shown: Shown): Promise<ReadText> {
    const now = await this.texts.now(shown.document);
    if (!now.ok) {
      this.setEdited(id, shown, !now.missing, now.missing);
      return { text: '', runs: [], document: '' };
    }
    this.compareText(id, shown, sha256(now.text));
    return now;
  }

  /** `hash`: of what the model would read of the document now (sha256, hex). */
  private compareText(id: string, shown: Shown, hash: string): void {
    const edited = this.detailsOf(shown)?.contentHash !== hash;
    const isOther = this.verdicts.see(shown, hash);
    // Else `setEdited` tells of it.
    if (isOther && edited === shown.edited && !shown.missing)
      this.changed.fire({ reset: false, changed: [id], removed: [] });
    this.setEdited(id, shown, edited);
  }

  private setEdited(uri: string, shown: Shown, edited: boolean, missing = false): void {
    if (edited === shown.edited && missing === shown.missing) return;
    shown.edited = edited;
    shown.missing = missing;
    this.changed.fire({ reset: false, changed: [uri], removed: [] });
  }

  /** A document with its evidence; null where it has no scores under the active set. */
  private known(id: string) {
    const set = this.labelSets.read().active;
    const shown = this.rows.documents.get(id);
    const details = shown && this.detailsOf(shown);
    if (!set || !details) return null;
    return knownDocument(shown, details, set);
  }

  private detailsOf(shown: Shown): StoredDetails | null {
    const key = this.file.current;
    return key ? key.store.details(shown.document.uri, key.task, key.model) : null;
  }
}
