// The view says in one line where tags are to be doubted.
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { run } from '../support/deciding';
import { closeEditors, show } from '../support/extension';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { lastState } from '../support/viewMessages';

const notes = () => (lastState()?.notes ?? []).map(({ text }) => text);

const german = `Die Rechnung wurde doppelt gestellt. Bitte erstatten Sie den zu viel gezahlten Betrag bis zum Ende des Monats
und bestätigen Sie den Eingang dieses Schreibens. Mit freundlichen Grüßen, Ihre Buchhaltung.`;

describe('doubts', () => {
  afterEach(closeEditors);

  it('are told of a text that is not English, until something else is tagged', async () => {
    await show(await vscode.workspace.openTextDocument({ content: german.repeat(4) }));
    await run('classifySelection');
    await until('it is told', () =>
      notes().some((text) => text.includes('looks German. The built-in model reads English')),
    );
    await show(
      await vscode.workspace.openTextDocument({ content: 'Please refund the duplicate payment of this invoice.' }),
    );
    await run('classifySelection');
    await until('nothing is told', () => notes().length === 0);
  });

  it('are told of a run in which most documents fit nothing', async () => {
    const strict = { ...labelSets, work: { ...labelSets.work, threshold: 1 } };
    await withSettings({ labelSets: strict }, async () => {
      await run('tagWorkspace');
      await until('it is told', () => notes().some((text) => /^(\d+) of \1 documents fit no label\. Lower/.test(text)));
    });
    await until('it is no longer told of other thresholds', () => notes().length === 0);
  });
});
