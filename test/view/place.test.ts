// Where the user is in the tree, when all documents are sent anew.
import { describe, expect, it } from 'vitest';
import { doc, scoresOf } from '../unit/tree/treeFixtures';
import { nextFrame, PageHarness } from './pageHarness';

const standup = doc('notes/standup.md', [[0, 0.83]]);
const few = [standup, doc('logs/gateway.log', [[4, 0.91]])];
const many = Array.from({ length: 2000 }, (_, index) => doc(`folder${index % 50}/file${index}.md`, [[0, 0.7]]));

describe('all documents sent anew', () => {
  it('leaves the user where they were', async () => {
    const page = new PageHarness();
    page.fill(many);
    // A row of a document that comes with the last chunk.
    page.scrollTo(1236);
    const names = page.names;
    page.send({ type: 'documents', reset: true, documents: many.slice(0, 500) });
    for (let start = 500; start < many.length; start += 500) {
      page.send({ type: 'documents', reset: false, documents: many.slice(start, start + 500) });
      await nextFrame();
    }
    expect(page.topRow).toBe(1236);
    expect(page.names).toEqual(names);
  });

  it('leaves them at the tag where they were, as soon as its scores are there again', () => {
    const page = new PageHarness();
    page.fill(few);
    page.list.focus();
    page.click(page.item('notes/standup.md'));
    const details = { type: 'details', id: standup.id, scores: scoresOf(standup) } as const;
    page.send(details);
    page.key('ArrowDown');
    page.key('ArrowDown');
    const name = page.active.getAttribute('aria-label');
    expect(name).toMatch(/^planning, score 0\.83/);
    page.send({ type: 'documents', reset: true, documents: few }, details);
    expect(page.active.getAttribute('aria-label')).toBe(name);
    // Whoever has gone elsewhere meanwhile stays there.
    page.send({ type: 'documents', reset: true, documents: few });
    page.key('Home');
    page.send(details);
    expect(page.active.getAttribute('aria-label')).toMatch(/^logs\/gateway/);
  });
});
