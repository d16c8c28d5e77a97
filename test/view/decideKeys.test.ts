// Keys that decide: they are commands of the editor, and the page says what they are about.
import { describe, expect, it } from 'vitest';
import type { DocumentSummary } from '../../src/shared/viewMessages';
import { doc } from '../unit/tree/treeFixtures';
import { PageHarness } from './pageHarness';
import { a, activeName, decisions, inQueue, skipped } from './reviewPage';

describe('keys that decide', () => {
  function opened(document: DocumentSummary): PageHarness {
    const page = new PageHarness();
    page.fill([document, skipped]);
    page.list.focus();
    page.click(page.item(document.title));
    page.answer([document]);
    page.taken('expand');
    return page;
  }

  it('are about the tag or document of the active row, and send nothing where there is nothing to decide', () => {
    const page = opened(a);
    page.click(page.item('planning'));
    page.press('a');
    page.press('r');
    page.click(page.item('a.md'));
    page.press('a');
    page.press('m');
    page.press('n');
    expect(decisions(page)).toEqual([
      ['accept', 'a.md 0'],
      ['reject', 'a.md 0'],
      ['accept', 'a.md'],
      ['noneFits', 'a.md'],
    ]);
    page.click(page.item('a.md'));
    for (const name of ['core.bin', 'topic', '1 more below .70']) {
      page.click(page.item(name));
      for (const key of ['a', 'r', 'm', 'n']) page.press(key);
      expect(decisions(page)).toEqual([]);
    }
    expect(document.querySelector('.visually-hidden[role="status"]')?.textContent).toBe(
      'There is nothing to decide here.',
    );
  });

  function typing(): { page: PageHarness; at: () => string | undefined } {
    const page = new PageHarness();
    page.fill(['x/alpha.md', 'banana.md', 'rat.md'].map((title) => doc(title, [[0, 0.9]])));
    page.list.focus();
    return { page, at: () => activeName(page)?.split(',')[0] };
  }

  it('go on with what is typed', () => {
    const { page, at } = typing();
    for (const character of 'ba') page.press(character);
    expect(at()).toBe('banana.md');
    expect(decisions(page)).toEqual([]);
  });

  it('do not begin what is typed, but with Shift', () => {
    const { page, at } = typing();
    const before = at() ?? '';
    page.press('r');
    expect(at()).toBe(before);
    expect(decisions(page)).toEqual([['reject', before]]);
    page.press('R', { shiftKey: true });
    expect(at()).toBe('rat.md');
    expect(decisions(page)).toEqual([]);
  });

  it('are left to the editor, which has commands for them; the page does nothing of its own', () => {
    const page = opened(a);
    page.click(page.item('planning'));
    for (const key of ['a', 'r', 'm', 'n', 'u']) {
      expect(page.key(key)).toBe(false);
      expect(page.key(key, { ctrlKey: true })).toBe(false);
    }
    expect(page.key('U', { shiftKey: true })).toBe(false);
    expect([decisions(page), page.taken('run')]).toEqual([[], []]);
    page.press('u');
    page.press('U', { shiftKey: true });
    expect(page.commands).toEqual(['glitag.undoDecision', 'glitag.redoDecision']);
  });

  it('are about the rows at the time of the key, however late the command comes', () => {
    const page = inQueue();
    page.key('a');
    page.key('ArrowDown');
    page.run('glitag.acceptTag');
    expect(decisions(page)).toEqual([['accept', 'b.md 5']]);
    expect(activeName(page)).toContain('hiring');
    page.key('ArrowUp');
    page.key('ArrowDown', { shiftKey: true });
    page.key('r');
    page.key('End');
    page.run('glitag.rejectTag');
    expect(decisions(page)).toEqual([['reject', 'b.md 5', 'a.md 1']]);
    // Two keys before the first answer.
    page.key('Home');
    page.key('a');
    page.key('r');
    page.run('glitag.acceptTag');
    page.run('glitag.rejectTag');
    expect(decisions(page)).toEqual([
      ['accept', 'b.md 5'],
      ['reject', 'a.md 1'],
    ]);
  });

  it('decide nothing where the editor took a letter that is typed into the filter or goes on with a name', () => {
    const page = opened(a);
    page.key('f', { ctrlKey: true });
    page.run('glitag.acceptTag');
    expect(decisions(page)).toEqual([]);
    // From the palette, for which the keyboard is not in the tree.
    page.run('glitag.acceptTag', false);
    expect(decisions(page)).toEqual([['accept', 'a.md']]);
    page.list.focus();
    for (const key of 'ha') page.key(key);
    page.run('glitag.acceptTag');
    expect(decisions(page)).toEqual([]);
  });

  it('may be other letters, which then look for no row', () => {
    const page = opened(a);
    page.click(page.item('planning'));
    page.key('c');
    expect(activeName(page)).toContain('core.bin');
    page.run('glitag.rejectTag');
    expect(decisions(page)).toEqual([['reject', 'a.md 0']]);
    expect(activeName(page)).toContain('planning');
    expect(
      page
        .taken('focus')
        .map(({ place }) => place)
        .slice(-2),
    ).toEqual(['typing', 'tree']);
  });

  it('have buttons on tags', () => {
    const page = opened(a);
    const press = (name: string, act: string) => {
      page.click(page.item(name).querySelector(`[data-act="${act}"]`)!);
    };
    press('planning', 'accept');
    press('hiring', 'reject');
    expect(decisions(page)).toEqual([
      ['accept', 'a.md 0'],
      ['reject', 'a.md 1'],
    ]);
    expect(page.taken('open')).toEqual([]);
    page.send({ type: 'group', by: 'review' });
    press('planning', 'accept');
    expect(decisions(page)).toEqual([['accept', 'a.md 0']]);
  });
});
