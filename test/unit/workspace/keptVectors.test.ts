// Whether other labels can be scored without reading a text again is told by what is really kept.
import { expect, it } from 'vitest';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, modelHash, newRun, openStore } from './runHelpers';
import { TempFolder } from './tempFolder';

const other = labelSet(['praise', 'complaint']);

it('tells whether vectors are kept for the prompt, the chunk length and the model', async () => {
  const folder = await TempFolder.create({ 'a.md': 'some text' });
  const store = await openStore(folder);
  const task = taskIdentity(other, null);
  expect(store.keepsVectors(task, null)).toBe(false);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  expect(store.taggedOtherwise(task)).toBe(1);
  expect(store.keepsVectors(task, null)).toBe(true);
  expect(store.keepsVectors(task, modelHash)).toBe(true);
  expect(store.keepsVectors(task, 'another model')).toBe(false);
  expect(store.keepsVectors(taskIdentity(other, 64), null)).toBe(false);
  // The promise holds: the run reads nothing.
  const read = classifier.classified.length;
  await newRun(folder, store, classifier, { set: other }).start();
  expect([classifier.classified.length, classifier.rescored.length]).toEqual([read, 1]);
});
