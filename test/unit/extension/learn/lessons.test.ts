// Which decided documents teach: the newest, as the text that was decided on, within bounds.
import { expect, it } from 'vitest';
import type { Decision, Verdict } from '../../../../src/core/review/decision';
import { chooseLessons, mostChunks, mostTexts } from '../../../../src/extension/learn/lessons';
import type { StoredText } from '../../../../src/workspace/store/tagStore';
import { labelSet } from '../../workspace/labelSetOf';

const size = 2;

function made(path: string, label: string | null, more: Partial<Decision> = {}): Decision {
  const verdict: Verdict = label === null ? 'none-fits' : 'accepted';
  return { root: '', path, passage: null, set: 'set', label, verdict, textHash: path, decidedMs: 1, ...more };
}

/** A text of so many chunks, whose hash is its document's path. */
function kept(hash: string, chunks = 1): StoredText {
  return { hash, vectors: { values: new Float32Array(chunks * size).fill(chunks), spans: new Int32Array(2 * chunks) } };
}

const keptText = ({ path }: Decision) => kept(path);
const hashes = (examples: readonly { readonly kept?: { readonly hash: string } }[]) =>
  examples.map((example) => example.kept?.hash);

it('takes what was decided of documents whose text is kept', async () => {
  const decided = [
    [made('b', 'bug'), made('b', 'idea', { verdict: 'rejected' })],
    [made('a', null)],
    [made('gone', 'bug')],
  ];
  const { examples, decisions } = await chooseLessons(decided, labelSet(), (decision) =>
    decision.path === 'gone' ? null : keptText(decision),
  );
  expect(decisions).toBe(3);
  expect(examples).toEqual([
    {
      text: '',
      labels: [],
      rejected: ['bug', 'idea', 'thanks'],
      kept: { hash: 'a', vectors: kept('a').vectors.values },
    },
    { text: '', labels: ['bug'], rejected: ['idea'], kept: { hash: 'b', vectors: kept('b').vectors.values } },
  ]);
});

it('learns nothing from passages, nor from what was decided on an older text', async () => {
  const passage = { exact: 'x', prefix: '', suffix: '', start: 0 } as unknown as Decision['passage'];
  const decided = [[made('a', 'bug', { passage })], [made('b', 'bug', { textHash: 'before' }), made('b', 'idea')]];
  const { examples, decisions } = await chooseLessons(decided, labelSet(), keptText);
  expect(examples).toMatchObject([{ labels: ['idea'], rejected: [] }]);
  expect(decisions).toBe(1);
});

it('takes the newest documents up to the bound, in an order that time does not change', async () => {
  const paths = Array.from({ length: mostTexts + 100 }, (_, n) => String(n).padStart(4, '0'));
  const decided = paths.map((path, n) => [made(path, 'bug', { decidedMs: 1_000 - n })]);
  const { examples } = await chooseLessons(decided, labelSet(), keptText);
  expect(hashes(examples)).toEqual(paths.slice(0, mostTexts));
  const again = paths.slice(0, mostTexts).map((path, n) => [made(path, 'bug', { decidedMs: n })]);
  expect(await chooseLessons(again, labelSet(), keptText)).toEqual(await chooseLessons(decided, labelSet(), keptText));
});

it('takes no more chunks than a message may carry, and lets shorter documents have the rest', async () => {
  const chunks: Readonly<Record<string, number>> = { long: mostChunks - 1, other: 2, short: 1 };
  const decided = Object.keys(chunks).map((path, n) => [made(path, 'bug', { decidedMs: 9 - n })]);
  const { examples, decisions } = await chooseLessons(decided, labelSet(), ({ path }) => kept(path, chunks[path]));
  expect(hashes(examples)).toEqual(['long', 'short']);
  expect(decisions).toBe(2);
});

it('waits in single-label sets for four decisions a label', async () => {
  const set = labelSet(['good', 'bad'], { mode: 'single-label' });
  const decided = Array.from({ length: 8 }, (_, n) => [made(`d${n}`, n % 2 === 0 ? 'good' : 'bad')]);
  expect(await chooseLessons(decided.slice(1), set, keptText)).toEqual({
    examples: [],
    decided: [],
    decisions: 7,
    needed: 8,
  });
  const { examples, needed } = await chooseLessons(decided, set, keptText);
  expect(needed).toBeNull();
  expect(examples[0]).toMatchObject({ labels: ['good'], rejected: ['bad'] });
});
