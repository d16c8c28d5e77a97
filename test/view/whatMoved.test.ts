// What decisions did to a score, in the hover of its row.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doc, scoresOf } from '../unit/tree/treeFixtures';
import { PageHarness } from './pageHarness';

const standup = doc('notes/standup.md', [[0, 0.83]]);

describe('what moved a score', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('says what moved a score once the host knows, and speaks it where the keyboard asked', () => {
    const page = new PageHarness();
    page.fill([standup]);
    page.list.focus();
    page.click(page.item('notes/standup.md'));
    page.send({ type: 'details', id: standup.id, scores: scoresOf(standup) });
    page.key('ArrowDown');
    page.key('ArrowDown');
    const hover = document.querySelector<HTMLElement>('[role="tooltip"]')!;
    expect(page.taken('whatMoved')).toEqual([]);
    vi.advanceTimersByTime(2000);
    const [asked] = page.taken('whatMoved');
    expect(asked).toMatchObject({ id: standup.id });
    const { label } = asked!;
    const by = [
      { title: 'notes/<img src=x>.md', carries: true, change: 0.214 },
      { title: 'b.md', carries: false, change: -0.05 },
      { title: 'c.md', carries: null, change: 0.031 },
    ];
    page.send({ type: 'moved', id: standup.id, label: label + 1, before: 0.1, by });
    expect(hover.textContent).not.toContain('Moved');
    page.send({ type: 'moved', id: standup.id, label, before: 0.428, by });
    const words =
      'Moved from .42 by your decisions: “notes/<img src=x>.md” (accepted) +.21, “b.md” (rejected) −.05, “c.md” +.03';
    expect(hover.textContent).toContain(words);
    expect(hover.querySelector('img')).toBeNull();
    expect(document.querySelector('[role="status"].visually-hidden')!.textContent).toBe(words);
    page.key('Escape');
    page.send({ type: 'moved', id: standup.id, label, before: 0.428, by });
    expect(hover.hidden).toBe(true);
  });

  it('does not speak of what moved a score under the pointer; of a document nothing is asked', () => {
    const page = new PageHarness();
    page.fill([standup]);
    page.click(page.item('notes/standup.md'));
    page.send({ type: 'details', id: standup.id, scores: scoresOf(standup) });
    page.item('planning, score').dispatchEvent(new Event('pointerover', { bubbles: true }));
    vi.advanceTimersByTime(600);
    const [asked] = page.taken('whatMoved');
    page.send({ type: 'moved', id: standup.id, label: asked!.label, before: 0.3, by: [] });
    const hover = document.querySelector<HTMLElement>('[role="tooltip"]')!;
    expect(hover.textContent).toContain('Moved from .30 by your decisions: no single one did much');
    expect(document.querySelector('[role="status"].visually-hidden')!.textContent).toBe('');
    page.item('notes/standup.md').dispatchEvent(new Event('pointerover', { bubbles: true }));
    vi.advanceTimersByTime(600);
    expect(page.taken('whatMoved')).toEqual([]);
  });
});
