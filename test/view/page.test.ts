// The page around the tree: welcome, filter, grouping, reveal, progress, and what survives a reload.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doc, scoresOf } from '../unit/tree/treeFixtures';
import { nextFrame, PageHarness, state } from './pageHarness';

const standup = doc('notes/standup.md', [[0, 0.83]], { stale: true });
const gateway = doc('logs/gateway.log', [[4, 0.91]]);
const binary = doc('logs/core.bin', [], { skipped: 'binary file' });
const few = [standup, gateway, binary];
const many = Array.from({ length: 2000 }, (_, index) => doc(`folder${index % 50}/file${index}.md`, [[0, 0.7]]));

const visible = (selector: string): boolean => {
  const found = document.querySelector<HTMLElement>(selector);
  return found?.closest('[hidden]') === null;
};
const buttons = (): (string | null)[] =>
  [...document.querySelectorAll('button')]
    .filter((one) => one.closest('[hidden]') === null)
    .map((one) => one.textContent);

describe('the empty view', () => {
  it('says nothing before it knows, so that nothing flashes', () => {
    new PageHarness();
    expect(visible('.welcome')).toBe(false);
    expect(visible('.scroller')).toBe(false);
  });

  it('asks for a label set where there is none', () => {
    const page = new PageHarness();
    page.send({ ...state, labelSetName: null, labels: [] });
    expect(buttons()).toEqual(['Choose Label Set']);
    document.querySelector<HTMLElement>('.welcome button')?.click();
    expect(page.taken('run')).toEqual([{ type: 'run', command: 'chooseLabelSet' }]);
  });

  it('offers to tag where nothing is tagged', () => {
    const page = new PageHarness();
    page.send(state);
    expect(buttons()).toEqual(['Tag Selection', 'Tag Workspace', 'Change']);
    for (const button of document.querySelectorAll<HTMLElement>('.welcome button')) button.click();
    expect(page.taken('run').map((message) => message.command)).toEqual([
      'classifySelection',
      'tagWorkspace',
      'chooseLabelSet',
    ]);
  });

  it('gives the reason where the model cannot run', () => {
    const page = new PageHarness();
    page.send({ ...state, problem: 'ONNX Runtime does not run on this platform.' });
    expect(document.querySelector('.welcome')?.textContent).toContain('ONNX Runtime does not run on this platform.');
    expect(buttons()).toEqual(['Show Log']);
    page.send({ type: 'documents', reset: true, documents: few });
    expect(visible('.welcome')).toBe(false);
    expect(visible('.notice')).toBe(true);
  });

  it('makes room for the tree, and comes back when all is gone', () => {
    const page = new PageHarness();
    page.fill(few);
    expect([visible('.welcome'), visible('.scroller')]).toEqual([false, true]);
    page.send({ type: 'removed', ids: few.map((one) => one.id) });
    expect([visible('.welcome'), visible('.scroller')]).toEqual([true, false]);
  });
});

describe('the filter', () => {
  it('opens by command and by Ctrl+F, filters while typing, and closes with Escape', () => {
    const page = new PageHarness();
    page.fill(few);
    expect(visible('.filter')).toBe(false);
    page.send({ type: 'command', command: 'filter' });
    expect(visible('.filter')).toBe(true);
    expect(document.activeElement).toBe(page.input);
    page.type('gate');
    expect(page.names).toEqual(['logs/gateway.log, 1 tag: angry 0.91']);
    expect(document.querySelector('.filter-matches')?.textContent).toBe('1 of 3');
    page.key('ArrowDown', {}, page.input);
    expect(document.activeElement).toBe(page.list);
    page.key('f', { metaKey: true });
    expect(document.activeElement).toBe(page.input);
    page.key('Escape', {}, page.input);
    expect(visible('.filter')).toBe(false);
    expect(document.activeElement).toBe(page.list);
    expect(page.items).toHaveLength(3);
  });

  it('takes labels without quotes, or and not, and no half-typed search as an error', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'command', command: 'filter' });
    for (const [text, rows] of [
      ['planning or angry', 2],
      ['-planning', 2],
      ['planning (', 1],
      ['planning or', 1],
      ['planning "', 1],
    ] as const) {
      page.type(text);
      expect(page.items, text).toHaveLength(rows);
    }
  });

  it('offers completions, which Tab, Enter and the mouse take; Escape closes the list first', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'command', command: 'filter' });
    const offers = () => [...document.querySelectorAll('[role="option"]')].map((item) => item.textContent);
    page.type('ang');
    expect(offers()).toEqual(['tone.angry']);
    expect(page.input.getAttribute('aria-expanded')).toBe('true');
    expect(page.key('Tab', {}, page.input)).toBe(true);
    expect(page.input.value).toBe('angry ');
    expect(visible('.suggestions')).toBe(false);
    expect(page.names).toEqual(['logs/gateway.log, 1 tag: angry 0.91']);
    page.type('to');
    expect(offers()).toEqual([
      'topic.planning',
      'topic.hiring',
      'topic.budget',
      'tone.neutral',
      'tone.angry',
      'topic',
      'tone',
    ]);
    page.key('ArrowDown', {}, page.input);
    page.key('ArrowDown', {}, page.input);
    expect(document.querySelector('[aria-selected="true"]')?.id).toBe(page.input.getAttribute('aria-activedescendant'));
    page.key('Enter', {}, page.input);
    expect(page.input.value).toBe('hiring ');
    expect(document.activeElement).toBe(page.input);
    page.type('to');
    page.click(document.querySelectorAll('[role="option"]')[0]!);
    expect(page.input.value).toBe('planning ');
    page.type('to');
    page.key('Escape', {}, page.input);
    expect([visible('.suggestions'), visible('.filter')]).toEqual([false, true]);
    page.key('Escape', {}, page.input);
    expect(visible('.filter')).toBe(false);
  });

  it('has switches that say whether they are on', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'command', command: 'filter' });
    const [stale, skipped] = document.querySelectorAll<HTMLElement>('.switch');
    stale?.click();
    expect(page.names).toHaveLength(1);
    expect(stale?.getAttribute('aria-pressed')).toBe('true');
    expect(page.input.value).toBe('@stale');
    stale?.click();
    skipped?.click();
    expect(page.names).toEqual(['logs/core.bin, skipped: binary file']);
    expect(stale?.getAttribute('aria-pressed')).toBe('false');
  });

  it('says when nothing matches', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'command', command: 'filter' });
    page.type('zzz');
    expect([visible('.no-match'), visible('.scroller')]).toEqual([true, false]);
    expect(page.list.hasAttribute('aria-activedescendant')).toBe(false);
    page.type('');
    expect([visible('.no-match'), visible('.scroller')]).toEqual([false, true]);
    expect(page.active).not.toBeNull();
  });
});

describe('given tags', () => {
  it('stand first under their document, in words and with an icon', () => {
    const page = new PageHarness();
    page.fill([doc('a.md', [[0, 0.9]], { given: ['todo', 'later'] })]);
    page.key('ArrowRight');
    const row = page.item('Given by the author: todo, later');
    expect(row.textContent).toContain('Given:todo, later');
    expect(row.querySelector('.codicon-bookmark')).not.toBeNull();
  });
});

describe('following the editor', () => {
  it('marks the row, closed, and opens the folders above it', () => {
    const page = new PageHarness();
    page.fill(many);
    page.send({ type: 'group', by: 'folder' }, { type: 'command', command: 'collapseAll' });
    page.send({ type: 'follow', id: 'file:///folder40/file1340.md' });
    expect(page.active.getAttribute('aria-label')).toBe('folder40/file1340.md, 1 tag: planning 0.70');
    expect(page.active.getAttribute('aria-expanded')).toBe('false');
    expect(page.offsetOf(page.active)).toBeLessThan(20);
    expect(document.activeElement).toBe(document.body);
  });

  it('waits for a document that is still to come, until the user does something', async () => {
    const page = new PageHarness();
    page.fill(few);
    const late = doc('zz/new.md', [[0, 0.9]]);
    page.send({ type: 'follow', id: late.id }, { type: 'documents', reset: false, documents: [late] });
    await nextFrame();
    expect(page.active.getAttribute('aria-label')).toContain('zz/new.md');
    page.send({ type: 'removed', ids: [late.id] }, { type: 'follow', id: late.id });
    page.scroller.dispatchEvent(new Event('wheel'));
    page.send({ type: 'documents', reset: false, documents: [late] });
    await nextFrame();
    expect(page.active.getAttribute('aria-label')).not.toContain('zz/new.md');
  });

  it('moves nothing under the hands of the user, and undoes no filter and no closed label', () => {
    const page = new PageHarness();
    page.fill(few);
    const start = page.active;
    page.list.focus();
    page.send({ type: 'follow', id: standup.id });
    expect(page.active).toBe(start);
    page.list.blur();
    page.type('gateway');
    page.send({ type: 'follow', id: standup.id });
    expect(page.names).toEqual(['logs/gateway.log, 1 tag: angry 0.91']);
    page.type('');
    page.send({ type: 'group', by: 'label' }, { type: 'command', command: 'collapseAll' });
    const closed = page.names;
    page.send({ type: 'follow', id: standup.id });
    expect(page.names).toEqual(closed);
  });
});

describe('reveal', () => {
  it('opens and marks the row, also one that comes later', async () => {
    const page = new PageHarness();
    page.fill(many);
    page.send({ type: 'reveal', id: 'file:///zz/new.md' });
    page.send({ type: 'documents', reset: false, documents: [doc('zz/new.md', [[0, 0.9]])] });
    await nextFrame();
    expect(page.active.getAttribute('aria-label')).toBe('zz/new.md, 1 tag: planning 0.90');
    expect(page.active.getAttribute('aria-expanded')).toBe('true');
    expect(page.offsetOf(page.active)).toBeLessThan(20);
    expect(page.taken('expand')).toEqual([{ type: 'expand', id: 'file:///zz/new.md' }]);
  });

  it('clears a filter that hides the row', () => {
    const page = new PageHarness();
    page.fill(few);
    page.type('gateway');
    page.send({ type: 'reveal', id: standup.id });
    expect(page.active.getAttribute('aria-label')).toContain('standup');
    expect(page.input.value).toBe('');
  });

  it('does not take the keyboard focus from elsewhere', () => {
    const page = new PageHarness();
    page.fill(few);
    page.send({ type: 'reveal', id: standup.id });
    expect(document.activeElement).toBe(document.body);
  });
});

describe('progress', () => {
  const progress = { done: 412, total: 1204, documentsPerSecond: 30, secondsLeft: 110, state: 'running' as const };

  it('is a line with its value in words, and moves nothing', () => {
    const page = new PageHarness();
    page.fill(many);
    page.scrollTo(700);
    page.send({ type: 'progress', progress });
    const line = document.querySelector<HTMLElement>('[role="progressbar"]')!;
    expect(line.hidden).toBe(false);
    expect([line.getAttribute('aria-valuenow'), line.getAttribute('aria-valuemax')]).toEqual(['412', '1204']);
    expect(line.getAttribute('aria-valuetext')).toBe('412 of 1,204 documents, about 2 min left');
    expect(page.topRow).toBe(700);
    expect(document.querySelector('.foot')?.textContent).toBe('412 of 1,204 documents, about 2 min left30 per second');
    const reason = 'The embedded model is newer: 1,204 documents are tagged again';
    page.send({ type: 'progress', progress: { ...progress, reason } });
    const words = `412 of 1,204 documents, about 2 min left. ${reason}`;
    expect(line.getAttribute('aria-valuetext')).toBe(words);
    expect(document.querySelector('.foot')?.textContent).toBe(`${words}30 per second`);
    page.send({ type: 'progress', progress: { ...progress, state: 'paused' } });
    expect(line.getAttribute('aria-valuetext')).toContain('paused');
    page.send({ type: 'progress', progress: null });
    expect(line.hidden).toBe(true);
    expect(visible('.foot')).toBe(false);
    expect(page.topRow).toBe(700);
  });

  it('takes the place of the offer to tag', () => {
    const page = new PageHarness();
    page.send(state, { type: 'progress', progress });
    expect(buttons()).toEqual([]);
  });
});

describe('a reload', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('brings back what was open, the place, the grouping and the filter', async () => {
    const page = new PageHarness();
    page.fill(many);
    page.send({ type: 'group', by: 'folder' });
    page.send({ type: 'command', command: 'filter' });
    page.type('file');
    page.scrollTo(30);
    const read = page.items.find((item) => page.offsetOf(item) === 2)!;
    page.click(read);
    page.answer(many);
    const names = page.names;
    vi.advanceTimersByTime(1000);
    expect(page.saved).toMatchObject({ version: 1, group: 'folder', filter: 'file', filterOpen: true });

    const again = new PageHarness(page.saved);
    again.send(state, { type: 'documents', reset: true, documents: [] });
    for (let start = 0; start < many.length; start += 500) {
      again.send({ type: 'documents', reset: false, documents: many.slice(start, start + 500) });
      await nextFrame();
    }
    again.answer(many);
    expect(again.input.value).toBe('file');
    expect(visible('.filter')).toBe(true);
    expect(again.topRow).toBe(page.topRow);
    expect(again.names).toEqual(names);
    expect(again.active.getAttribute('aria-expanded')).toBe('true');
  });

  it('is not led astray by a state it does not know', () => {
    const later = { version: 2, expansion: { toggled: [], documents: [] }, filter: 'zzz', filterOpen: true };
    for (const saved of [null, 'x', { version: 2 }, { version: 1 }, later]) {
      const page = new PageHarness(saved);
      page.fill(few);
      expect(page.items).toHaveLength(3);
    }
  });
});

describe('the hover', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('shows path, lines, model, threshold and the whole evidence; Escape hides it', () => {
    const page = new PageHarness();
    page.fill(few);
    page.list.focus();
    page.click(page.item('notes/standup.md'));
    const evidence = 'agreed to move the release '.repeat(8).trim();
    const scores = scoresOf(standup).map((score) => ({ ...score, evidence, startLine: 4, endLine: 9 }));
    page.send({ type: 'details', id: standup.id, scores });
    page.key('ArrowDown');
    page.key('ArrowDown');
    vi.advanceTimersByTime(2000);
    const hover = document.querySelector<HTMLElement>('[role="tooltip"]')!;
    expect(hover.hidden).toBe(false);
    for (const text of [
      'topic.planning',
      'Score .83, threshold .50: tag',
      evidence,
      'notes/standup.md, lines 4–9',
      'glitag-small-en',
    ]) {
      expect(hover.textContent).toContain(text);
    }
    expect(page.active.getAttribute('aria-describedby')).toBe(hover.id);
    page.key('Escape');
    expect(hover.hidden).toBe(true);
    expect(page.active.hasAttribute('aria-describedby')).toBe(false);
  });

  it('waits for the pointer to rest', () => {
    const page = new PageHarness();
    page.fill(few);
    const hover = document.querySelector<HTMLElement>('[role="tooltip"]')!;
    page.item('notes').dispatchEvent(new Event('pointerover', { bubbles: true }));
    vi.advanceTimersByTime(200);
    expect(hover.hidden).toBe(true);
    vi.advanceTimersByTime(400);
    expect(hover.textContent).toContain('notes/standup.md');
    expect(hover.textContent).toContain('Stale');
    page.scroller.dispatchEvent(new Event('scroll'));
    expect(hover.hidden).toBe(true);
  });
});
