// The user's decisions in this window: the store, opened at first need, and in memory those of the label set that is shown.
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Decision, DocumentKey } from '../../core/review/decision';
import { stepName, type DecisionStep, type PlaceText, type StepTitle } from '../../core/review/steps';
import { adoptDecisions, followParts } from '../../workspace/decisions/adoptDecisions';
import { DecisionStore, type AppliedStep } from '../../workspace/decisions/decisionStore';
import { Breather } from '../../workspace/flow/breather';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Config } from '../settings/config';
import { DecidedDocuments } from './decidedDocuments';
import { DocumentKeys } from './documentKeys';

/** Beside the index, and not its: what forgets tags leaves it. */
const fileName = 'decisions.sqlite';

/** Documents of which is told at once: whoever listens looks at each, which takes a few milliseconds. */
const documentsPerTurn = 200;

/** How often another window's decisions are looked for. */
const pollMs = 3_000;

const none: readonly Decision[] = [];

/** Of which documents the decisions are others now. */
export interface DecisionsChange {
  /** All may be; `uris` is empty then. */
  readonly reset: boolean;
  readonly uris: readonly string[];
}

export class Decisions implements vscode.Disposable {
  /** How documents are named in decisions. */
  readonly keys: DocumentKeys;
  private readonly changed = new vscode.EventEmitter<DecisionsChange>();
  private readonly stepped = new vscode.EventEmitter<void>();
  private readonly opened = new vscode.EventEmitter<DecisionStore>();
  private readonly subscriptions: vscode.Disposable[];
  private store: DecisionStore | null = null;
  private opening: Promise<DecisionStore> | null = null;
  /** By label set. */
  private readonly sets = new Map<string, Promise<DecidedDocuments>>();
  private readonly read = new Map<string, DecidedDocuments>();
  /** Somebody asked for what was decided. */
  private wanted = false;
  /** Why the store could not be read last, as it was told. */
  private toldProblem: string | null = null;
  private revision = 0;
  private timer: ReturnType<typeof setInterval> | null = null;

  readonly onDidChange = this.changed.event;
  /** What can be undone is another step, or the store was written. */
  readonly onDidStep = this.stepped.event;
  readonly onDidOpen = this.opened.event;

  /** `folder`: `storageUri` of the workspace, or the global one where there is no workspace; `memory`: of the workspace. */
  constructor(
    private readonly folder: vscode.Uri,
    memory: vscode.Memento,
    private readonly labelSets: LabelSets,
    private readonly config: Config,
    private readonly reporter: Reporter,
  ) {
    this.keys = new DocumentKeys(memory);
    this.subscriptions = [
      labelSets.onDidChange(({ active }) => {
        if (active) this.guard(() => this.follow(active.name));
      }),
      config.onDidChange((names) => {
        if (names.includes('decisions.author') && this.store) this.store.by = this.author;
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.keys.look();
        this.guard(() => this.settle());
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.guard(() => this.look());
      }),
    ];
  }

  /** Somebody asked for what was decided: before that, nothing is read. */
  get isWanted(): boolean {
    return this.wanted;
  }

  /** The file of the store, which need not be there. */
  get path(): string {
    return vscode.Uri.joinPath(this.folder, fileName).fsPath;
  }

  /** The store where it is open. */
  get current(): DecisionStore | null {
    return this.store;
  }

  /** Names of the steps that undo and redo would take; null where there is none. */
  get steps(): { readonly undo: string | null; readonly redo: string | null } {
    const name = (title: StepTitle | null | undefined) => (title ? stepName(title) : null);
    return { undo: name(this.store?.peekUndo()), redo: name(this.store?.peekRedo()) };
  }

  /** Decisions on a document and its passages under a set, as far as they were loaded. */
  of(key: DocumentKey, set: string): readonly Decision[] {
    return this.read.get(set)?.of(key) ?? none;
  }

  /** Documents with decisions under a set, as far as they were loaded. */
  documents(set: string): Iterable<DocumentKey> {
    return this.read.get(set)?.documents() ?? [];
  }

  /** Reads what was decided under a set, once. Makes no file. Never throws: tags are shown without decisions then, and a message says why. */
  async load(set: string): Promise<void> {
    this.wanted = true;
    try {
      if (this.store === null && !this.mayHaveSome()) return;
      await this.open();
      await this.documentsOf(set);
      this.toldProblem = null;
    } catch (error) {
      // Tried again whenever the window gets the focus; said once.
      const problem = String(error);
      if (problem === this.toldProblem) this.reporter.silently(error);
      else this.reporter.error(error);
      this.toldProblem = problem;
    }
  }

  /** Opens the store, making one where there is none. Throws AppError `index-*`. */
  open(): Promise<DecisionStore> {
    this.opening ??= this.openStore().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  /** Makes all decisions of a step, in the name of `by`; the user's where absent. Throws AppError `index-*`. */
  async decide(step: DecisionStep, by?: string): Promise<AppliedStep> {
    const store = await this.ready();
    return this.took(await store.decide(step, by));
  }

  /** Null where there is nothing to undo. Throws AppError `index-*`. */
  async undo(): Promise<AppliedStep | null> {
    const store = this.mayHaveSome() ? await this.ready() : null;
    const step = (await store?.undo()) ?? null;
    return step && this.took(step);
  }

  /** Null where there is nothing to redo. Throws AppError `index-*`. */
  async redo(): Promise<AppliedStep | null> {
    const store = this.mayHaveSome() ? await this.ready() : null;
    const step = (await store?.redo()) ?? null;
    return step && this.took(step);
  }

  /** Brings in decisions of a file; with a title as a step that can be undone. Throws AppError `index-*`. */
  async merge(decisions: readonly Decision[], title?: StepTitle): Promise<AppliedStep> {
    const store = await this.ready();
    return this.took(await store.merge(decisions, title));
  }

  /** Brings in what is new in a team's file, and takes out what others took back there. Throws AppError `index-*`. */
  async mergeFile(decisions: readonly Decision[], takenBack: readonly Decision[]): Promise<AppliedStep> {
    const store = await this.ready();
    return this.took(await store.mergeFile(decisions, takenBack));
  }

  async fileLines(file: string): Promise<ReadonlySet<string>> {
    return (await this.open()).fileLines(file);
  }

  async noteFileLines(file: string, lines: ReadonlySet<string>): Promise<void> {
    await (await this.open()).noteFileLines(file, lines);
  }

  /** All decisions, of all sets. Throws AppError `index-*`. */
  async all(): Promise<Decision[]> {
    const decisions: Decision[] = [];
    if (this.store === null && !this.mayHaveSome()) return decisions;
    for await (const page of (await this.open()).decisions(null)) for (const one of page) decisions.push(one);
    return decisions;
  }

  /** Files or folders were renamed or moved; all are read again once, however many they are. */
  async moved(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): Promise<void> {
    if (this.store === null && !this.mayHaveSome()) return;
    const store = await this.open();
    let moved = 0;
    for (const { oldUri, newUri } of files)
      moved += (await store.moveDocuments(this.keys.ofUri(oldUri), this.keys.ofUri(newUri))).length;
    if (moved > 0) await this.readAgain();
  }

  /** These documents may be others under a new name: where one of the same text is gone, its decisions follow. */
  async adopt(places: readonly PlaceText[]): Promise<void> {
    const { store } = this;
    let adopted = false;
    for (const place of store ? places : []) {
      if (store && (await adoptDecisions(store, place, place.textHash, (key) => this.keys.isThere(key))))
        adopted = true;
    }
    if (adopted) await this.readAgain();
  }

  /** Parts of these files (by URI) may have other numbers: what was decided on them follows their texts. */
  async followParts(files: readonly string[], textsOf: (file: string) => ReadonlyMap<string, string>): Promise<void> {
    const { store } = this;
    let followed = false;
    for (const file of store ? files : []) {
      const key = this.keys.ofUri(vscode.Uri.parse(file));
      if (store && (await followParts(store, key, () => textsOf(file)))) followed = true;
    }
    if (followed) await this.readAgain();
  }

  /** A label has another name: its decisions follow. */
  async renameLabel(set: string, from: string, to: string): Promise<void> {
    await (await this.open()).renameLabel(set, from, to);
    await this.readAgain();
  }

  /** Labels that were decided on under a set, with the number of decisions. */
  labelsOf(set: string): ReadonlyMap<string, number> {
    return this.store?.labelsOf(set) ?? new Map<string, number>();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.close();
    this.changed.dispose();
    this.stepped.dispose();
    this.opened.dispose();
  }

  /** Undefined where nobody is named. */
  private get author(): string | undefined {
    const name = this.config.get('decisions.author').trim();
    return name === '' ? undefined : name;
  }

  private mayHaveSome(): boolean {
    return this.store !== null || fs.existsSync(this.path) || this.config.decisionsFile() !== null;
  }

  /** The store with what is shown read from it, so that what a step changes is not missed. */
  private async ready(): Promise<DecisionStore> {
    const store = await this.open();
    await this.documentsOf(this.labelSets.shown().name);
    return store;
  }

  private async openStore(): Promise<DecisionStore> {
    const { store, notice } = await DecisionStore.open(this.path, { ownFolder: true });
    if (notice) this.reporter.notice(notice.message);
    await this.keys.settle(store);
    store.by = this.author;
    this.store = store;
    this.revision = store.revision;
    this.timer ??= setInterval(() => {
      if (vscode.window.state.focused) this.guard(() => this.look());
    }, pollMs);
    this.opened.fire(store);
    this.stepped.fire();
    return store;
  }

  private documentsOf(set: string): Promise<DecidedDocuments> {
    const known = this.sets.get(set);
    if (known) return known;
    const reading = this.readSet(set).then(
      (documents) => {
        if (this.sets.get(set) === reading) this.read.set(set, documents);
        return documents;
      },
      (error: unknown) => {
        // To be tried again: without it nothing can be decided.
        if (this.sets.get(set) === reading) this.sets.delete(set);
        throw error;
      },
    );
    this.sets.set(set, reading);
    return reading;
  }

  private async readSet(set: string): Promise<DecidedDocuments> {
    const documents = new DecidedDocuments();
    for await (const page of (await this.open()).decisions(set)) documents.add(page);
    return documents;
  }

  /** Another set is shown. */
  private async follow(set: string): Promise<void> {
    if (!this.wanted) return;
    if (!this.read.has(set)) {
      await this.load(set);
      this.changed.fire({ reset: true, uris: [] });
    }
    for (const name of this.sets.keys()) if (name !== set) this.drop(name);
  }

  private drop(set: string): void {
    if (this.labelSets.read().active?.name === set) return;
    this.sets.delete(set);
    this.read.delete(set);
  }

  private async took(step: AppliedStep): Promise<AppliedStep> {
    await this.refresh(step.documents);
    this.stepped.fire();
    return step;
  }

  private async refresh(keys: readonly DocumentKey[]): Promise<void> {
    // A set that is just being read may be past these documents: it would show what was decided before.
    await Promise.allSettled(this.sets.values());
    const breather = new Breather();
    for (let from = 0; from < keys.length; from += documentsPerTurn) {
      const some = keys.slice(from, from + documentsPerTurn);
      for (const key of some)
        for (const [set, documents] of this.read) documents.replace(key, this.store?.decisionsOf(key, set) ?? []);
      const uris = some.map((key) => this.keys.uriOf(key)).filter((uri) => uri !== null);
      if (uris.length > 0) this.changed.fire({ reset: false, uris });
      if (breather.due) await breather.pause();
    }
  }

  /** Whether another window decided meanwhile. */
  private async look(): Promise<void> {
    const { store } = this;
    if (!store) {
      const { active } = this.labelSets.read();
      if (!this.wanted || !active || !this.mayHaveSome()) return;
      await this.load(active.name);
      this.changed.fire({ reset: true, uris: [] });
      return;
    }
    if (!store.changedElsewhere()) return;
    const documents = store.documentsChangedSince(this.revision);
    this.revision = store.revision;
    if (documents === null) await this.readAgain();
    else await this.refresh(documents);
    this.stepped.fire();
  }

  private async readAgain(): Promise<void> {
    const sets = [...this.sets.keys()];
    this.sets.clear();
    for (const set of sets) await this.documentsOf(set);
    this.changed.fire({ reset: true, uris: [] });
    this.stepped.fire();
  }

  /** Folders came or went: documents of others are known by these keys now. */
  private async settle(): Promise<void> {
    const { store } = this;
    if (!store) return;
    await this.keys.settle(store);
    await this.readAgain();
  }

  private close(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.store?.close();
    this.store = null;
    this.opening = null;
  }

  /** Nobody asked for this work, so that a failure goes to the log, and is not put before the user. */
  private guard(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.reporter.silently(error);
    });
  }
}
