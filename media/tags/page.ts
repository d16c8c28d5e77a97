// The "Tags" page: takes the host's messages and changes the tree.
import { TagTree } from '../../src/core/tree/tagTree';
import type { GroupBy, SortBy } from '../../src/core/tree/treeTypes';
import { parseToView } from '../../src/shared/parseToView';
import type { DocumentSummary, FromView, ToView, ViewProgress, ViewState } from '../../src/shared/viewMessages';
import { ActiveRow } from './activeRow';
import { element, foreign, show } from './dom';
import { FilterBar } from './filterBar';
import { GoTo } from './goTo';
import { Hover } from './hover';
import { Notes } from './notes';
import { Place } from './place';
import { ProgressLine } from './progressLine';
import { readState, type SavedState, type ViewHost } from './savedState';
import { ScoreRequests } from './scoreRequests';
import { TreeInput } from './treeInput';
import { TreeView } from './treeView';
import { Welcome } from './welcome';

/** Open rows that are remembered over a reload. */
const savedRows = 2000;
const saveAfterMs = 250;

export class TagsPage {
  private readonly tree = new TagTree();
  private readonly view = new TreeView(this.tree);
  private readonly place = new Place(this.tree, this.view);
  private readonly progressLine = new ProgressLine();
  private readonly hover = new Hover();
  private readonly notice = element('div', 'notice');
  private readonly notes = new Notes((note) => {
    this.post({ type: 'act', note });
  });
  private readonly noMatch = element('div', 'no-match', 'No document matches the filter.');
  private readonly spoken = element('div', 'visually-hidden');
  private readonly filterBar: FilterBar;
  private readonly welcome: Welcome;
  private readonly scores: ScoreRequests;
  private readonly goTo = new GoTo(this.tree, this.view, {
    change: (act) => {
      this.change(act);
    },
    clearFilter: () => {
      this.filterBar.setText('');
    },
    left: () => {
      this.place.forget();
    },
  });
  private state: ViewState | null = null;
  private progress: ViewProgress | null = null;
  private group: GroupBy = 'file';
  private sort: SortBy = 'default';
  /** Documents that came since the last frame: a fast run must not draw more often than the screen does. */
  private arrived: DocumentSummary[] = [];
  private frame = 0;
  private saveTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    body: HTMLElement,
    private readonly host: ViewHost,
  ) {
    this.filterBar = this.makeFilterBar();
    this.welcome = new Welcome((command) => {
      this.post({ type: 'run', command });
    });
    this.scores = new ScoreRequests(this.tree, (id) => {
      this.post({ type: 'expand', id });
    });
    const activeRow = new ActiveRow(this.tree, this.view, (row) => {
      this.post({ type: 'active', row });
    });
    this.view.onDrawn = (rows) => {
      this.scores.drawn(rows);
      activeRow.tell();
    };
    this.notice.setAttribute('role', 'status');
    this.spoken.setAttribute('role', 'status');
    const main = element('main', 'page', this.filterBar.element, this.notice, this.notes.element);
    main.append(
      this.welcome.element,
      this.noMatch,
      this.view.scroller,
      element('div', 'spacer'),
      this.progressLine.foot,
    );
    body.append(this.progressLine.element, main, this.hover.element, this.spoken);
    this.listen();
    this.restore(readState(host));
    this.update();
    this.post({ type: 'ready', group: this.group, sort: this.sort });
  }

  /** Takes a message of the host; what is none is left out. */
  receive(value: unknown): void {
    const message = parseToView(value);
    if (message === null) {
      console.warn('GLiTag: a message that the view does not understand was left out.');
      return;
    }
    if (message.type === 'documents' && !message.reset) {
      this.arrived = this.arrived.concat(message.documents);
      this.frame ||= requestAnimationFrame(() => {
        this.takeArrived();
      });
      return;
    }
    this.takeArrived();
    this.handle(message);
  }

  private handle(message: ToView): void {
    switch (message.type) {
      case 'state':
        this.setState(message);
        break;
      case 'documents':
        this.scores.forget();
        this.place.keep();
        this.change(() => {
          this.tree.putDocuments(message.documents, message.reset);
        });
        this.goTo.tryNow();
        break;
      case 'removed':
        this.change(() => {
          this.tree.removeDocuments(message.ids);
        });
        break;
      case 'details':
        this.scores.arrived(message.id);
        this.change(() => {
          this.tree.setDetails(message.id, message.scores);
        });
        break;
      case 'progress':
        this.progress = message.progress;
        this.progressLine.set(message.progress);
        this.update();
        break;
      case 'reveal':
        this.goTo.reveal(message.id);
        break;
      case 'follow':
        this.goTo.follow(message.id);
        break;
      case 'group':
        this.group = message.by;
        this.change(() => {
          this.tree.setGroupBy(message.by);
        });
        break;
      case 'sort':
        this.sort = message.by;
        this.change(() => {
          this.tree.setSortBy(message.by);
        });
        break;
      case 'command':
        this.runCommand(message.command);
        break;
    }
  }

  private runCommand(command: 'filter' | 'collapseAll'): void {
    if (command === 'filter') this.filterBar.open(true);
    else {
      this.change(() => {
        this.tree.collapseAll();
      });
    }
  }

  private setState(state: ViewState): void {
    const labels = (one: ViewState | null): string => JSON.stringify([one?.labels, one?.exclusive]);
    const changed = labels(this.state) !== labels(state);
    this.state = state;
    this.notes.set(state.notes ?? []);
    this.notice.replaceChildren(foreign(state.problem ?? '', '', 2000));
    if (changed) {
      this.filterBar.setLabels(state.labels.map(({ name }) => name));
      this.scores.forget();
      this.view.labels = state.labels;
      this.view.redraw();
      this.change(() => {
        this.tree.setLabels(state.labels, state.exclusive);
      });
    }
    this.update();
  }

  private takeArrived(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const documents = this.arrived;
    if (documents.length === 0) return;
    this.arrived = [];
    for (const { id, parts } of documents) for (const one of [{ id }, ...(parts ?? [])]) this.scores.changed(one.id);
    this.change(() => {
      this.tree.putDocuments(documents, false);
    });
    this.goTo.tryNow();
  }

  /** Every change of the tree goes through here: what the user reads stays where it is. */
  private change(act: () => void): void {
    this.hover.hide();
    this.view.change(act);
    this.place.tryAgain();
    this.update();
    this.saveSoon();
  }

  private update(): void {
    const { documentCount, shownDocuments } = this.tree;
    this.welcome.update(this.state, this.progress, documentCount);
    this.filterBar.setMatches(shownDocuments, documentCount);
    show(this.view.scroller, shownDocuments > 0);
    show(this.noMatch, documentCount > 0 && shownDocuments === 0);
    const problem = this.state?.problem ?? null;
    // A mistake in a label set is a note already.
    show(this.notice, documentCount > 0 && problem !== null && !this.isNoted(problem));
  }

  private isNoted(problem: string): boolean {
    return this.state?.notes?.some(({ text }) => text === problem) ?? false;
  }

  private takeFocus(): void {
    if (this.tree.shownDocuments > 0) this.view.focus();
    else if (this.tree.documentCount > 0 && this.filterBar.isOpen) this.filterBar.open(true);
    else this.welcome.focus();
  }

  private makeFilterBar(): FilterBar {
    const focusTree = (): void => {
      this.view.focus();
    };
    return new FilterBar({
      changed: (text) => {
        this.change(() => {
          this.tree.setFilter(text);
        });
      },
      left: focusTree,
      closed: focusTree,
    });
  }

  private listen(): void {
    new TreeInput(this.tree, this.view, this.hover, {
      change: (act) => {
        this.change(act);
      },
      moved: () => {
        this.saveSoon();
      },
      filter: () => {
        this.filterBar.open(true);
      },
      post: (message) => {
        this.post(message);
      },
      say: (text) => {
        this.spoken.textContent = text;
      },
      state: () => this.state,
    });
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.receive(event.data);
    });
    document.addEventListener('focusin', ({ target }) => {
      this.post({ type: 'focus', place: target === this.view.list ? 'tree' : 'page' });
    });
    document.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget === null) this.post({ type: 'focus', place: 'none' });
    });
    // The editor focuses the page ("Focus on Tags View"); the keyboard is for what is on it.
    window.addEventListener('focus', () => {
      if (document.activeElement === null || document.activeElement === document.body) this.takeFocus();
    });
    window.addEventListener('pagehide', () => {
      this.save();
    });
    this.view.scroller.addEventListener('scroll', () => {
      this.saveSoon();
    });
  }

  private restore(saved: SavedState | null): void {
    if (saved === null) return;
    this.group = saved.group;
    this.sort = saved.sort;
    this.tree.expansion.restore(saved.expansion);
    this.tree.setGroupBy(saved.group);
    this.tree.setSortBy(saved.sort);
    if (saved.filterOpen) this.filterBar.open(false);
    if (saved.filter !== '') this.filterBar.setText(saved.filter);
    this.place.goBackTo(saved);
  }

  private saveSoon(): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(() => {
      this.save();
    }, saveAfterMs);
  }

  private save(): void {
    clearTimeout(this.saveTimer);
    this.host.setState({
      version: 1,
      group: this.group,
      sort: this.sort,
      filter: this.filterBar.text,
      filterOpen: this.filterBar.isOpen,
      expansion: this.tree.expansion.save(savedRows),
      ...this.place.current(),
    } satisfies SavedState);
  }

  private post(message: FromView): void {
    this.host.postMessage(message);
  }
}
