// The filter box under the fingers: completions by key, mouse and caret, and a long list that is filtered after a pause.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doc } from '../unit/tree/treeFixtures';
import { PageHarness } from './pageHarness';

const few = [doc('notes/standup.md', [[0, 0.83]]), doc('logs/gateway.log', [[4, 0.91]])];

const list = (): HTMLElement => document.querySelector<HTMLElement>('.suggestions')!;
const offers = () => [...document.querySelectorAll('[role="option"]')].map((item) => item.textContent);
const chosen = () => document.querySelector('[role="option"][aria-selected="true"]')?.textContent;

/** A page with the filter open and this typed into it. */
function typed(text: string, caret = text.length): PageHarness {
  const page = new PageHarness();
  page.fill(few);
  page.send({ type: 'command', command: 'filter' });
  page.input.value = text;
  page.input.setSelectionRange(caret, caret);
  page.input.dispatchEvent(new Event('input', { bubbles: true }));
  return page;
}

it('goes through the completions by arrow, round both ends', () => {
  const page = typed('tone');
  const all = offers();
  expect(all.length).toBeGreaterThan(1);
  expect(chosen()).toBeUndefined();
  page.key('ArrowUp', {}, page.input);
  expect(chosen()).toBe(all.at(-1));
  page.key('ArrowDown', {}, page.input);
  expect(chosen()).toBe(all[0]);
  page.key('ArrowUp', {}, page.input);
  expect(chosen()).toBe(all.at(-1));
});

it('completes the word at the caret, and leaves what stands behind it', () => {
  const page = typed('ang planning', 3);
  expect(page.key('Tab', {}, page.input)).toBe(true);
  expect(page.input.value).toBe('angry planning');
  expect(page.input.selectionStart).toBe('angry '.length);
});

it('keeps the focus in the box while the mouse takes a completion', () => {
  typed('ang');
  const press = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
  document.querySelector('[role="option"]')?.dispatchEvent(press);
  expect(press.defaultPrevented).toBe(true);
});

it('hides the completions when the focus goes elsewhere', () => {
  const page = typed('ang');
  expect(list().hidden).toBe(false);
  page.input.blur();
  expect(list().hidden).toBe(true);
  expect(page.input.getAttribute('aria-expanded')).toBe('false');
  expect(page.key('Tab', {}, page.input)).toBe(false);
});

describe('a long list', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('is filtered after a pause in typing, and not by what was typed before the box was closed', () => {
    const page = new PageHarness();
    page.fill(Array.from({ length: 20_000 }, (_, index) => doc(`${index}.md`)));
    page.send({ type: 'command', command: 'filter' });
    page.type('19999');
    expect(page.items.length).toBeGreaterThan(1);
    vi.advanceTimersByTime(200);
    expect(page.names).toEqual(['19999.md, none fits']);
    page.type('nothing at all');
    page.key('Escape', {}, page.input);
    vi.advanceTimersByTime(200);
    expect(page.items.length).toBeGreaterThan(1);
  });
});
