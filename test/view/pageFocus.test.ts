// Where the keyboard goes when the editor gives it to the page, whatever is there by then.
import { describe, expect, it } from 'vitest';
import { doc } from '../unit/tree/treeFixtures';
import { PageHarness, state } from './pageHarness';

const standup = doc('notes/standup.md', [[0, 0.83]]);
const few = [standup, doc('logs/gateway.log', [[4, 0.91]])];

describe('the focus', () => {
  const focusPage = (page: PageHarness) => {
    (document.activeElement as HTMLElement | null)?.blur();
    page.focused = true;
    window.dispatchEvent(new Event('focus'));
  };

  it('goes to the tree when the editor focuses the page, and stays where it is in it', () => {
    const page = new PageHarness();
    page.fill(few);
    focusPage(page);
    expect(document.activeElement).toBe(page.list);
    page.send({ type: 'command', command: 'filter' });
    window.dispatchEvent(new Event('focus'));
    expect(document.activeElement).toBe(page.input);
    page.type('zzz');
    focusPage(page);
    expect(document.activeElement).toBe(page.input);
  });

  it('goes to the rows when they come after it: the editor makes a hidden page anew', () => {
    const page = new PageHarness();
    focusPage(page);
    expect(document.activeElement).toBe(document.body);
    page.send(state);
    expect(document.activeElement?.textContent).toBe('Tag Selection');
    page.fill(few);
    expect(document.activeElement).toBe(page.list);
  });

  it('goes on to the rows after a click on what has it', () => {
    const page = new PageHarness();
    focusPage(page);
    page.send(state);
    document.activeElement!.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    page.fill(few);
    expect(document.activeElement).toBe(page.list);
  });

  it('is not taken from another part of the editor, nor from whom the pointer sent away', () => {
    const page = new PageHarness();
    page.fill(few);
    expect(document.activeElement).toBe(document.body);
    page.focused = true;
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    page.fill(few);
    expect(document.activeElement).toBe(document.body);
  });

  it('lets the row of the active editor be marked where it went to rows that came, until these are gone through', () => {
    const page = new PageHarness();
    focusPage(page);
    page.fill(few);
    page.send({ type: 'follow', id: standup.id });
    const followed = page.active.getAttribute('aria-label');
    expect(followed).toContain('standup');
    page.key('Home');
    expect(page.active.getAttribute('aria-label')).not.toBe(followed);
    page.send({ type: 'follow', id: standup.id });
    expect(page.active.getAttribute('aria-label')).not.toBe(followed);
  });

  it('goes to the first button where there is no tree', () => {
    const page = new PageHarness();
    page.send(state);
    focusPage(page);
    expect(document.activeElement?.textContent).toBe('Tag Selection');
  });

  it('leaves what is typed in the filter alone when the filter is asked for again', () => {
    const page = new PageHarness();
    page.fill(few);
    page.list.focus();
    page.key('f', { ctrlKey: true });
    page.type('gate');
    page.input.setSelectionRange(4, 4);
    page.send({ type: 'command', command: 'filter' });
    expect([page.input.selectionStart, page.input.selectionEnd]).toEqual([4, 4]);
  });
});
