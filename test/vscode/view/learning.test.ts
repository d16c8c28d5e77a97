// Decisions teach at once: other documents follow them without a run, and back again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { decided, row, run } from '../support/deciding';
import { api, closeEditors, file, rowOf } from '../support/extension';
import { picking } from '../support/picking';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { fromPage, lastState, messagesOfType, notesOf } from '../support/viewMessages';

const [invoice, like] = [file('invoice.txt'), file('notes/like the invoice.txt')];

const isGrateful = async () => (await decided(like)).includes('tone.grateful');
const scores = async () => (await api()).documents().map(({ id, tags }) => [id, tags]);

describe('learning from decisions', () => {
  before(async () => {
    fs.writeFileSync(like.fsPath, `${fs.readFileSync(invoice.fsPath, 'utf8').trim()} Many regards.\n`);
    await api();
    await run('tags.focus');
    await run('tagWorkspace');
    assert.ok((await decided(like)).includes('topic.billing and invoices'));
    assert.ok(!(await isGrateful()));
  });
  after(async () => {
    await run('undoDecision');
    fs.rmSync(like.fsPath);
    await closeEditors();
  });

  it('moves the tags of other documents without a run, takes it back with the decision, and is as before once it is off', async () => {
    const asWritten = await scores();
    await withSettings({ learn: true }, async () => {
      await picking('tone.grateful', () => run('addTag', row(invoice)));
      await until('the other document follows', isGrateful);
      assert.ok((await decided(invoice)).includes('tone.grateful added'));
      await until('the view says what changed', () => notesOf('learning').length > 0);
      assert.match(
        notesOf('learning')[0]?.text ?? '',
        /^Following your decisions: \d+ tags? gained.* \(.*tone\.grateful/,
      );
      const offered = await picking('nothing', () => run('showMenu'));
      assert.ok(offered.includes('Learning from 1 decision: on'), offered.join(', '));

      const label = lastState()?.labels.findIndex(({ name }) => name === 'tone.grateful') ?? -1;
      const before = messagesOfType('moved').length;
      fromPage({ type: 'whatMoved', id: like.toString(), label });
      await until('the host says what moved the score', () => messagesOfType('moved').length > before);
      const moved = messagesOfType('moved').at(-1);
      assert.deepEqual(
        moved?.by.map(({ title, carries }) => [title, carries]),
        [['invoice.txt', true]],
      );
      const grateful = (await rowOf(like))?.tags.find((tag) => tag.label === 'tone.grateful');
      // All that was learned is this one decision.
      const change = (grateful?.score ?? NaN) - moved.before;
      const [only] = moved.by;
      assert.ok(only && change > 0.01 && Math.abs(change - only.change) < 0.01, JSON.stringify(moved));

      await run('undoDecision');
      await until('the lesson is taken back', async () => !(await isGrateful()));
      assert.deepEqual(await scores(), asWritten);
      await run('redoDecision');
      await until('and there again', isGrateful);
    });
    await until('it is off', async () => !(await isGrateful()));
    const others = (all: Awaited<ReturnType<typeof scores>>) => all.filter(([id]) => id !== invoice.toString());
    assert.deepEqual(others(await scores()), others(asWritten));
    assert.ok((await picking('nothing', () => run('showMenu'))).includes('Learning from decisions: off'));
    assert.equal((await rowOf(invoice))?.tags.find(({ label }) => label === 'tone.grateful')?.state, 'added');
  });
});
