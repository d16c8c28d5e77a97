// The "Tags" view: gives the page to the editor, tells it what there is to show, and takes what the user does in it.
import * as vscode from 'vscode';
import { parseFromView } from '../../shared/parseViewMessages';
import type {
  DecideAct,
  DocumentSummary,
  FocusPlace,
  FromView,
  GroupBy,
  MovedScore,
  RowTarget,
  ScoreDetail,
  SortBy,
  ViewProgress,
  ViewRowCommand,
  ViewRunCommand,
  ViewState,
} from '../../shared/viewMessages';
import { contextKeys } from '../host/names';
import { viewHtml } from './viewHtml';
import type { Arrangement, TagSink } from './viewOutbox';
import { ViewOutbox } from './viewOutbox';

/** What the user asks for in the page. */
export interface TagsViewHandlers {
  /** The scores of a document are wanted: answer with `setDetails`. */
  expand(id: string): void;
  /** What decisions did to a score is wanted: answer with `setMoved`, where they did something. */
  whatMoved(id: string, label: number): void;
  /** Open a document at the evidence of a label (its number in the state's labels), or at its start. */
  open(id: string, label: number | null, toSide: boolean): void;
  run(command: ViewRunCommand): void;
  /** The button of a note was pressed. */
  act(note: string): void;
  /** A note was sent away. */
  dismiss(note: string): void;
  /** A button of a row. */
  actOn(command: ViewRowCommand, row: RowTarget): void;
  /** What is decided on the tags of these rows. */
  decide(act: DecideAct, rows: readonly RowTarget[]): void;
  /** Another row is the active one. */
  activate(row: RowTarget | null): void;
}

/** The part of a LogOutputChannel that is used here. */
type ViewLog = Pick<vscode.LogOutputChannel, 'warn' | 'error'>;

export class TagsView implements vscode.WebviewViewProvider, vscode.Disposable {
  private view: vscode.WebviewView | null = null;
  private row: RowTarget | null = null;
  private groupedBy: GroupBy | null = null;
  /** Null: not told yet, so that what an earlier host left may still count. */
  private place: FocusPlace | null = null;
  private readonly outbox: ViewOutbox;
  private viewDisposables: vscode.Disposable[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly handlers: TagsViewHandlers,
    private readonly log: ViewLog,
  ) {
    this.outbox = new ViewOutbox(
      (message) => this.view?.webview.postMessage(message) ?? Promise.resolve(false),
      (error) => {
        log.error('The view “Tags” could not be reached.', error);
      },
    );
  }

  /** The tree's active row. It stays while the focus is elsewhere, and the palette open. */
  get activeRow(): RowTarget | null {
    return this.row;
  }

  /** The keyboard focus is in the page. */
  get hasFocus(): boolean {
    return this.place !== null && this.place !== 'none';
  }

  /** How the rows are grouped, where that is known. */
  get group(): GroupBy | null {
    return this.groupedBy;
  }

  get documentCount(): number {
    return this.outbox.documentCount;
  }

  /** Called by the editor when the view is first shown, and again when it made a new one. */
  resolveWebviewView(view: vscode.WebviewView): void {
    this.release();
    this.view = view;
    const media = vscode.Uri.joinPath(this.extensionUri, 'dist', 'media');
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [media], enableForms: false };
    this.viewDisposables = [
      webview.onDidReceiveMessage((value: unknown) => {
        this.receive(value);
      }),
      view.onDidChangeVisibility(() => {
        // A hidden page is thrown away and made anew when shown; it then says `ready` again.
        if (!view.visible) this.pageGone();
      }),
      view.onDidDispose(() => {
        if (this.view === view) this.release();
      }),
    ];
    webview.html = viewHtml({
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(vscode.Uri.joinPath(media, 'tags.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(media, 'tags-style.css')).toString(),
    });
  }

  /** Gives another page of the same data what this one has been told. */
  copyTo(sink: TagSink): void {
    this.outbox.copyTo(sink);
  }

  /** What the view is about. Documents sent before refer to the labels before: send them again when labels change. */
  setState(state: ViewState): void {
    // The page tells it again with the rows of the new labels.
    if (state.labelsId !== this.outbox.labelsId) this.setRow(null);
    this.outbox.setState(state);
  }

  /** Adds or replaces documents by id; `reset` drops all others first. */
  setDocuments(documents: readonly DocumentSummary[], reset: boolean): void {
    this.outbox.setDocuments(documents, reset);
  }

  removeDocuments(ids: readonly string[]): void {
    this.outbox.removeDocuments(ids);
  }

  /** Scores of a document, with their evidence: the answer to `expand`. */
  setDetails(id: string, scores: readonly ScoreDetail[]): void {
    this.outbox.setDetails(id, scores);
  }

  /** What decisions did to a score: the answer to `whatMoved`. */
  setMoved(id: string, label: number, moved: MovedScore): void {
    this.outbox.setMoved(id, label, moved);
  }

  /** Null when no run goes on. */
  setProgress(progress: ViewProgress | null): void {
    this.outbox.setProgress(progress);
  }

  setGroup(by: GroupBy): void {
    this.groupedBy = by;
    this.outbox.setGroup(by);
  }

  setSort(by: SortBy): void {
    this.outbox.setSort(by);
  }

  /** Opens and marks a document's row, clearing a filter that hides it. Does not show the view. */
  reveal(id: string): void {
    this.outbox.reveal(id);
  }

  /** Marks the row of this document, where it is in the tree and nothing hides it; null: none. */
  follow(id: string | null): void {
    this.outbox.follow(id);
  }

  postCommand(command: 'filter' | 'collapseAll'): void {
    this.outbox.postCommand(command);
  }

  /** Decides on the rows that are chosen in the page; false where there are none. */
  decide(act: DecideAct): boolean {
    if (this.row === null) return false;
    this.outbox.decide(act, this.inTree);
    return true;
  }

  /** Shows the view where it has been made; false where the editor has not made it yet. */
  show(preserveFocus: boolean): boolean {
    this.view?.show(preserveFocus);
    return this.view !== null;
  }

  dispose(): void {
    this.release();
  }

  private receive(value: unknown): void {
    const parsed = parseFromView(value);
    if ('problem' in parsed) {
      this.log.warn(`A message from the view “Tags” was left out: ${parsed.problem}`);
      return;
    }
    const { message } = parsed;
    if ('labelsId' in message && message.labelsId !== this.outbox.labelsId) {
      this.log.warn(`A message from the view “Tags” was left out: ${message.type} is about labels that changed since.`);
      return;
    }
    this.handle(message);
  }

  private handle(message: FromView): void {
    switch (message.type) {
      case 'ready':
        this.tellArrangement(this.outbox.ready(message));
        break;
      case 'expand':
        this.handlers.expand(message.id);
        break;
      case 'whatMoved':
        this.handlers.whatMoved(message.id, message.label);
        break;
      case 'open':
        this.handlers.open(message.id, message.label, message.toSide);
        break;
      case 'run':
        this.handlers.run(message.command);
        break;
      case 'act':
        this.handlers.act(message.note);
        break;
      case 'dismiss':
        this.handlers.dismiss(message.note);
        break;
      case 'focus':
        this.setFocusKeys(message.place);
        break;
      case 'active':
        this.setRow(message.row);
        break;
      case 'rowAct':
        this.handlers.actOn(message.command, message.row);
        break;
      case 'decide':
        this.handlers.decide(message.act, message.rows);
        break;
      case 'copyTable':
        // The table's own.
        break;
    }
  }

  private get inTree(): boolean {
    return this.place === 'tree' || this.place === 'typing';
  }

  private pageGone(): void {
    this.outbox.gone();
    this.setFocusKeys('none');
    this.setRow(null);
  }

  private setRow(row: RowTarget | null): void {
    if (row?.webviewSection !== this.row?.webviewSection) this.setContext(contextKeys.row, row?.webviewSection ?? '');
    this.row = row;
    this.handlers.activate(row);
  }

  /** Of its own: VS Code's "focusedView" does not know when the focus is in a webview. */
  private setFocusKeys(place: FocusPlace): void {
    // Each letter that is typed tells where the focus is.
    if (place === this.place) return;
    this.place = place;
    this.setContext(contextKeys.viewFocus, this.hasFocus);
    this.setContext(contextKeys.treeFocus, this.inTree);
    this.setContext(contextKeys.typeAhead, place === 'typing');
  }

  /** After a reload the page remembers its arrangement; menus that name it have to know. */
  private tellArrangement({ group, sort }: Arrangement): void {
    this.groupedBy = group;
    this.setContext(contextKeys.groupBy, group);
    this.setContext(contextKeys.sortBy, sort);
  }

  private setContext(key: string, value: unknown): void {
    vscode.commands.executeCommand('setContext', key, value).then(undefined, (error: unknown) => {
      this.log.error(`The context key ${key} could not be set.`, error);
    });
  }

  private release(): void {
    for (const disposable of this.viewDisposables) disposable.dispose();
    this.viewDisposables = [];
    if (this.view === null) return;
    this.view = null;
    this.pageGone();
  }
}
