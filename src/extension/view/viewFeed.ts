// Keeps the view fed: results into rows, what the user does in it into actions.
import * as vscode from 'vscode';
import type {
  DecideAct,
  DocumentSummary,
  GroupBy,
  RowTarget,
  SortBy,
  TaggedOtherwise,
  ViewProgress,
  ViewRowCommand,
} from '../../shared/viewMessages';
import type { ResultStage } from '../classify/classify';
import type { LabelSetState } from '../labels/labelSets';
import { contextKeys, type CommandId } from '../host/names';
import type { Reporter } from '../host/report';
import type { ScoreMoves } from '../learn/scoreMoves';
import type { TagsView, TagsViewHandlers } from './tagsView';
import type { TagSink } from './viewOutbox';
import type { Results } from '../results/results';
import type { ResultChange } from '../results/resultHome';
import { problemOf, viewState, type StateParts } from './viewState';

/** Documents decided and handed over in one turn of the event loop: a few milliseconds of work, also where they are many. */
const documentsPerTurn = 200;
/** Changes that come one after another are told together. */
const gatherMs = 40;

const documentRow: RowTarget = {
  webviewSection: 'document',
  documentId: null,
  label: null,
  folder: null,
  tagged: false,
};

const decideCommands: Readonly<Record<DecideAct, CommandId>> = {
  accept: 'glitag.acceptTag',
  reject: 'glitag.rejectTag',
  move: 'glitag.moveTag',
  noneFits: 'glitag.noneFits',
  takeBack: 'glitag.takeBack',
};

export interface FeedParts extends StateParts {
  readonly results: Results;
  readonly reporter: Reporter;
  /** What the active label set has no tags of, though others have. */
  readonly taggedOtherwise: () => TaggedOtherwise | null;
  readonly scoreMoves: Pick<ScoreMoves, 'tell'>;
  /** Called when the editor makes the view: what is kept is read then, not before. */
  readonly onShown: () => void;
}

export class ViewFeed implements ResultStage, vscode.WebviewViewProvider, vscode.Disposable {
  private readonly activated = new vscode.EventEmitter<RowTarget | null>();
  /** Another row of the tree is the active one. */
  readonly onDidActivate = this.activated.event;
  private readonly view: TagsView;
  private readonly others = new Set<TagSink>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private readonly changed = new Set<string>();
  private readonly removed = new Set<string>();
  private readonly expanded = new Set<string>();
  private reset = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sending: Promise<void> = Promise.resolve();
  private hasResults: boolean | null = null;
  private toldProblem: string | null = null;
  private otherwise: TaggedOtherwise | null = null;

  constructor(
    makeView: (handlers: TagsViewHandlers) => TagsView,
    private readonly parts: FeedParts,
  ) {
    const { results, labelSets, models, activity, notes, decisions } = parts;
    this.view = makeView({
      expand: (id) => {
        this.expanded.add(id);
        this.guard(() => this.sendDetails(id));
      },
      whatMoved: (id, label) => {
        void this.parts.scoreMoves.tell(id, label, (moved) => {
          this.view.setMoved(id, label, moved);
        });
      },
      open: (id, label, toSide) => {
        this.open(id, label, toSide);
      },
      actOn: (command, row) => {
        this.actOn(command, row);
      },
      decide: (act, rows) => {
        // As menus and keys do; the rows stand in the place of one.
        this.guard(() => vscode.commands.executeCommand(decideCommands[act], rows));
      },
      activate: (row) => {
        this.activated.fire(row);
      },
      run: (command) => {
        this.guard(() => vscode.commands.executeCommand(`glitag.${command}`));
      },
      act: (note) => {
        this.guard(() => notes.run(note));
      },
      dismiss: (note) => {
        this.guard(() => notes.dismiss(note));
      },
    });
    this.subscriptions = [
      this.view,
      this.activated,
      decisions.onDidStep(() => {
        this.tellState();
      }),
      results.onDidChange((change) => {
        this.gather(change);
      }),
      labelSets.onDidChange(() => {
        this.tellState();
        // At once: rows that the page has are numbered by the labels before.
        this.reset = true;
        this.flush();
      }),
      models.onDidChange(() => {
        this.tellState();
      }),
      notes.onDidChange(() => {
        this.tellState();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        // An empty view says what can be tagged now.
        if (this.parts.results.isEmpty) this.tellState();
      }),
      activity.onDidChange(() => {
        // Activity changes with every document; the state only when it has another problem to tell.
        if (problemOf(this.parts) !== this.toldProblem) this.tellState();
      }),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.tellState();
    this.view.resolveWebviewView(view);
    this.parts.onShown();
  }

  /** Shows the view, without taking the keyboard focus, and opens the row. */
  async reveal(id: string): Promise<void> {
    this.flush();
    await this.sending;
    this.view.reveal(id);
    await this.show();
  }

  /** The tree's active row, which commands without one act on. */
  get activeRow(): RowTarget | null {
    return this.view.activeRow;
  }

  /** Decides on the rows that are chosen in the view; false where there are none. */
  decide(act: DecideAct): boolean {
    return this.view.decide(act);
  }

  /** The rows are those of the queue of review, and the keyboard is among them. */
  get isReviewing(): boolean {
    return this.view.group === 'review' && this.view.hasFocus;
  }

  /** The tree follows the user to this document; null: it does not. */
  follow(id: string | null): void {
    this.view.follow(id);
  }

  /** Feeds another page with the same data, from what is known now on. */
  attach(sink: TagSink): vscode.Disposable {
    this.tellState();
    this.view.copyTo(sink);
    this.others.add(sink);
    return new vscode.Disposable(() => this.others.delete(sink));
  }

  /** Brings the view to sight without taking the keyboard focus. */
  async show(): Promise<void> {
    if (!this.view.show(true)) await vscode.commands.executeCommand('glitag.tags.focus', { preserveFocus: true });
  }

  setProgress(progress: ViewProgress | null): void {
    this.view.setProgress(progress);
  }

  async groupBy(by: GroupBy): Promise<void> {
    this.view.setGroup(by);
    await vscode.commands.executeCommand('setContext', contextKeys.groupBy, by);
  }

  async sortBy(by: SortBy): Promise<void> {
    this.view.setSort(by);
    await vscode.commands.executeCommand('setContext', contextKeys.sortBy, by);
  }

  async filter(): Promise<void> {
    // Whoever is in the page already may be typing into the box that its own key opened.
    if (!this.view.hasFocus) await vscode.commands.executeCommand('glitag.tags.focus');
    this.view.postCommand('filter');
  }

  collapseAll(): void {
    this.view.postCommand('collapseAll');
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get sinks(): readonly TagSink[] {
    return [this.view, ...this.others];
  }

  private tellState(): void {
    const state = viewState(this.parts, this.otherwise);
    this.toldProblem = state.problem;
    for (const sink of this.sinks) sink.setState(state);
  }

  /** Opens a document at the evidence of a label, or at its start. */
  open(documentId: string, label: number | null, toSide: boolean): void {
    this.actOn(toSide ? 'openRowToSide' : 'openRow', { ...documentRow, documentId, label });
  }

  /** Rows act through the commands, as menus and keys do. */
  private actOn(command: 'openRow' | ViewRowCommand, row: RowTarget): void {
    this.guard(() => vscode.commands.executeCommand(`glitag.${command}`, row));
  }

  private gather({ reset, changed, removed }: ResultChange): void {
    if (reset) this.reset = true;
    for (const id of removed) {
      this.removed.add(id);
      this.changed.delete(id);
    }
    for (const id of changed) {
      this.changed.add(id);
      this.removed.delete(id);
    }
    this.timer ??= setTimeout(() => {
      this.flush();
    }, gatherMs);
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const { reset } = this;
    const ids = reset ? this.parts.results.ids() : [...this.changed];
    const removed = [...this.removed];
    this.reset = false;
    this.changed.clear();
    this.removed.clear();
    this.tellContext();
    this.tellOtherwise();
    if (ids.length === 0 && removed.length === 0 && !reset) return;
    this.sending = this.sending
      .then(() => this.send(ids, removed, reset))
      .catch((error: unknown) => {
        this.parts.reporter.silently(error);
      });
  }

  /** In slices with a turn of the event loop between them, so that 100,000 documents never hold up the host. */
  private async send(ids: readonly string[], removed: readonly string[], reset: boolean): Promise<void> {
    if (!reset) for (const sink of this.sinks) sink.removeDocuments(removed);
    for (let start = 0; start < ids.length || (reset && start === 0); start += documentsPerTurn) {
      // Another reset waits behind this one: what is left would be sent twice.
      if (this.reset) return;
      const { documents, gone } = this.summaries(ids.slice(start, start + documentsPerTurn));
      for (const sink of this.sinks) {
        if (documents.length > 0 || reset) sink.setDocuments(documents, reset && start === 0);
        if (!reset) sink.removeDocuments(gone);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const id of this.openedOf(ids)) await this.sendDetails(id);
  }

  /** What is open of these documents and their parts. */
  private openedOf(ids: readonly string[]): string[] {
    if (this.expanded.size === 0) return [];
    const documents = new Set(ids);
    return [...this.expanded].filter((id) => documents.has(this.parts.results.documentOf(id)));
  }

  private summaries(ids: readonly string[]): { documents: DocumentSummary[]; gone: string[] } {
    const documents: DocumentSummary[] = [];
    const gone: string[] = [];
    for (const id of ids) {
      const summary = this.parts.results.summary(id);
      if (summary) documents.push(summary);
      else gone.push(id);
    }
    return { documents, gone };
  }

  private async sendDetails(id: string): Promise<void> {
    const { results, labelSets } = this.parts;
    if (!results.has(id)) {
      this.expanded.delete(id);
      return;
    }
    const labels = labelSets.read();
    const details = await results.details(id);
    // Label numbers of the set before would be read as labels of the one now; its own details follow.
    if (labelSets.read() !== labels) return;
    this.view.setDetails(id, details);
    // A row that is open from last time is no reason to start a model.
    if (this.parts.models.find(labels.active?.model)?.isRunning) void this.sendExact(id, labels);
  }

  /**
   * The chunk stands there at once; its best sentence takes its place when the model has read them one by one. Nothing waits for
   * that: rows of other documents would come late.
   */
  private async sendExact(id: string, labels: LabelSetState): Promise<void> {
    const { results, labelSets, reporter } = this.parts;
    const exact = await results.exactDetails(id).catch((error: unknown) => {
      reporter.silently(error);
      return null;
    });
    if (exact && labelSets.read() === labels) this.view.setDetails(id, exact);
  }

  private tellContext(): void {
    const has = !this.parts.results.isEmpty;
    if (has === this.hasResults) return;
    this.hasResults = has;
    void vscode.commands.executeCommand('setContext', contextKeys.hasResults, has);
  }

  /** Only an empty view says it, so only then it is looked up. */
  private tellOtherwise(): void {
    let now: TaggedOtherwise | null = null;
    try {
      if (this.parts.results.isEmpty) now = this.parts.taggedOtherwise();
    } catch (error) {
      // A damaged index: the next run says so, and makes it anew.
      this.parts.reporter.silently(error);
    }
    const before = this.otherwise;
    if (now?.documents === before?.documents && now?.textsKept === before?.textsKept) return;
    this.otherwise = now;
    this.tellState();
  }

  private guard(act: () => unknown): void {
    void (async () => {
      try {
        await act();
      } catch (error) {
        this.parts.reporter.error(error);
      }
    })();
  }
}
