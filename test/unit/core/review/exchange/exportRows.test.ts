// Decided texts as training rows: each once, and what is left out says why.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Decision } from '../../../../../src/core/review/decision';
import { exportRows } from '../../../../../src/core/review/exchange/exportRows';
import { quoteOf } from '../../../../../src/core/review/textQuote';
import { labelSet } from '../../../workspace/labelSetOf';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const set = labelSet(['bug', 'idea']);
const texts: Readonly<Record<string, string>> = { 'a.md': 'It fails.', 'copy.md': 'It fails.', 'edited.md': 'New.' };

const said = (path: string, decidedOn: string, more: Partial<Decision> = {}): Decision => ({
  ...{ root: '', path, passage: null, set: set.name, label: 'bug' },
  ...{ verdict: 'accepted', textHash: hashOf(decidedOn), decidedMs: 1, ...more },
});

async function exported(decisions: readonly Decision[], confidence = false) {
  const found = [];
  const read = ({ path }: Decision) => {
    const text = texts[path];
    return Promise.resolve(text === undefined ? null : { text, hashes: [hashOf(text), hashOf(`---\n---\n${text}`)] });
  };
  for await (const one of exportRows([decisions], set, { confidence, read, hashOf })) found.push(one);
  return found;
}

it('has documents as they are now, and passages as they were decided on', async () => {
  const passage = quoteOf('Say: why not?', { start: 5, end: 13 });
  const decisions = [said('a.md', '---\n---\nIt fails.'), said('gone.md', 'why not?', { passage, label: 'idea' })];
  expect(await exported(decisions)).toMatchObject([
    { row: { text: 'It fails.', all_labels: ['bug'], true_labels: ['bug'] }, place: { path: 'a.md', passage: null } },
    { row: { text: 'why not?', all_labels: ['idea'], true_labels: ['idea'] }, place: { path: 'gone.md', passage } },
  ]);
  expect((await exported(decisions, true))[0]).toMatchObject({ row: { true_labels: { bug: 1 } } });
});

it('says of each text that is no row why', async () => {
  const differ = [said('b.md', 'x', { by: 'Ann' }), said('b.md', 'x', { by: 'Ben', verdict: 'rejected' })];
  const passage = quoteOf('x', { start: 0, end: 1 });
  const decisions = [
    ...[said('a.md', 'It fails.'), said('copy.md', 'It fails.'), said('edited.md', 'Old.'), said('gone.md', 'x')],
    ...differ.map((one) => ({ ...one, passage })),
  ];
  const reasons = (await exported(decisions)).flatMap((one) => ('leftOut' in one ? [one.leftOut] : []));
  expect(reasons.map(({ place, reason }) => `${place.path} ${reason}`)).toEqual([
    'copy.md same-text',
    'edited.md older-text',
    'gone.md gone',
    'b.md undecided',
  ]);
  expect(reasons[0]).toMatchObject({ first: { path: 'a.md' } });
});

it('has what was decided on a document again, and nothing of what was decided on its text before', async () => {
  const again = said('edited.md', 'New.', { label: 'idea', verdict: 'rejected', decidedMs: 2 });
  expect(await exported([said('edited.md', 'Old.'), again])).toMatchObject([
    { row: { text: 'New.', all_labels: ['idea'], true_labels: [] } },
  ]);
});
