// What the host has to tell the page: kept whole for a page that is made anew, sent in small messages to one that is there.
// Free of `vscode`.
import type {
  DecideAct,
  DocumentSummary,
  GroupBy,
  MovedScore,
  ScoreDetail,
  SortBy,
  ToView,
  ViewProgress,
  ViewState,
} from '../../shared/viewMessages';

/** Documents of one message: small enough that the page draws in between. */
const chunkDocuments = 5000;

/** Sends a message to the page; false where there is no page to get it. */
export type PostToView = (message: ToView) => PromiseLike<boolean>;

export interface Arrangement {
  readonly group: GroupBy;
  readonly sort: SortBy;
}

/** Whoever shows the documents and their tags. */
export interface TagSink {
  setState(state: ViewState): void;
  setDocuments(documents: readonly DocumentSummary[], reset: boolean): void;
  removeDocuments(ids: readonly string[]): void;
}

export class ViewOutbox implements TagSink {
  private state: ViewState | null = null;
  private readonly documents = new Map<string, DocumentSummary>();
  private progress: ViewProgress | null = null;
  private group: GroupBy | null = null;
  private sort: SortBy | null = null;
  private following: string | null = null;
  /** What a page that is not there yet has to do first when it is. */
  private waiting: ToView[] = [];
  private queue: ToView[] = [];
  private sending = false;
  /** The page has said that it is ready, and has not gone since. */
  private live = false;
  /** Counts pages, so that an answer of the one before says nothing about the one there is. */
  private page = 0;

  constructor(
    private readonly post: PostToView,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Of the labels that the page was told last. */
  get labelsId(): string | null {
    return this.state?.labelsId ?? null;
  }

  get documentCount(): number {
    return this.documents.size;
  }

  /**
   * The page is there and knows nothing: everything is sent. It may remember an arrangement of its own; that counts
   * only until the user chose one in this session. Returns the arrangement that counts.
   */
  ready(remembered: Arrangement): Arrangement {
    this.live = true;
    this.page++;
    this.queue = [];
    if (this.group !== null) this.send({ type: 'group', by: this.group });
    if (this.sort !== null) this.send({ type: 'sort', by: this.sort });
    if (this.state !== null) this.send({ type: 'state', ...this.state });
    this.sendDocuments([...this.documents.values()], true);
    this.send({ type: 'progress', progress: this.progress });
    if (this.following !== null) this.send({ type: 'follow', id: this.following });
    const waiting = this.waiting;
    this.waiting = [];
    for (const message of waiting) this.send(message);
    return { group: this.group ?? remembered.group, sort: this.sort ?? remembered.sort };
  }

  /** The page is hidden or closed: what comes now waits for the next `ready`. */
  gone(): void {
    this.live = false;
    this.queue = [];
  }

  /** Tells another one all that is known here. */
  copyTo(sink: TagSink): void {
    if (this.state !== null) sink.setState(this.state);
    sink.setDocuments([...this.documents.values()], true);
  }

  setState(state: ViewState): void {
    this.state = state;
    this.send({ type: 'state', ...state });
  }

  /** Adds or replaces documents by id; `reset` drops all others first. */
  setDocuments(documents: readonly DocumentSummary[], reset: boolean): void {
    if (reset) this.documents.clear();
    for (const document of documents) this.documents.set(document.id, document);
    this.sendDocuments(documents, reset);
  }

  removeDocuments(ids: readonly string[]): void {
    for (const id of ids) this.documents.delete(id);
    if (ids.length > 0) this.send({ type: 'removed', ids });
  }

  /** Not kept: a new page asks again for what it shows. */
  setDetails(id: string, scores: readonly ScoreDetail[]): void {
    this.send({ type: 'details', id, scores });
  }

  /** Not kept: whoever asked may be gone. */
  setMoved(id: string, label: number, moved: MovedScore): void {
    this.send({ type: 'moved', id, label, ...moved });
  }

  setProgress(progress: ViewProgress | null): void {
    this.progress = progress;
    // A page that cannot keep up needs only the newest.
    this.queue = this.queue.filter((message) => message.type !== 'progress');
    this.send({ type: 'progress', progress });
  }

  setGroup(by: GroupBy): void {
    this.group = by;
    this.send({ type: 'group', by });
  }

  setSort(by: SortBy): void {
    this.sort = by;
    this.send({ type: 'sort', by });
  }

  /** Kept for a page that is not there yet, the last one only: it moves the user's place. */
  reveal(id: string): void {
    this.sendOrWait({ type: 'reveal', id });
  }

  /** Which document the user is at; null: the page is not to follow. */
  follow(id: string | null): void {
    this.following = id;
    this.queue = this.queue.filter((message) => message.type !== 'follow');
    if (id !== null) this.send({ type: 'follow', id });
  }

  postCommand(command: 'filter' | 'collapseAll'): void {
    this.sendOrWait({ type: 'command', command });
  }

  /** About rows that only the page there is has. */
  decide(act: DecideAct, byKey: boolean): void {
    this.send({ type: 'decide', act, byKey });
  }

  private sendOrWait(message: ToView): void {
    if (this.live) this.send(message);
    else this.waiting = [...this.waiting.filter((one) => one.type !== message.type), message];
  }

  private sendDocuments(documents: readonly DocumentSummary[], reset: boolean): void {
    for (let start = 0; start < documents.length || (reset && start === 0); start += chunkDocuments) {
      const chunk = documents.slice(start, start + chunkDocuments);
      this.send({ type: 'documents', reset: reset && start === 0, documents: chunk });
    }
  }

  private send(message: ToView): void {
    if (!this.live) return;
    this.queue.push(message);
    if (this.sending) return;
    this.sending = true;
    this.drain().catch((error: unknown) => {
      this.onError(error);
    });
  }

  /** One message after the other, so that a big one does not stand in the way of the page's own work. */
  private async drain(): Promise<void> {
    try {
      for (let message = this.queue.shift(); message !== undefined; message = this.queue.shift()) {
        const { page } = this;
        const delivered = await this.post(message);
        if (!delivered && page === this.page) this.gone();
      }
    } finally {
      this.sending = false;
    }
  }
}
