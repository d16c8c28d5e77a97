// What the ARIA tree pattern asks of the page at any time.
import { expect } from 'vitest';
import type { PageHarness } from './pageHarness';

/** Holds for every state of the tree (W3C APG tree view). */
export function checkAria(page: PageHarness): void {
  const { items } = page;
  const selected = items.filter((item) => item.getAttribute('aria-selected') === 'true');
  if (items.length === 0) {
    expect(page.list.hasAttribute('aria-activedescendant')).toBe(false);
    return;
  }
  // Without a selection the active row is what keys are about.
  const several = items.filter((item) => item.classList.contains('selected'));
  expect(selected).toEqual(several.length > 0 ? several : [page.active]);
  expect(page.list.contains(page.active)).toBe(true);
  expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
  let [topBefore, levelBefore] = [-22, 0];
  for (const item of items) {
    const number = (name: string) => Number(item.getAttribute(name));
    expect(number('aria-posinset')).toBeGreaterThanOrEqual(1);
    expect(number('aria-posinset')).toBeLessThanOrEqual(number('aria-setsize'));
    expect(item.getAttribute('aria-label')).not.toBe('');
    const top = parseFloat(item.style.top);
    expect(top).toBeGreaterThan(topBefore);
    // Among rows that follow each other, a level is never skipped on the way in.
    if (top === topBefore + 22) expect(number('aria-level')).toBeLessThanOrEqual(levelBefore + 1);
    [topBefore, levelBefore] = [top, number('aria-level')];
  }
  const tabStops = [...document.querySelectorAll<HTMLElement>('.scroller, .scroller *')].filter(
    (one) => one.tabIndex === 0,
  );
  expect(tabStops).toEqual([page.list]);
}
