// Selections on the page: rows under their document, which ask for their own scores and open their own place.
import { expect, it } from 'vitest';
import { doc } from '../unit/tree/treeFixtures';
import { nextFrame, PageHarness, state } from './pageHarness';

const part = doc('notes/weekly.md:13-14', [[1, 0.9]], { id: 'selection:file:///notes/weekly.md#200-240' });
const weekly = doc('notes/weekly.md', [], { parts: [part], partsOnly: true });

function opened(): PageHarness {
  const page = new PageHarness();
  page.fill([weekly]);
  page.click(page.item('notes/weekly.md'));
  return page;
}

it('shows a selection under its document, with how long it is kept', () => {
  const page = opened();
  expect(page.names).toEqual([
    'notes/weekly.md, 1 selection',
    'Selection, lines 13–14, 1 tag: hiring 0.90, kept until this window closes',
  ]);
  expect(page.items[0]?.textContent).not.toContain('none fits');
  expect(page.items[1]?.textContent).toContain('kept until this window closes');
});

it('asks for the scores of an opened selection only', () => {
  const page = opened();
  expect(page.taken('expand')).toEqual([]);
  page.click(page.item('Selection'));
  expect(page.taken('expand')).toEqual([{ type: 'expand', id: part.id }]);
});

it('opens the place of a selection, and the evidence of its labels', () => {
  const page = opened();
  page.click(page.item('Selection'));
  page.answer([part]);
  page.click(page.item('hiring'));
  page.list.focus();
  // To the parent of the label, which closes, and to the selection.
  for (let times = 0; times < 3; times++) page.key('ArrowLeft');
  expect(page.active.getAttribute('aria-label')).toMatch(/^Selection/);
  page.key('Enter');
  expect(page.taken('open')).toEqual([
    { type: 'open', id: part.id, label: 1, toSide: false },
    { type: 'open', id: part.id, label: null, toSide: false },
  ]);
});

it('asks again for the scores of an opened selection that has changed', async () => {
  const page = opened();
  page.click(page.item('Selection'));
  page.answer([part]);
  page.taken('expand');
  page.send({ type: 'documents', reset: false, documents: [{ ...weekly, parts: [{ ...part, stale: true }] }] });
  await nextFrame();
  expect(page.taken('expand')).toEqual([{ type: 'expand', id: part.id }]);
});

it('goes to a selection that was tagged just now', () => {
  const page = new PageHarness();
  page.send(state, { type: 'reveal', id: part.id }, { type: 'documents', reset: true, documents: [weekly] });
  page.send({ type: 'reveal', id: part.id });
  expect(page.active.getAttribute('aria-label')).toMatch(/^Selection/);
});

it('leaves out a message whose selections are none', () => {
  const page = new PageHarness();
  const wrong = { ...weekly, parts: [{ ...part, tags: 'hiring' }] };
  page.send(state, { type: 'documents', reset: true, documents: [wrong as unknown as typeof weekly] });
  expect(page.items).toEqual([]);
});

it('says in a row that its file is gone', () => {
  const page = new PageHarness();
  page.fill([doc('a.md', [[0, 0.8]], { missing: true })]);
  expect(page.names).toEqual(['a.md, 1 tag: planning 0.80, file is gone']);
  page.click(page.item('a.md'));
  expect(page.items[0]?.textContent).toContain('file is gone');
});
