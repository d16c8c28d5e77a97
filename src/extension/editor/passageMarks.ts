// All passages of a label, or of an answer, in a document: marked in the text and in the overview ruler, with next and previous.
import * as vscode from 'vscode';
import type { Span } from '../../core/tagResult';
import { contextKeys } from '../host/names';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import { followEdit } from '../results/anchor';
import type { Results } from '../results/results';
import { openPlace } from './openPlace';

/** A label of a document: its number in the set in use. */
interface Tag {
  readonly id: string;
  readonly label: number;
}

interface Marked {
  /** What the passages belong to; null where that is an answer. */
  readonly tag: Tag | null;
  /** Of the label, or of the answer. */
  readonly name: string;
  readonly uri: vscode.Uri;
  spans: Span[];
  /** The model still reads chunks of it. */
  reading: boolean;
  /** A step that came before there was anywhere to go. */
  wanted: 1 | -1 | null;
}

export class PassageMarks implements vscode.Disposable {
  private readonly style = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.wordHighlightBorder'),
    overviewRulerColor: new vscode.ThemeColor('charts.blue'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly subscriptions: readonly Pick<vscode.Disposable, 'dispose'>[];
  private marked: Marked | null = null;

  constructor(
    private readonly results: Results,
    private readonly labelSets: LabelSets,
    private readonly reporter: Reporter,
  ) {
    this.subscriptions = [
      this.style,
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.draw();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.tellContext();
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.follow(event);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.toString() === this.marked?.uri.toString()) this.clear();
      }),
      labelSets.onDidChange(() => {
        if (this.marked?.tag) this.clear();
      }),
    ];
  }

  /** Marks the passages of a label (its number in the set in use), as they are found; those of another label go. */
  show(id: string, label: number): void {
    if (this.shows(id, label)) return;
    this.clear();
    this.read(id, label).catch((error: unknown) => {
      // The document is open at its evidence all the same.
      this.reporter.silently(error);
    });
  }

  /** Marks passages that are known, in place of those that were. */
  mark(uri: vscode.Uri, name: string, spans: readonly Span[]): void {
    this.marked = { tag: null, name, uri, spans: sorted(spans), reading: false, wanted: null };
    this.draw();
    this.tellContext();
  }

  shows(id: string, label: number): boolean {
    const tag = this.marked?.tag;
    return tag?.id === id && tag.label === label;
  }

  /** The label whose marked passage is at a place of an editor. */
  at(document: vscode.TextDocument, range: vscode.Range): (Tag & Pick<Marked, 'name'>) | null {
    const { marked } = this;
    if (!marked?.tag || document.uri.toString() !== marked.uri.toString()) return null;
    const [first, last] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const isThere = marked.spans.some(({ start, end }) => start <= last && first <= end);
    return isThere ? { ...marked.tag, name: marked.name } : null;
  }

  /** Goes to the next passage after the cursor, or to the one before it; round the ends. */
  async step(by: 1 | -1): Promise<void> {
    const { marked } = this;
    if (!marked) return;
    const { spans, uri, name } = marked;
    if (spans.length === 0) {
      if (marked.reading) marked.wanted = by;
      return;
    }
    const editor = vscode.window.activeTextEditor;
    const here =
      editor?.document.uri.toString() === uri.toString() ? editor.document.offsetAt(editor.selection.start) : -1;
    const next =
      by === 1 ? spans.findIndex(({ start }) => start > here) : spans.findLastIndex(({ start }) => start < here);
    const at = next === -1 ? (by === 1 ? 0 : spans.length - 1) : next;
    const span = spans[at];
    if (!span) return;
    await openPlace({ uri, span }, false);
    const place = vscode.l10n.t('{0}: passage {1} of {2}', name, at + 1, spans.length);
    vscode.window.setStatusBarMessage(marked.reading ? `${place}…` : place, 4000);
  }

  clear(): void {
    if (!this.marked) return;
    this.marked = null;
    this.draw();
    this.tellContext();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async read(id: string, label: number): Promise<void> {
    const name = this.labelSets.active().labels[label]?.name;
    const place = await this.results.place(id, null);
    if (name === undefined || !place) return;
    const marked: Marked = { tag: { id, label }, name, uri: place.uri, spans: [], reading: true, wanted: null };
    this.marked = marked;
    try {
      for await (const spans of this.results.passages(id, label)) {
        // Another label, other labels, or the document is closed.
        if (this.marked !== marked) return;
        marked.spans = sorted([...marked.spans, ...spans]);
        this.draw();
        this.tellContext();
        const { wanted } = marked;
        marked.wanted = null;
        if (wanted) await this.step(wanted);
      }
    } finally {
      marked.reading = false;
    }
  }

  private draw(): void {
    const key = this.marked?.uri.toString();
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      const spans = document.uri.toString() === key ? (this.marked?.spans ?? []) : [];
      const ranges = spans.map(
        ({ start, end }) => new vscode.Range(document.positionAt(start), document.positionAt(end)),
      );
      editor.setDecorations(this.style, ranges);
    }
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const { marked } = this;
    if (document.uri.toString() !== marked?.uri.toString()) return;
    for (const { rangeOffset, rangeLength, text } of contentChanges) {
      const edit = { offset: rangeOffset, length: rangeLength, insertedLength: text.length };
      marked.spans = marked.spans
        .map((span) => followEdit({ ...span, whole: false, touched: false }, edit))
        .filter(({ start, end }) => start < end);
    }
  }

  private tellContext(): void {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    const has = this.marked !== null && this.marked.spans.length > 0 && this.marked.uri.toString() === active;
    void vscode.commands.executeCommand('setContext', contextKeys.passages, has);
  }
}

function sorted(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.start - b.start);
}
