// A later window on the folder of reviewFirst that learns from decisions which no window has learned from yet.
import assert from 'node:assert/strict';
import { decided, run } from '../support/deciding';
import { api, file } from '../support/extension';
import { picking } from '../support/picking';
import { until } from '../support/until';

describe('decisions that nobody has learned from', () => {
  before(async () => {
    await api();
    await run('tags.focus');
  });

  it('keep no row from being shown, and are learned from then', async () => {
    const people = file('notes/people.md');
    await until('the row is there', async () => (await decided(people)).length > 0);
    assert.deepEqual(await decided(people), ['topic.hiring accepted', 'tone.grateful added']);
    await until('they are learned from', async () => {
      const offered = await picking('nothing', () => run('showMenu'));
      return offered.some((line) => /^Learning from \d+ decisions: on$/.test(line));
    });
    assert.deepEqual(await decided(people), ['topic.hiring accepted', 'tone.grateful added']);
  });
});
