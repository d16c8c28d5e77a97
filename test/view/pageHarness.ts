// The real page in jsdom, with a fake editor around it. jsdom has no layout: the scroller gets a height of 20 rows.
import { TagsPage } from '../../media/tags/page';
import type { ViewHost } from '../../media/tags/savedState';
import type {
  DecideAct,
  DocumentSummary,
  FocusPlace,
  FromView,
  ToView,
  ViewState,
} from '../../src/shared/viewMessages';
import { manifest } from '../manifest/manifest';
import { exclusive, labels, scoresOf } from '../unit/tree/treeFixtures';

export const viewRows = 20;
const rowHeight = 22;
const decideActs: Readonly<Record<string, DecideAct>> = {
  'glitag.acceptTag': 'accept',
  'glitag.rejectTag': 'reject',
  'glitag.moveTag': 'move',
  'glitag.noneFits': 'noneFits',
};

export const state: { readonly type: 'state' } & ViewState = {
  type: 'state',
  labelSetName: 'work',
  labels,
  labelsId: 'work',
  exclusive,
  mode: 'multi-label',
  modelName: 'glitag-small-en',
  problem: null,
};

export class PageHarness implements ViewHost {
  readonly posted: FromView[] = [];
  /** Commands of keys that are none of the page. */
  readonly commands: string[] = [];
  private place: FocusPlace = 'none';
  /** The page has the keyboard of the editor. */
  focused = false;
  saved: unknown;
  readonly page: TagsPage;

  constructor(saved?: unknown) {
    this.saved = saved;
    document.body.replaceChildren();
    document.hasFocus = () => this.focused;
    globalThis.ResizeObserver = class {
      readonly observe = nothing;
      readonly unobserve = nothing;
      readonly disconnect = nothing;
    };
    Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
      configurable: true,
      get(this: HTMLElement) {
        return this.classList.contains('scroller') ? viewRows * rowHeight : 0;
      },
    });
    this.page = new TagsPage(document.body, this);
    limitScrolling(this.scroller, this.list);
  }

  postMessage(message: FromView): void {
    if (message.type === 'focus') this.place = message.place;
    this.posted.push(structuredClone(message));
  }

  getState(): unknown {
    return this.saved;
  }

  setState(saved: unknown): void {
    this.saved = structuredClone(saved);
  }

  send(...messages: readonly ToView[]): void {
    for (const message of messages) this.page.receive(structuredClone(message));
  }

  /** A page with the usual labels and these documents. */
  fill(documents: readonly DocumentSummary[]): void {
    this.send(state, { type: 'documents', reset: true, documents });
  }

  /** Sends the scores of every document that has been asked for since the last call. */
  answer(documents: readonly DocumentSummary[]): void {
    const asked = this.taken('expand').map((message) => message.id);
    for (const document of documents) {
      if (asked.includes(document.id)) this.send({ type: 'details', id: document.id, scores: scoresOf(document) });
    }
  }

  /** Takes the messages of a type out of what was posted. */
  taken<T extends FromView['type']>(type: T): Extract<FromView, { type: T }>[] {
    const found = this.posted.filter((message): message is Extract<FromView, { type: T }> => message.type === type);
    const rest = this.posted.filter((message) => message.type !== type);
    this.posted.splice(0, this.posted.length, ...rest);
    return found;
  }

  get list(): HTMLElement {
    return document.querySelector<HTMLElement>('[role="tree"]')!;
  }

  get scroller(): HTMLElement {
    return document.querySelector<HTMLElement>('.scroller')!;
  }

  get input(): HTMLInputElement {
    return document.querySelector('input')!;
  }

  get items(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  }

  get active(): HTMLElement {
    return document.getElementById(this.list.getAttribute('aria-activedescendant') ?? '')!;
  }

  get names(): string[] {
    return this.items.map((item) => item.getAttribute('aria-label') ?? '');
  }

  item(name: string): HTMLElement {
    const found = this.items.find((item) => item.getAttribute('aria-label')?.startsWith(name));
    if (found === undefined) throw new Error(`No row “${name}” among ${this.names.join(' | ')}`);
    return found;
  }

  key(key: string, more: KeyboardEventInit = {}, target: Element = this.list): boolean {
    return !target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  }

  /** As the editor hears it, after the page: the command that the manifest binds to the key where the page said it was, or null. */
  command(key: string, shiftKey = false): string | null {
    const name = `${shiftKey ? 'shift+' : ''}${key.toLowerCase()}`;
    const binding = manifest.contributes.keybindings.find((one) => one.key === name);
    const treeFocus = this.place === 'tree' || this.place === 'typing';
    const is = binding?.when === 'glitag.treeFocus && !glitag.typeAhead' && treeFocus && this.place !== 'typing';
    return binding && is ? binding.command : null;
  }

  /** Presses a key in the page and in the editor around it; the command of a decision comes back to the page. */
  press(key: string, more: KeyboardEventInit = {}): void {
    this.key(key, more, document.activeElement ?? document.body);
    const command = this.command(key, more.shiftKey);
    if (command !== null) this.run(command);
  }

  /** What the host does with a command that comes without rows. */
  run(command: string, byKey = true): void {
    const act = decideActs[command];
    if (act) this.send({ type: 'decide', act, byKey });
    else this.commands.push(command);
  }

  click(target: Element, more: MouseEventInit = {}): void {
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1, ...more }));
  }

  type(text: string): void {
    this.input.value = text;
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  scrollTo(row: number): void {
    this.scroller.scrollTop = row * rowHeight;
    this.scroller.dispatchEvent(new Event('scroll'));
  }

  /** Row number at the top of the view, with fractions. */
  get topRow(): number {
    return this.scroller.scrollTop / rowHeight;
  }

  /** Where a row is, in rows from the top of the view. */
  offsetOf(item: HTMLElement): number {
    return parseFloat(item.style.top) / rowHeight - this.topRow;
  }
}

/** jsdom takes any scrollTop; a browser never scrolls past the end, and goes back when the content shrinks. */
function limitScrolling(scroller: HTMLElement, list: HTMLElement): void {
  let wanted = scroller.scrollTop;
  const limit = (top: number): number => {
    const height = parseFloat(list.style.height || '0');
    return Math.max(0, Math.min(top, height - scroller.clientHeight));
  };
  Object.defineProperty(scroller, 'scrollTop', {
    get: () => (wanted = limit(wanted)),
    set: (top: number) => (wanted = limit(top)),
  });
}

/** jsdom never changes a size. */
function nothing(): void {
  return undefined;
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      resolve();
    }),
  );
}
