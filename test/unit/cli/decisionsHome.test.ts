// The decisions file of `glitag decide`, beside other programs that write it.
import { appendFile, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { withDecisions } from '../../../src/cli/decide/decisionsHome';
import type { Decision } from '../../../src/core/review/decision';
import { toLines } from '../../../src/core/review/decisionLines';
import { acceptStep } from '../../../src/core/review/steps';
import { TempFolder } from '../workspace/tempFolder';

const decision = (path: string): Decision => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug' },
  ...{ verdict: 'accepted', textHash: '0a'.repeat(32), decidedMs: 1 },
});

it('leaves a file as it is that another program wrote meanwhile, and says so', async () => {
  const folder = await TempFolder.create({ 'd.jsonl': toLines([decision('a.md')]) });
  const file = folder.at('d.jsonl');
  const deciding = withDecisions(file, 'Ann', async ({ store }) => {
    await store.decide(acceptStep([{ ...decision('b.md'), label: 'bug' }]));
    await appendFile(file, toLines([decision('theirs.md')]));
  });
  await expect(deciding).rejects.toThrow('d.jsonl was written by another program meanwhile');
  expect(await readFile(file, 'utf8')).toBe(toLines(['a.md', 'theirs.md'].map(decision)));
});
