// What steps are called, and what they decide.
import { describe, expect, it } from 'vitest';
import {
  acceptStep,
  addStep,
  moveStep,
  noneFitsStep,
  rejectStep,
  stepDone,
  stepName,
  takeBackStep,
} from '../../../../src/core/review/steps';

const place = (path: string) => ({ root: '', path, passage: null, set: 'set', textHash: 'aa' });
const tags = (count: number) => Array.from({ length: count }, (_, n) => ({ ...place(`${n}.md`), label: 'bug' }));
const moved = (count: number) => tags(count).map((tag) => ({ ...tag, otherIsProposed: false }));

describe('stepName', () => {
  it.each([
    [acceptStep(tags(14)), 'accept 14 tags'],
    [acceptStep(tags(1200)), 'accept 1,200 tags'],
    [rejectStep(tags(1)), 'reject 1 tag'],
    [noneFitsStep(tags(1)), 'none fits'],
    [noneFitsStep(tags(3)), 'none fits 3 documents'],
    [moveStep(moved(2), 'topic.planning'), 'move 2 tags to topic.planning'],
    [addStep(tags(1), 'set', 'idea'), 'add idea'],
    [addStep(tags(2), 'set', 'idea'), 'add idea to 2 documents'],
    [takeBackStep(tags(2)), 'take back 2 tags'],
    [{ title: { action: 'import', count: 1 } as const }, 'import 1 decision'],
    [{ title: { action: 'import', count: 14 } as const }, 'import 14 decisions'],
  ])('%#: %s', ({ title }, name) => {
    expect(stepName(title)).toBe(name);
  });
});

it('moving rejects the one label, and accepts the other where the model gives it, else adds it', () => {
  const [tag] = tags(1);
  const verdicts = [true, false].map((otherIsProposed) =>
    moveStep([{ ...tag!, otherIsProposed }], 'idea').decisions.map(({ label, verdict }) => [label, verdict]),
  );
  expect(verdicts).toEqual([
    [
      ['bug', 'rejected'],
      ['idea', 'accepted'],
    ],
    [
      ['bug', 'rejected'],
      ['idea', 'added'],
    ],
  ]);
});

it('says what a step did, from its name', () => {
  const done = (['accept', 'reject', 'add', 'none-fits', 'move', 'take-back', 'import'] as const).map((action) =>
    stepDone(stepName({ action, count: 2, label: 'topic.planning' })),
  );
  expect(done).toEqual([
    'Accepted 2 tags',
    'Rejected 2 tags',
    'Added topic.planning to 2 documents',
    'None fits 2 documents',
    'Moved 2 tags to topic.planning',
    'Took back 2 tags',
    'Imported 2 decisions',
  ]);
});
