// The "Tags" page: takes the host's messages and changes the tree.
import { TagTree } from '../../src/core/tree/tagTree';
import type { GroupBy, SortBy } from '../../src/core/tree/treeTypes';
import { parseToView } from '../../src/shared/parseToView';
import type { FromView, ToView, ViewProgress, ViewRunCommand, ViewState } from '../../src/shared/viewMessages';
import { ActiveRow } from './activeRow';
import { Arrivals } from './arrivals';
import { element, show } from './dom';
import { FilterBar } from './filterBar';
import { GoTo } from './goTo';
import { Hover } from './hover';
import { Notes } from './notes';
import { PageFocus } from './pageFocus';
import { Place } from './place';
import { ProblemLine } from './problemLine';
import { ProgressLine } from './progressLine';
import { ReviewHead } from './reviewHead';
import { readState, type SavedState, StateSaver, type ViewHost } from './savedState';
import { ScoreRequests } from './scoreRequests';
import { StepFoot } from './stepFoot';
import { TreeInput } from './treeInput';
import { TreeView } from './treeView';
import { Welcome } from './welcome';
import { WhatMoved } from './whatMoved';

/** Open rows that are remembered over a reload. */
const savedRows = 2000;

export class TagsPage {
  private readonly tree = new TagTree();
  private readonly view = new TreeView(this.tree);
  private readonly place = new Place(this.tree, this.view);
  private readonly progressLine = new ProgressLine();
  private readonly hover = new Hover();
  private readonly problemLine = new ProblemLine();
  private readonly notes = new Notes(
    (note) => {
      this.post({ type: 'act', note });
    },
    (note) => {
      this.post({ type: 'dismiss', note });
    },
  );
  private readonly noMatch = element('div', 'no-match');
  private readonly run = (command: ViewRunCommand): void => {
    this.post({ type: 'run', command });
  };
  private readonly reviewHead = new ReviewHead(this.run);
  private readonly stepFoot = new StepFoot(this.run);
  private readonly welcome = new Welcome(this.run);
  private readonly spoken = element('div', 'visually-hidden');
  private readonly filterBar: FilterBar;
  private readonly scores: ScoreRequests;
  /** Every change of the tree goes through here: what the user reads stays where it is. */
  private readonly change = (act: () => void): void => {
    this.hover.hide();
    this.view.change(act);
    this.place.tryAgain();
    this.update();
    this.saver.soon();
  };
  private readonly post = (message: FromView): void => {
    this.host.postMessage(message);
  };
  private readonly whatMoved = new WhatMoved(this.hover, this.spoken, this.post);
  private readonly goTo = new GoTo(this.tree, this.view, {
    change: this.change,
    clearFilter: () => {
      this.filterBar.setText('');
    },
    left: this.place.forget.bind(this.place),
    inUse: () => this.view.hasFocus && !this.focus.isFresh,
  });
  private state: ViewState | null = null;
  /** Of the labels whose numbers the rows have. */
  private labelsId = '';
  private progress: ViewProgress | null = null;
  private group: GroupBy = 'file';
  private sort: SortBy = 'default';
  private readonly arrivals = new Arrivals((documents) => {
    for (const { id, parts } of documents) for (const one of [{ id }, ...(parts ?? [])]) this.scores.changed(one.id);
    this.change(() => {
      this.tree.putDocuments(documents, false);
    });
    this.goTo.tryNow();
  });
  private readonly activeRow: ActiveRow;
  private readonly focus: PageFocus;
  private readonly input: TreeInput;
  private readonly saver: StateSaver;

  constructor(
    body: HTMLElement,
    private readonly host: ViewHost,
  ) {
    this.saver = new StateSaver(host, () => this.current());
    this.filterBar = this.makeFilterBar();
    this.scores = new ScoreRequests(this.tree, (id) => {
      this.post({ type: 'expand', id });
    });
    this.activeRow = new ActiveRow(this.tree, this.view, () => this.labelsId, this.post);
    // The last decision may have been the wrong one: keys are there also when all rows are gone.
    this.focus = new PageFocus([this.view.list, this.reviewHead.empty], this.takeFocus.bind(this), (place) => {
      this.post({ type: 'focus', place });
      // The editor shows the evidence of the queue's active row, for whoever comes back to it too.
      if (place === 'tree' && this.tree.review !== null) this.activeRow.tellAgain();
    });
    this.input = new TreeInput(this.tree, this.view, this.hover, this.whatMoved, {
      change: this.change,
      moved: this.saver.soon.bind(this.saver),
      filter: () => {
        this.filterBar.open(true);
      },
      post: this.post,
      typing: this.focus.typing.bind(this.focus),
      say: (text) => {
        this.spoken.textContent = text;
      },
      state: () => this.state,
      labelsId: () => this.labelsId,
    });
    this.view.onDrawn = (rows) => {
      this.scores.drawn(rows);
      this.activeRow.tell();
    };
    this.spoken.setAttribute('role', 'status');
    const main = element('main', 'page', this.filterBar.element, this.problemLine.element, this.notes.element);
    main.append(
      this.welcome.element,
      this.reviewHead.element,
      this.reviewHead.empty,
      this.noMatch,
      this.view.scroller,
      element('div', 'spacer'),
      this.stepFoot.element,
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
      this.arrivals.add(message.documents);
      return;
    }
    this.arrivals.flush();
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
        if (message.reset) this.labelsId = this.state?.labelsId ?? '';
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
      case 'moved':
        this.whatMoved.tell(message.id, message.label, message);
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
      case 'group': {
        // The queue begins with what is least certain, wherever the user was before.
        const toTop = this.group !== message.by && message.by === 'review';
        this.group = message.by;
        this.view.selection.clear();
        this.change(() => {
          this.tree.setGroupBy(message.by);
        });
        if (toTop) this.view.activate(0);
        break;
      }
      case 'sort':
        this.sort = message.by;
        this.change(() => {
          this.tree.setSortBy(message.by);
        });
        break;
      case 'decide':
        // The editor took a key of the tree, but by now what is typed goes elsewhere, such as into the filter.
        if (!message.byKey || this.focus.inTree) this.input.decide(message.act);
        break;
      case 'command':
        if (message.command === 'filter') this.filterBar.open(true);
        else
          this.change(() => {
            this.tree.collapseAll();
          });
        break;
    }
  }

  private setState(state: ViewState): void {
    const labels = (one: ViewState | null): string => JSON.stringify([one?.labels, one?.labelsId, one?.exclusive]);
    const changed = labels(this.state) !== labels(state);
    this.state = state;
    this.notes.set(state.notes ?? []);
    if (changed) {
      this.filterBar.setLabels(state.labels.map(({ name }) => name));
      this.scores.forget();
      this.view.labels = state.labels;
      this.view.redraw();
      this.view.selection.clear();
      this.change(() => {
        this.tree.setLabels(state.labels, state.exclusive);
      });
    }
    this.update();
  }

  private update(): void {
    const { documentCount, shownCount, review } = this.tree;
    const queue = documentCount > 0 ? review : null;
    const all = queue === null ? documentCount : queue.total - queue.decided;
    this.welcome.update(this.state, this.progress, documentCount);
    this.filterBar.setMatches(shownCount, all, queue === null ? 'document' : 'tag');
    this.reviewHead.keepFocus(this.view, () => {
      show(this.view.scroller, shownCount > 0);
      this.reviewHead.update(queue, this.state?.folderOpen !== false);
    });
    this.noMatch.textContent = `No ${queue === null ? 'document' : 'tag to be decided'} matches the filter.`;
    show(this.noMatch, all > 0 && shownCount === 0);
    this.stepFoot.update(this.state, queue !== null);
    this.problemLine.update(this.state, documentCount);
    this.focus.settle();
  }

  private takeFocus(): void {
    if (this.tree.shownCount > 0) this.view.focus();
    else if (!this.reviewHead.empty.hidden) this.reviewHead.empty.focus();
    else if (this.tree.documentCount > 0 && this.filterBar.isOpen) this.filterBar.open(true);
    else this.welcome.focus();
  }

  private makeFilterBar(): FilterBar {
    const focusTree = this.view.focus.bind(this.view);
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
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.receive(event.data);
    });
    window.addEventListener('pagehide', this.saver.now.bind(this.saver));
    this.view.scroller.addEventListener('scroll', this.saver.soon.bind(this.saver));
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

  private current(): SavedState {
    return {
      version: 1,
      group: this.group,
      sort: this.sort,
      filter: this.filterBar.text,
      filterOpen: this.filterBar.isOpen,
      expansion: this.tree.expansion.save(savedRows),
      ...this.place.current(),
    };
  }
}
