// The decisions file: whole or not at all.
import { readFile, readdir, symlink, lstat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { toLines } from '../../../../src/core/review/decisionLines';
import { readWholeDecisionsFile, writeDecisionsFile } from '../../../../src/workspace/decisions/decisionsFile';
import { TempFolder } from '../tempFolder';

const decision = (path: string): Decision => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug' },
  ...{ verdict: 'accepted', textHash: '0a'.repeat(32), decidedMs: 1_000 },
});

it('is replaced, and leaves nothing beside it', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  expect(await readWholeDecisionsFile(file)).toEqual([]);
  await writeDecisionsFile(file, [decision('b.md'), decision('a.md')]);
  await writeDecisionsFile(file, [...(await readWholeDecisionsFile(file)), decision('c.md')]);
  expect(await readFile(file, 'utf8')).toBe(toLines(['a.md', 'b.md', 'c.md'].map(decision)));
  expect(await readdir(folder.path)).toEqual(['decisions.jsonl']);
});

it('stays a link where it is one', async () => {
  const folder = await TempFolder.create({ 'real.jsonl': '' });
  await symlink(folder.at('real.jsonl'), folder.at('link.jsonl'));
  await writeDecisionsFile(folder.at('link.jsonl'), [decision('a.md')]);
  expect((await lstat(folder.at('link.jsonl'))).isSymbolicLink()).toBe(true);
  expect(await readFile(folder.at('real.jsonl'), 'utf8')).toBe(toLines([decision('a.md')]));
});

it('readers see the old one or the new one while it is written', async () => {
  const folder = await TempFolder.create();
  const file = folder.at('decisions.jsonl');
  const many = Array.from({ length: 5_000 }, (_, index) => decision(`${index}.md`));
  await writeDecisionsFile(file, many);
  const writing = writeDecisionsFile(file, many.slice(0, 2_500));
  const sizes = new Set<number>();
  for (let done = false; !done;) {
    done = await Promise.race([
      writing.then(() => true),
      new Promise<false>((resolve) => setImmediate(resolve, false)),
    ]);
    sizes.add((await readWholeDecisionsFile(file)).length);
  }
  expect([...sizes].filter((size) => size !== 5_000 && size !== 2_500)).toEqual([]);
});

it('is refused with one message where a merge was left unfinished, or lines are broken', async () => {
  const folder = await TempFolder.create({
    'merge.jsonl': '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n',
    'broken.jsonl': '[]\n'.repeat(5),
  });
  await expect(readWholeDecisionsFile(folder.at('merge.jsonl'))).rejects.toThrow(
    /merge\.jsonl cannot be used\. Line 1: a merge was left unfinished[^]*without the markers\.$/,
  );
  await expect(readWholeDecisionsFile(folder.at('broken.jsonl'))).rejects.toThrow(
    /Line 3 must be an object, not a list\. 2 more lines have problems\.$/,
  );
  await expect(readWholeDecisionsFile(folder.path)).rejects.toMatchObject({ code: 'document-unreadable' });
});
