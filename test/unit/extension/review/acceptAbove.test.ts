// What is asked before tags are accepted by their score.
import { expect, test, vi } from 'vitest';
import type { Reporter } from '../../../../src/extension/host/report';
import { acceptAbove } from '../../../../src/extension/review/acceptAbove';
import type { Deciding } from '../../../../src/extension/review/deciding';
import type { Targets } from '../../../../src/extension/review/targets';

vi.mock('vscode', async () => ({
  ...(await import('../../../support/vscodeWords')),
  window: { showInputBox: () => Promise.resolve('.5') },
}));

test.each([
  [['a.md'], '1 tag of 1 document'],
  [['a.md', 'a.md'], '2 tags of 1 document'],
  [['a.md', 'b.md'], '2 tags of 2 documents'],
])('tags of %j', async (documents, what) => {
  const tags = documents.map((id) => ({ id, tag: { score: 0.9 } }));
  const asked: string[] = [];
  const targets = { tags: () => Promise.resolve(tags) } as unknown as Targets;
  const confirm = (question: string) => {
    asked.push(question);
    return Promise.resolve(false);
  };
  await acceptAbove([], targets, {} as unknown as Deciding, { confirm } as unknown as Reporter, null);
  expect(asked).toEqual([`Accept ${what}, with a score of .50 or better?`]);
});
