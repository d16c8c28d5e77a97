// The tree on the page: ARIA, keyboard, what is posted, and 10,000 rows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doc } from '../unit/tree/treeFixtures';
import { checkAria } from './checkAria';
import { nextFrame, PageHarness, viewRows } from './pageHarness';

const standup = doc(
  'notes/standup.md',
  [
    [0, 0.83],
    [3, 0.71],
    [1, 0.51],
  ],
  { chunkCount: 3, stale: true },
);
const gateway = doc('logs/gateway.log', [[4, 0.91]]);
const few = [standup, gateway, doc('notes/empty.md'), doc('logs/core.bin', [], { skipped: 'binary file' })];
const many = Array.from({ length: 10_000 }, (_, index) =>
  doc(`folder${index % 50}/file${index}.md`, [[index % 5, 0.7]]),
);

function opened(): PageHarness {
  const page = new PageHarness();
  page.fill(few);
  page.list.focus();
  page.click(page.item('notes/standup.md'));
  page.answer(few);
  return page;
}

describe('the tree', () => {
  it('says ready, and shows documents closed', () => {
    const page = new PageHarness();
    expect(page.taken('ready')).toHaveLength(1);
    page.fill(few);
    expect(page.names).toEqual([
      'logs/gateway.log, 1 tag: angry 0.91',
      'notes/empty.md, none fits',
      'notes/standup.md, 3 tags: planning 0.83, neutral 0.71, hiring 0.51, 3 chunks, stale',
      'logs/core.bin, skipped: binary file',
    ]);
    expect(page.items.map((item) => item.getAttribute('aria-expanded'))).toEqual(['false', 'false', 'false', 'false']);
    checkAria(page);
  });

  it('names the tags of a closed document with scores, as many as there is room for', () => {
    const page = new PageHarness();
    page.fill(few);
    const row = page.item('notes/standup.md');
    const shown = (item: Element) => [...item.querySelectorAll('.tag')].map((one) => one.textContent);
    expect(shown(row)).toEqual(['planning.83', 'neutral.71', 'hiring.51']);
    expect(row.querySelector<HTMLElement>('.more')?.hidden).toBe(true);
    // Under a label the row has its score in front; the other tags follow.
    page.send({ type: 'group', by: 'label' });
    page.click(page.item('hiring'));
    expect(shown(page.item('notes/standup.md'))).toEqual(['planning.83', 'neutral.71']);
  });

  it('counts the tags that have no room', () => {
    Object.defineProperty(HTMLElement.prototype, 'offsetTop', {
      configurable: true,
      get(this: HTMLElement) {
        // The browser's wrapping: the third tag goes into a second line, the second too once "+1" takes room.
        if (!this.classList.contains('tag')) return 0;
        const at = [...(this.parentElement?.children ?? [])].indexOf(this);
        const more = this.parentElement?.nextElementSibling;
        return at >= (more instanceof HTMLElement && !more.hidden ? 1 : 2) ? 44 : 0;
      },
    });
    try {
      const page = new PageHarness();
      page.fill(few);
      expect(page.item('notes/standup.md').querySelector('.more')?.textContent).toBe('+2');
      expect(page.item('logs/gateway.log').querySelector<HTMLElement>('.more')?.hidden).toBe(true);
    } finally {
      Reflect.deleteProperty(HTMLElement.prototype, 'offsetTop');
    }
  });

  it('asks once for the scores of an opened document and shows them with evidence', () => {
    const page = new PageHarness();
    page.fill(few);
    page.click(page.item('notes/standup.md'));
    expect(page.names).toContain('Loading scores');
    expect(page.posted.filter((message) => message.type === 'expand')).toEqual([{ type: 'expand', id: standup.id }]);
    page.answer(few);
    const planning = page.item('planning, score 0.83, tag, evidence: evidence of 0');
    expect(planning.getAttribute('aria-level')).toBe('3');
    expect(planning.textContent).toContain('.83');
    expect(planning.querySelector<HTMLElement>('.bar')?.style.getPropertyValue('--score')).toBe('0.830');
    expect(page.item('tone, one of').textContent).toContain('(one of)');
    expect(page.taken('expand')).toEqual([]);
    checkAria(page);
  });

  it('asks again when the document changed, and keeps the old scores meanwhile', async () => {
    const page = opened();
    page.send({ type: 'documents', reset: false, documents: [{ ...standup, stale: false }] });
    await nextFrame();
    expect(page.taken('expand')).toEqual([{ type: 'expand', id: standup.id }]);
    expect(page.names.some((name) => name.startsWith('planning, score 0.83'))).toBe(true);
  });

  it('opens evidence by click and Enter, to the side with Alt', () => {
    const page = opened();
    page.click(page.item('planning'));
    page.click(page.item('planning'), { altKey: true });
    // The editor's own binding does this, or it would be done twice.
    expect(page.key('Enter', { ctrlKey: true })).toBe(false);
    page.key('ArrowUp');
    page.key('Enter');
    page.click(page.item('notes/standup.md'), { detail: 2 });
    expect(page.taken('open')).toEqual([
      { type: 'open', id: standup.id, label: 0, toSide: false },
      { type: 'open', id: standup.id, label: 0, toSide: true },
      { type: 'open', id: standup.id, label: null, toSide: false },
    ]);
  });

  it('opens the evidence of the label under which a document stands', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'group', by: 'label' });
    page.click(page.item('hiring'));
    page.click(page.item('notes/standup.md'), { altKey: true });
    expect(page.taken('open')).toEqual([{ type: 'open', id: standup.id, label: 1, toSide: true }]);
  });

  it('tells the host which row is active, once each', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'sort', by: 'name' });
    page.list.focus();
    page.taken('active');
    page.key('End');
    page.key('End');
    page.click(page.item('notes/standup.md'));
    page.answer(few);
    page.key('ArrowDown');
    page.key('ArrowDown');
    page.send({ type: 'group', by: 'folder' });
    page.key('Home');
    const row = { webviewSection: 'document', documentId: standup.id, label: null, folder: null, tagged: true };
    expect(page.taken('active').map((message) => message.row)).toEqual([
      row,
      { ...row, webviewSection: 'parent' },
      { ...row, webviewSection: 'score', label: 0 },
      row, // in its folder the document is closed
      { webviewSection: 'folder', documentId: null, label: null, folder: 'logs', tagged: false },
    ]);
    page.send({ type: 'removed', ids: few.map((one) => one.id) });
    expect(page.taken('active')).toEqual([{ type: 'active', row: null, labelsId: 'work' }]);
  });

  it('has buttons on documents and tags, which neither open nor close the row', () => {
    const page = opened();
    const press = (name: string, command: string) => {
      const button = page.item(name).querySelector(`[data-act="${command}"]`);
      expect(button?.closest('[aria-hidden="true"]')).not.toBeNull();
      page.click(button!);
    };
    press('notes/standup.md', 'tagAgain');
    press('notes/standup.md', 'openRowToSide');
    press('planning', 'nextPassage');
    press('planning', 'previousPassage');
    expect(page.item('notes/standup.md').getAttribute('aria-expanded')).toBe('true');
    expect(page.taken('open')).toEqual([]);
    expect(page.taken('rowAct').map(({ command, row }) => [command, row.documentId, row.label])).toEqual([
      ['tagAgain', standup.id, null],
      ['openRowToSide', standup.id, null],
      ['nextPassage', standup.id, 0],
      ['previousPassage', standup.id, 0],
    ]);
    checkAria(page);
  });

  it('opens the menu of the row under the pointer, and by keyboard that of the active row', () => {
    const page = opened();
    const asked: unknown[] = [];
    document.body.addEventListener('contextmenu', (event) => {
      const from = (event.target as Element).closest<HTMLElement>('[data-vscode-context]');
      asked.push((JSON.parse(from?.dataset['vscodeContext'] ?? '{}') as { webviewSection?: string }).webviewSection);
    });
    const open = (from: Element) =>
      from.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    open(page.item('planning').querySelector('.name')!);
    expect(page.active).toBe(page.item('planning'));
    page.key('ArrowUp');
    expect(open(page.list)).toBe(false);
    expect(asked).toEqual(['score', 'parent']);
  });

  it('tells the host where the focus is', () => {
    const page = opened();
    page.send({ type: 'command', command: 'filter' });
    document.querySelector('input')!.blur();
    expect(page.taken('focus').map(({ place }) => place)).toEqual(['tree', 'page', 'none']);
  });

  it('leaves out messages that are none', () => {
    const page = opened();
    const before = page.names;
    for (const message of [
      null,
      1,
      'x',
      {},
      { type: 'removed' },
      { type: 'removed', ids: [1] },
      { type: '__proto__' },
    ]) {
      page.page.receive(message);
    }
    expect(page.names).toEqual(before);
  });
});

describe('the keyboard', () => {
  it('moves, goes in and out, opens and closes', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'sort', by: 'name' });
    page.list.focus();
    const at = () => page.active.getAttribute('aria-label')?.split(',')[0];
    page.key('End');
    expect(at()).toBe('notes/standup.md');
    page.key('ArrowLeft');
    expect(at()).toBe('notes/standup.md');
    page.key('ArrowRight');
    expect(page.active.getAttribute('aria-expanded')).toBe('true');
    page.answer(few);
    page.key('ArrowRight');
    expect(at()).toBe('topic');
    page.key('ArrowRight');
    expect(at()).toBe('planning');
    page.key('ArrowRight');
    expect(at()).toBe('planning');
    page.key('ArrowLeft');
    expect(at()).toBe('topic');
    page.key('ArrowLeft');
    expect(page.active.getAttribute('aria-expanded')).toBe('false');
    page.key('ArrowLeft');
    expect(at()).toBe('notes/standup.md');
    page.key('Home');
    page.key('ArrowUp');
    expect(at()).toBe('logs/core.bin');
    page.key('PageDown');
    expect(at()).toBe('1 more below .70');
    page.key('PageUp');
    expect(at()).toBe('logs/core.bin');
  });

  it('opens siblings with *, toggles with space and Enter where there is nothing to open in the editor', () => {
    const page = opened();
    page.key('*');
    expect(
      page.items
        .filter((item) => item.getAttribute('aria-level') === '1')
        .map((item) => item.getAttribute('aria-expanded')),
    ).toEqual(['true', 'true', 'true', 'true']);
    page.answer(few);
    page.click(page.item('notes/standup.md'));
    page.key(' ');
    page.key('ArrowDown');
    page.key('Enter');
    expect(page.active.getAttribute('aria-expanded')).toBe('false');
    expect(page.taken('open')).toEqual([]);
  });

  it('finds by what is typed', () => {
    const page = new PageHarness();
    page.fill(['beta.md', 'x/alpha.md', 'gamma.md', 'get it.md'].map((title) => doc(title)));
    page.list.focus();
    const at = () => page.active.getAttribute('aria-label')?.split(',')[0];
    for (const character of 'get i') page.key(character);
    expect(at()).toBe('get it.md');
    const again = new PageHarness();
    again.fill(['beta.md', 'x/alpha.md', 'gamma.md', 'get it.md'].map((title) => doc(title)));
    const there = () => again.active.getAttribute('aria-label')?.split(',')[0];
    again.key('g');
    expect(there()).toBe('gamma.md');
    again.key('g');
    expect(there()).toBe('get it.md');
  });

  it('leaves alone what is not its own', () => {
    const page = opened();
    expect(page.key('p', { ctrlKey: true, shiftKey: true })).toBe(false);
    expect(page.key('F1')).toBe(false);
    expect(page.key('Tab')).toBe(false);
    expect(page.key('ArrowDown', { altKey: true })).toBe(false);
    expect(page.key('ArrowDown')).toBe(true);
  });

  it('keeps the ARIA tree right whatever is pressed', () => {
    const keys = [
      'ArrowDown',
      'ArrowUp',
      'ArrowLeft',
      'ArrowRight',
      'Home',
      'End',
      'PageDown',
      'PageUp',
      '*',
      ' ',
      'Enter',
      'n',
      'l',
    ];
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...keys).map((key) => ({ key })) },
      fc.constantFrom('file', 'folder', 'label' as const).map((group) => ({ group: group })),
      fc.nat(60).map((scroll) => ({ scroll })),
      fc.constantFrom('', 'notes', '@label:tone', 'nothing at all').map((filter) => ({ filter })),
      fc.constant({ answer: true }),
      fc.constant({ collapse: true }),
      fc.nat(3).map((remove) => ({ remove })),
    );
    const documents = [...few, ...many.slice(0, 60)];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const page = new PageHarness();
        page.fill(documents);
        page.list.focus();
        for (const one of steps) {
          if ('key' in one) page.key(one.key);
          else if ('group' in one) page.send({ type: 'group', by: one.group });
          else if ('scroll' in one) page.scrollTo(one.scroll);
          else if ('filter' in one) page.type(one.filter);
          else if ('answer' in one) page.answer(documents);
          else if ('collapse' in one) page.send({ type: 'command', command: 'collapseAll' });
          else page.send({ type: 'removed', ids: [few[one.remove]!.id] });
          checkAria(page);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('10,000 documents', () => {
  it('draws only the rows that can be seen', () => {
    const page = new PageHarness();
    page.fill(many);
    expect(page.items.length).toBeLessThanOrEqual(viewRows + 20);
    expect(page.items[0]?.getAttribute('aria-setsize')).toBe('10000');
    page.key('End');
    expect(page.items.length).toBeLessThanOrEqual(viewRows + 20);
    expect(page.active.getAttribute('aria-posinset')).toBe('10000');
    expect(page.list.style.height).toBe(`${10_000 * 22}px`);
    page.scrollTo(5000);
    expect(page.items.some((item) => item.getAttribute('aria-posinset') === '5001')).toBe(true);
    checkAria(page);
  });

  it('keeps the focused row alive while it is scrolled out of sight, and goes on from it', () => {
    const page = new PageHarness();
    page.fill(many);
    page.list.focus();
    for (let step = 0; step < 3; step++) page.key('ArrowDown');
    const name = page.active.getAttribute('aria-label');
    page.scrollTo(8000);
    expect(document.activeElement).toBe(page.list);
    expect(page.active.getAttribute('aria-label')).toBe(name);
    page.key('ArrowDown');
    expect(page.active.getAttribute('aria-posinset')).toBe('5');
    expect(page.topRow).toBeLessThan(5);
    checkAria(page);
  });

  it('refuses to open all of them, and says so', () => {
    const page = new PageHarness();
    page.fill(many);
    page.key('*');
    const spoken = [...document.querySelectorAll('[role="status"]')].map((one) => one.textContent);
    expect(spoken).toContain('10,000 rows are too many to open at once. Filter first.');
    expect(page.taken('expand')).toEqual([]);
  });

  it('does not move what the user reads while documents come and go', async () => {
    const page = new PageHarness();
    page.fill(many);
    page.scrollTo(3000);
    const read = page.items.find((item) => page.offsetOf(item) === 0)!;
    page.send({
      type: 'documents',
      reset: false,
      documents: Array.from({ length: 40 }, (_, index) => doc(`a/${index}.md`)),
    });
    page.send({
      type: 'progress',
      progress: { done: 1, total: 2, documentsPerSecond: 1, secondsLeft: 1, state: 'running' },
    });
    await nextFrame();
    expect(page.topRow).toBe(3040);
    expect(page.offsetOf(read)).toBe(0);
    page.send({ type: 'removed', ids: Array.from({ length: 10 }, (_, index) => `file:///a/${index}.md`) });
    expect(page.offsetOf(read)).toBe(0);
  });

  it('does not move the active row while details come above it', () => {
    const page = new PageHarness();
    page.fill(many);
    page.list.focus();
    page.click(page.items[1]!);
    page.click(page.items[6]!);
    // Opening it has not moved it either.
    expect(page.offsetOf(page.active)).toBe(6);
    page.answer(many);
    expect(page.offsetOf(page.active)).toBe(6);
    checkAria(page);
  });
});
