// A later window on the folder of reviewFirst, with the same profile: what was decided is there, and can be undone.
import assert from 'node:assert/strict';
import { decided, run } from '../support/deciding';
import { api, file } from '../support/extension';
import { inferenceChildren } from '../support/processes';
import { until } from '../support/until';
import { lastState } from '../support/viewMessages';

describe('the decisions of an earlier window', () => {
  before(async () => {
    await api();
    await run('tags.focus');
  });

  it('are shown with the stored tags, without starting the model', async () => {
    const people = file('notes/people.md');
    await until('the row is there', async () => (await decided(people)).length > 0);
    assert.deepEqual(await decided(people), ['topic.hiring accepted', 'tone.grateful added']);
    assert.deepEqual(await decided(file('notes/security.md')), ['not topic.security vulnerability']);
    assert.deepEqual(inferenceChildren(), []);
  });

  it('are undone and made again', async () => {
    await until('the view knows the step', () => lastState()?.undo === 'reject 1 tag');
    await run('undoDecision');
    assert.deepEqual(await decided(file('notes/security.md')), ['topic.security vulnerability']);
    await run('redoDecision');
    assert.deepEqual(await decided(file('notes/security.md')), ['not topic.security vulnerability']);
  });
});
