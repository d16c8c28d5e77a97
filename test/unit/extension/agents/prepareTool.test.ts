// What is asked before a language model has a long text classified: above all, whether the text leaves this machine.
import { expect, test, vi } from 'vitest';
import { prepareTool } from '../../../../src/extension/agents/prepareTool';
import type { WindowSourceParts } from '../../../../src/extension/agents/windowSource';

vi.mock('vscode', () => import('../../../support/vscodeWords'));

const near = { name: 'near' };
const far = { name: 'far', model: 'big' };
const parts = {
  labelSets: { read: () => ({ sets: [near, far], active: far }) },
  models: { serverOf: (name: string | undefined) => (name === 'big' ? 'https://gpu.example/gliclass' : null) },
} as unknown as WindowSourceParts;

const here = 'the model on this machine is busy with it for a while. Nothing is sent or changed.';
const there = 'It is sent to https://gpu.example/gliclass.';

test.each([
  ['of the label set in use', {}, there],
  ['of a label set that is named', { labelSet: 'near' }, here],
  ['for labels of its own', { labels: ['urgent'] }, here],
])('by the model %s', async (_, input, where) => {
  const text = 'x'.repeat(25_000);
  const { confirmationMessages } = await prepareTool('glitag_classify', { text, ...input }, parts);
  expect(confirmationMessages?.message).toContain('25,000 characters');
  expect(confirmationMessages?.message).toContain(where);
});
