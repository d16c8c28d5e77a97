// The table page: grid, keyboard, sorting, what it asks for and copies, 10,000 rows.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablePage } from '../../media/table/tablePage';
import type { FromView, ToView } from '../../src/shared/viewMessages';
import { doc, scoresOf } from '../unit/tree/treeFixtures';
import { nextFrame, state } from './pageHarness';

const standup = doc('notes/standup.md', [
  [0, 0.83],
  [3, 0.6993],
]);
const gateway = doc('logs/gateway.log', [[4, 0.91]], { stale: true });
const binary = doc('logs/core.bin', [], { skipped: 'binary file' });
const few = [standup, gateway, binary];

let posted: FromView[];
let page: TablePage;

beforeEach(async () => {
  document.body.replaceChildren();
  globalThis.ResizeObserver = class {
    readonly observe = () => undefined;
    readonly unobserve = () => undefined;
    readonly disconnect = () => undefined;
  };
  for (const [side, pixels] of [
    ['clientHeight', 440],
    ['clientWidth', 660],
  ] as const)
    Object.defineProperty(HTMLElement.prototype, side, {
      configurable: true,
      get(this: HTMLElement) {
        return this.classList.contains('grid-scroller') ? pixels : 0;
      },
    });
  posted = [];
  page = new TablePage(document.body, {
    postMessage: (message) => posted.push(structuredClone(message) as FromView),
    getState: () => undefined,
    setState: () => undefined,
  });
  await send(state, { type: 'documents', reset: true, documents: few });
});

async function send(...messages: readonly ToView[]): Promise<void> {
  for (const message of messages) page.receive(structuredClone(message));
  await nextFrame();
}

const grid = () => document.querySelector<HTMLElement>('[role="grid"]')!;
const texts = (role: string) => [...document.querySelectorAll(`[role="${role}"]`)].map((one) => one.textContent);
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')!;
const key = (name: string, more: KeyboardEventInit = {}) =>
  !grid().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }));
const taken = <T extends FromView['type']>(type: T) => {
  const found = posted.filter((message): message is Extract<FromView, { type: T }> => message.type === type);
  posted = posted.filter((message) => message.type !== type);
  return found;
};

describe('the table', () => {
  it('shows and says what people decided of tags, the rejected ones struck through', async () => {
    const tags = [
      { ...standup.tags[0]!, state: 'accepted' as const },
      { ...standup.tags[1]!, state: 'added' as const, conflict: true as const },
    ];
    const documents = [{ ...standup, tags, rejected: [{ label: 1, score: 0.55 }] }];
    await send({ type: 'documents', reset: true, documents });
    const cell = (words: string) => document.querySelector<HTMLElement>(`[role="gridcell"][aria-label$="${words}"]`);
    expect(cell('0.83, tag, accepted')?.querySelector('.codicon-check')).not.toBeNull();
    expect(cell('0.55, rejected')?.querySelector('.struck')?.textContent).toBe('.55');
    const words = ', tag, conflict: people decided differently, added by people, not by the model';
    expect(cell(words)?.title).toBe('conflict: people decided differently, added by people, not by the model');
  });

  it('shows documents by labels, tags told by more than colour', async () => {
    expect(texts('columnheader').slice(0, 3)).toEqual(['Document', 'topicplanning', 'topichiring']);
    expect(texts('rowheader')).toEqual(['logs/core.bin', 'logs/gateway.log', 'notes/standup.md']);
    const rows = [...document.querySelectorAll('[role="row"]')];
    expect(rows[3]?.querySelector('[aria-label="0.83, tag"]')?.classList.contains('tag-cell')).toBe(true);
    expect(rows[3]?.querySelector('[aria-label="0.69, tag"]')?.textContent).toBe('.69');
    expect(rows[2]?.querySelector('[role="rowheader"]')?.getAttribute('aria-label')).toBe('logs/gateway.log, stale');
    // Of what is no tag the score comes when the row is seen.
    expect(taken('expand').map(({ id }) => id)).toEqual([gateway.id, standup.id]);
    await send({ type: 'details', id: standup.id, scores: scoresOf(standup) });
    expect(document.querySelector('[aria-label="0.12, no tag"]')?.textContent).toBe('.12');
    expect(taken('expand')).toEqual([]);
  });

  it('asks again where a document changed, and forgets scores of other labels', async () => {
    taken('expand');
    await send({ type: 'documents', reset: false, documents: [{ ...gateway, stale: false }] });
    expect(taken('expand').map(({ id }) => id)).toEqual([gateway.id]);
    await send({ type: 'details', id: standup.id, scores: scoresOf(standup) });
    await send({ ...state, modelName: 'other' });
    expect(taken('expand')).toEqual([]);
    expect(document.querySelector('[aria-label="0.12, no tag"]')).not.toBeNull();
    await send({ ...state, labels: state.labels.slice(0, 4) });
    expect(taken('expand').map(({ id }) => id)).toContain(standup.id);
    expect(document.querySelector('[aria-label="0.12, no tag"]')).toBeNull();
  });

  it('moves by keyboard, sorts in the head, opens in the body', () => {
    grid().focus();
    expect(active().id).toBe('cell_0_-1');
    for (const name of ['End', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) key(name);
    expect(active().id).toBe('cell_2_4');
    expect(active().getAttribute('aria-selected')).toBe('true');
    key('Enter');
    key('Home');
    key('Enter', { ctrlKey: true });
    expect(taken('open')).toEqual([
      { type: 'open', id: standup.id, label: 4, toSide: false },
      { type: 'open', id: standup.id, label: null, toSide: true },
    ]);
    key('End', { ctrlKey: true });
    key('Home', { ctrlKey: true });
    expect(active().id).toBe('cell_0_-1');
    key('ArrowDown');
    key('PageUp');
    // The head is reached by the arrow alone.
    expect(active().id).toBe('cell_0_-1');
    for (const name of ['ArrowUp', 'ArrowRight']) key(name);
    expect(active().getAttribute('role')).toBe('columnheader');
    key('Enter');
    expect(active().getAttribute('aria-sort')).toBe('descending');
    expect(texts('rowheader')[0]).toBe('notes/standup.md');
    key('Enter');
    expect(texts('rowheader')[0]).toBe('logs/core.bin');
    expect(key('ArrowDown', { altKey: true })).toBe(false);
    expect(key('F1')).toBe(false);
  });

  it('sorts by a click on a head, and opens by a double click on a cell', () => {
    const click = (id: string, detail: number) =>
      document.getElementById(id)!.dispatchEvent(new MouseEvent('click', { bubbles: true, detail }));
    click('cell_-1_0', 1);
    expect(texts('rowheader')[0]).toBe('notes/standup.md');
    click('cell_0_0', 1);
    expect(taken('open')).toEqual([]);
    click('cell_0_0', 2);
    expect(taken('open')).toEqual([{ type: 'open', id: standup.id, label: 0, toSide: false }]);
  });

  it('copies the rows that are shown, in their order, by key and button', async () => {
    const input = document.querySelector('input')!;
    input.value = 'log';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await nextFrame();
    key('c', { ctrlKey: true });
    document.querySelector<HTMLElement>('.action')!.click();
    const copied = { type: 'copyTable', ids: [binary.id, gateway.id] };
    expect(taken('copyTable')).toEqual([copied, copied]);
  });

  it('has the filter under Ctrl+F', () => {
    document.querySelector<HTMLElement>('[aria-label="Close filter"]')!.click();
    grid().focus();
    expect(key('f', { ctrlKey: true })).toBe(true);
    expect(document.activeElement).toBe(document.querySelector('input'));
    expect(document.querySelector<HTMLElement>('[role="search"]')?.hidden).toBe(false);
  });

  it('leaves the scores their room where it is narrow', async () => {
    Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 170 });
    await send({ type: 'removed', ids: [] });
    expect(grid().style.getPropertyValue('--name-width')).toBe('77px');
    expect(document.getElementById('cell_0_0')?.style.left).toBe('77px');
    expect(texts('rowheader')).toEqual(['core.bin', 'gateway.log', 'standup.md']);
    expect(document.querySelector('[aria-label="notes/standup.md"]')).not.toBeNull();
  });

  it('says why it is empty', async () => {
    await send({ type: 'removed', ids: few.map(({ id }) => id) });
    expect(document.querySelector('.empty')?.textContent).toBe('Nothing is tagged yet.');
    expect(document.querySelector<HTMLElement>('.grid-scroller')?.hidden).toBe(true);
  });

  it('draws only what can be seen of 10,000 documents', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => doc(`f${index % 50}/${index}.md`, [[index % 5, 0.7]]));
    await send({ type: 'documents', reset: true, documents: many });
    expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(40);
    expect(grid().getAttribute('aria-rowcount')).toBe('10001');
    key('End', { ctrlKey: true });
    expect(active().closest('[role="row"]')?.getAttribute('aria-rowindex')).toBe('10001');
    expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(40);
  });

  it('shows hostile names as text', async () => {
    const hostile = doc('<img src=x onerror=alert(1)>\u202Egpj.exe');
    await send({ type: 'documents', reset: true, documents: [hostile] });
    expect(document.querySelectorAll('img')).toHaveLength(0);
    expect(document.body.textContent).toContain('[U+202E]');
  });
});
