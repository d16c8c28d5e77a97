// Training on decisions as a user sees it: the question, the task with its loss, the report with both models, and the new one in use.
// The real training of the embedded model, with the Python of `npm test`.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Decision } from '../../src/core/review/decision';
import { toLines } from '../../src/core/review/decisionLines';
import { temporaryFolder } from '../host/locations';
import { trainingProgram } from '../train/toyBase';
import { expect, test, themes } from './workbenchTest';

const folder = temporaryFolder('training');
const labels = ['rolling stock', 'track work', 'membership'];
/** A club's own words: the model from before knows little of them. */
const texts = [
  ['The Garratt needs a new regulator valve before Easter.', 'The brake van is back from the paint shop.'],
  ['Two rotten sleepers at the ash pit were lifted.', 'The point at Mill Lane is stiff, grease it.'],
  ['Nine renewals are overdue; remind them at the bar.', 'A junior joined with a letter of his mother.'],
];
const owners = ['Ann', 'Ben', 'Cleo', 'Dan'];
const documents = texts.flatMap((own, is) =>
  own.flatMap((text, at) =>
    owners.map((name) => ({
      file: `minutes/${labels[is]?.slice(0, 5).trim()}-${at}-${name}.md`,
      text: `${name}: ${text}`,
      is,
    })),
  ),
);
const decisions = documents.flatMap(({ file, text, is }) =>
  labels.map((label, at): Decision => ({
    ...{ root: '', path: file, passage: null, set: 'club', label },
    verdict: at === is ? 'added' : 'rejected',
    textHash: createHash('sha256').update(text).digest('hex'),
    decidedMs: Date.UTC(2026, 2, 4),
  })),
);

for (const { file, text } of documents) {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
}
fs.writeFileSync(path.join(folder, 'decisions.jsonl'), toLines(decisions));
const written = path.join(folder, '.vscode/settings.json');
fs.mkdirSync(path.dirname(written));
fs.writeFileSync(
  written,
  JSON.stringify({ 'glitag.labelSets': { club: { labels } }, 'glitag.decisions.file': 'decisions.jsonl' }, null, 4),
);

test.use({
  workspace: folder,
  settings: { 'glitag.activeLabelSet': 'club', 'glitag.learn': false },
  machineSettings: { 'glitag.pythonPath': trainingProgram() },
});
test.setTimeout(1_200_000);
test.afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

test('Train a Model on My Decisions', async ({ workbench, tags, page, picture }) => {
  const report = workbench.webview('glitag.glitag', 'editor');

  await test.step('what is decided is known', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.note(/^Done in /)).toBeVisible({ timeout: 120_000 });
    await expect(tags.row(/membership 0\.\d\d \(added by people/).first()).toBeVisible();
  });

  await test.step('it says what it will do, and does nothing before the click', async () => {
    await workbench.command('GLiTag: Train a Model on My Decisions');
    const dialog = page.locator('.monaco-dialog-box');
    await expect(dialog).toContainText('Train a model on 24 decided texts of “club”?');
    await expect(dialog).toContainText('A fifth of the 24 documents is kept back');
    await picture('train-question');
    await dialog.getByRole('button', { name: 'Train', exact: true }).click();
  });

  await test.step('the terminal and the status bar say how far it is', async () => {
    await expect(workbench.statusBar).toContainText(/step \d+ of \d+, loss \d/, { timeout: 600_000 });
    await picture('train-progress');
  });

  await test.step('the report shows both models', async () => {
    const tab = workbench.tab('Evaluation of decisions kept back from training');
    await expect(tab).toBeVisible({ timeout: 900_000 });
    await expect(report.getByRole('heading', { name: 'Before and after training' })).toBeVisible();
    await expect(report.getByText(/Both models were asked about 15 decided labels in 5 documents/)).toBeVisible();
    await workbench.command('View: Hide Panel');
    for (const { name, theme, kind } of themes) {
      await workbench.chooseTheme(theme, kind);
      await page.mouse.move(0, 0);
      await picture(`trained-${name}`);
    }
  });

  await test.step('the label set uses it, and not before the click', async () => {
    const model = () =>
      (JSON.parse(fs.readFileSync(written, 'utf8')) as { 'glitag.labelSets': { club: { model?: string } } })[
        'glitag.labelSets'
      ].club.model;
    expect(model()).toBeUndefined();
    await report.getByRole('button', { name: 'Use the New Model' }).click();
    await expect(report.getByText(/uses club-\d{4}-\d\d-\d\d from now on/)).toBeVisible();
    expect(model()).toMatch(/^club-\d{4}-\d\d-\d\d$/);
    await expect(tags.row(/\.md, .*stale/).first()).toBeVisible();
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.row(/\.md, .*stale/)).toHaveCount(0, { timeout: 120_000 });
    await picture('trained-in-use');
  });
});
