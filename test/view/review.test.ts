// Deciding on the page: keys and buttons, what is sent, the queue, several rows, undo, and what screen readers hear.
import { describe, expect, it } from 'vitest';
import type { DocumentSummary } from '../../src/shared/viewMessages';
import { doc } from '../unit/tree/treeFixtures';
import { checkAria } from './checkAria';
import { nextFrame, PageHarness, state } from './pageHarness';
import { a, activeName, b, decisions, inQueue, skipped } from './reviewPage';

/** The host’s answer: tags of a document are decided. */
async function answered(page: PageHarness, document: DocumentSummary, ...labels: readonly number[]): Promise<void> {
  const tags = document.tags.map((tag) => (labels.includes(tag.label) ? { ...tag, state: 'accepted' as const } : tag));
  page.send({ type: 'documents', reset: false, documents: [{ ...document, tags }] });
  await nextFrame();
}

const head = () => document.querySelector<HTMLElement>('.review-head')!;
const empty = () => document.querySelector<HTMLElement>('.review-empty')!;
const foot = () => document.querySelector<HTMLElement>('.steps')!;

describe('the queue', () => {
  it('lists single tags with their documents, and how far one is', async () => {
    const page = inQueue([a, b, skipped]);
    expect(page.names).toEqual([
      'urgent, score 0.71, to be decided, b.md',
      'hiring, score 0.52, to be decided, a.md',
      'angry, score 0.60, to be decided, b.md',
      'planning, score 0.90, to be decided, a.md',
    ]);
    expect(head().textContent).toContain('0 of 4 decided');
    checkAria(page);
    await answered(page, b, 5);
    expect(head().textContent).toContain('1 of 4 decided');
    expect(page.names).toHaveLength(3);
    page.send({ type: 'group', by: 'file' });
    expect(head().hidden).toBe(true);
  });

  it('is worked through without looking: each key is about the next tag, before the answer has come and after', async () => {
    const page = inQueue();
    page.press('a');
    page.press('A');
    expect(decisions(page)).toEqual([
      ['accept', 'b.md 5'],
      ['accept', 'a.md 1'],
    ]);
    await answered(page, b, 5);
    await answered(page, a, 1);
    expect(activeName(page)).toContain('angry');
    page.press('r');
    page.press('a');
    expect(decisions(page)).toEqual([
      ['reject', 'b.md 4'],
      ['accept', 'a.md 0'],
    ]);
    checkAria(page);
  });

  it('goes on past the other tags of a document that none fits, and stays where a move is still asked for', () => {
    const page = inQueue();
    page.press('n');
    expect(activeName(page)).toContain('hiring');
    page.press('m');
    expect(activeName(page)).toContain('hiring');
    page.press('n');
    expect(decisions(page)).toEqual([
      ['noneFits', 'b.md 5'],
      ['move', 'a.md 1'],
      ['noneFits', 'a.md 1'],
    ]);
  });

  it('asks for the evidence of what is seen, once the user rests there', async () => {
    const page = inQueue();
    expect(page.taken('expand')).toEqual([]);
    await new Promise((done) => setTimeout(done, 200));
    const asked = page.posted.filter(({ type }) => type === 'expand');
    expect(asked).toEqual([
      { type: 'expand', id: b.id },
      { type: 'expand', id: a.id },
    ]);
    page.answer([a, b]);
    expect(page.names[0]).toBe('urgent, score 0.71, to be decided, b.md, evidence: evidence of 5');
    page.key('Enter');
    expect(page.taken('open')).toEqual([{ type: 'open', id: b.id, label: 5, toSide: false }]);
  });

  it('says that everything is decided, takes the keyboard there, and gives it back when a step is undone', async () => {
    const page = inQueue([b]);
    await answered(page, b, 4, 5);
    expect(page.scroller.hidden).toBe(true);
    expect(empty().hidden).toBe(false);
    expect(empty().textContent).toContain('Everything is decided');
    expect(document.activeElement).toBe(empty());
    page.press('u');
    page.press('U', { shiftKey: true });
    expect(page.commands).toEqual(['glitag.undoDecision', 'glitag.redoDecision']);
    page.press('a');
    expect(decisions(page)).toEqual([]);
    page.click(empty().querySelector('button')!);
    expect(page.taken('run').map(({ command }) => command)).toEqual(['tagWorkspace']);
    await answered(page, b, 4);
    expect(empty().hidden).toBe(true);
    expect(document.activeElement).toBe(page.list);
    page.send({ type: 'removed', ids: [b.id] });
    expect(empty().hidden).toBe(true);
  });

  it('tells a filter that lets nothing through from an empty queue', () => {
    const page = inQueue();
    page.send({ type: 'command', command: 'filter' });
    page.type('@label:topic.budget');
    expect(empty().hidden).toBe(true);
    expect(document.querySelector('.no-match')?.textContent).toBe('No tag to be decided matches the filter.');
    page.type('@label:tone');
    expect(page.names).toEqual(['angry, score 0.60, to be decided, b.md']);
    expect(document.querySelector('.filter-matches')?.textContent).toBe('1 of 4');
  });

  it('tells the host the active row anew when the user comes back to it', () => {
    const page = inQueue();
    page.taken('active');
    page.list.blur();
    page.list.focus();
    expect(page.taken('active').map(({ row }) => [row?.documentId, row?.label])).toEqual([[b.id, 5]]);
    page.send({ type: 'group', by: 'file' });
    page.taken('active');
    page.list.blur();
    page.list.focus();
    expect(page.taken('active')).toEqual([]);
  });

  it('is there again after a reload, at the same tag', () => {
    const page = inQueue();
    page.key('ArrowDown');
    page.key('ArrowDown');
    window.dispatchEvent(new Event('pagehide'));
    const again = new PageHarness(page.saved);
    expect(again.taken('ready')).toEqual([{ type: 'ready', group: 'review', sort: 'default' }]);
    again.fill([a, b]);
    expect(activeName(again)).toContain('angry');
  });
});

describe('other labels', () => {
  it('count from their rows on: until these come, what is decided is about the labels before, and says so', () => {
    const page = inQueue();
    const said = () => page.taken('decide').map(({ labelsId }) => labelsId);
    page.press('a');
    page.send({ ...state, labelSetName: 'home', labelsId: 'home' });
    page.press('a');
    expect(said()).toEqual(['work', 'work']);
    page.taken('active');
    page.send({ type: 'documents', reset: true, documents: [a, b] });
    page.press('a');
    expect(said()).toEqual(['home']);
    expect(page.taken('active')[0]?.labelsId).toBe('home');
  });
});

describe('several rows', () => {
  const selected = (page: PageHarness) =>
    page.items.filter((one) => one.getAttribute('aria-selected') === 'true').map((one) => one.textContent.slice(3, 9));

  it('are selected with Shift and arrows, and decided together', () => {
    const page = inQueue();
    expect(page.list.getAttribute('aria-multiselectable')).toBe('true');
    page.key('ArrowDown', { shiftKey: true });
    page.key('ArrowDown', { shiftKey: true });
    page.key('ArrowUp', { shiftKey: true });
    expect(selected(page)).toHaveLength(2);
    expect(activeName(page)).toContain('hiring');
    page.press('a');
    expect(decisions(page)).toEqual([['accept', 'b.md 5', 'a.md 1']]);
    expect(activeName(page)).toContain('angry');
    expect(selected(page)).toHaveLength(1);
    checkAria(page);
  });

  it('are selected by click with Ctrl, Cmd and Shift, which opens nothing; Escape ends it, and so does moving on', () => {
    const page = inQueue();
    page.click(page.item('angry'), { ctrlKey: true });
    page.click(page.item('planning'), { metaKey: true });
    expect(selected(page)).toHaveLength(3);
    page.click(page.item('planning'), { ctrlKey: true });
    expect(selected(page)).toHaveLength(2);
    page.press('r');
    expect(decisions(page)).toEqual([['reject', 'b.md 5', 'b.md 4']]);
    page.click(page.item('urgent'));
    page.taken('open');
    page.click(page.item('planning'), { shiftKey: true });
    expect(selected(page)).toHaveLength(4);
    expect(page.key('Escape')).toBe(true);
    expect(selected(page)).toHaveLength(1);
    page.key('ArrowUp', { shiftKey: true });
    page.key('ArrowUp');
    expect(selected(page)).toHaveLength(1);
    expect(page.taken('open')).toEqual([]);
    checkAria(page);
  });

  it('keep their selection while rows come and go, and leave out what cannot be decided', async () => {
    const page = new PageHarness();
    page.fill([a, b, skipped]);
    page.list.focus();
    page.key('End', { shiftKey: true });
    page.send({ type: 'documents', reset: false, documents: [doc('0.md', [[0, 0.9]])] });
    await nextFrame();
    expect(selected(page)).toHaveLength(3);
    page.press('a');
    expect(decisions(page)).toEqual([['accept', 'a.md', 'b.md']]);
  });
});

describe('states', () => {
  const decided: DocumentSummary = {
    ...doc('c.md', [
      [0, 0.9],
      [3, 0.3],
      [4, 0.6],
    ]),
    rejected: [{ label: 1, score: 0.52, olderText: true }],
  };
  const tags = [
    { ...decided.tags[0]!, state: 'accepted' as const, olderText: true as const },
    { ...decided.tags[1]!, state: 'added' as const },
    { ...decided.tags[2]!, state: 'accepted' as const, conflict: true as const },
  ];

  it('are said and shown by icon and word, the rejected ones in a fold of their own', () => {
    const page = new PageHarness();
    page.fill([{ ...decided, tags }]);
    page.list.focus();
    const closed = page.item('c.md');
    expect(closed.getAttribute('aria-label')).toBe(
      'c.md, 3 tags: planning 0.90 (accepted, decided on an older text), neutral 0.30 (added by people, not by the model), ' +
        'angry 0.60 (conflict: people decided differently, accepted), 1 rejected',
    );
    const icons = (row: Element) =>
      [...row.querySelectorAll('.content .codicon')].map((one) => one.className.replace(/.*codicon-(\S+).*/u, '$1'));
    expect(icons(closed)).toEqual(['check', 'history', 'add', 'warning', 'check']);
    page.click(closed);
    page.answer([{ ...decided, tags }]);
    expect(page.item('planning').getAttribute('aria-label')).toBe(
      'planning, score 0.90, tag, accepted, decided on an older text, evidence: evidence of 0',
    );
    expect(page.item('planning').textContent).toContain('accepted');
    expect(page.item('angry').textContent).toContain('conflict');
    page.click(page.item('1 rejected'));
    const rejected = page.item('hiring');
    expect(rejected.getAttribute('aria-label')).toBe(
      'hiring, score 0.11, rejected, decided on an older text, evidence: evidence of 1',
    );
    expect(rejected.querySelector('.struck')?.textContent).toBe('hiring');
    expect(rejected.querySelector('[data-act="accept"]')).not.toBeNull();
    checkAria(page);
  });

  it('follow the document at once, its scores later', async () => {
    const page = new PageHarness();
    page.fill([a]);
    page.list.focus();
    page.click(page.item('a.md'));
    page.answer([a]);
    const now: DocumentSummary = { ...a, tags: [{ ...a.tags[0]!, state: 'accepted' }], rejected: [a.tags[1]!] };
    page.send({ type: 'documents', reset: false, documents: [now] });
    await nextFrame();
    expect(page.names).toContain('planning, score 0.90, tag, accepted, evidence: evidence of 0');
    expect(page.names).toContain('1 rejected');
    page.send({ type: 'documents', reset: false, documents: [a] });
    await nextFrame();
    expect(page.names).toContain('hiring, score 0.52, tag, evidence: evidence of 1');
  });

  it('say that people decided that none fits', () => {
    const page = new PageHarness();
    const none: DocumentSummary = { ...doc('d.md'), rejected: a.tags, noneFits: true };
    page.fill([none, { ...doc('e.md'), rejected: a.tags }]);
    expect(page.names).toEqual(['d.md, none fits (decided)', 'e.md, 2 rejected']);
    page.click(page.item('d.md'));
    page.answer([none]);
    expect(page.names).toContain('None fits (decided)');
    expect(page.item('topic').getAttribute('aria-label')).toBe('topic, 2 rejected, 1 below .50');
  });
});

describe('the foot', () => {
  it('names the last step with the way back, once something was decided here', () => {
    const page = new PageHarness();
    page.send({ ...state, undo: 'reject 1 tag', redo: null }, { type: 'documents', reset: true, documents: [a] });
    expect(foot().hidden).toBe(true);
    page.send({ ...state, undo: 'accept 3 tags', redo: null });
    expect(foot().hidden).toBe(false);
    const [undo, redo] = [...foot().querySelectorAll('button')];
    expect(foot().querySelector('[role="status"]')?.textContent).toBe('Accepted 3 tags');
    expect([undo?.hidden, redo?.hidden]).toEqual([false, true]);
    page.click(undo!);
    page.send({ ...state, undo: null, redo: 'accept 3 tags' });
    expect([undo?.hidden, redo?.hidden]).toEqual([true, false]);
    page.click(redo!);
    expect(page.taken('run').map(({ command }) => command)).toEqual(['undoDecision', 'redoDecision']);
  });
});
