// Choosing a model as a user sees it: the picker, a download from a hub on this machine (asked for, cancelled, gone on with, damaged), and
// two label sets with two models at work.
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder, repositoryRoot } from '../host/locations';
import { filesIn, HubServer, type HubExchange } from '../support/hubServer';
import { expect, test as base, themes } from './workbenchTest';

const id = 'knowledgator/gliclass-small-v1.0-lw';
const graph = 'model.onnx';
const tiny = path.join(repositoryRoot(), 'test/golden/models/uni-bert-first-simple');
const labels = ['billing and invoices', 'hiring', 'security vulnerability'];

const folder = temporaryFolder('models');
const written = path.join(folder, '.vscode/settings.json');
fs.mkdirSync(path.dirname(written));
fs.writeFileSync(path.join(folder, 'invoice.txt'), 'The invoice shows a charge of 420 EUR twice. Please refund it.');
fs.writeFileSync(path.join(folder, 'job.txt'), 'We are looking for a developer to join our team in May.');
const sets = {
  tickets: { labels, threshold: 0.5 },
  alike: { labels, threshold: 0, examples: [{ text: 'Pay by May.', labels: ['billing and invoices'] }] },
};
fs.writeFileSync(
  written,
  JSON.stringify({ 'glitag.labelSets': sets, 'glitag.activeLabelSet': 'alike', 'glitag.learn': false }, null, 4),
);

/** How the hub gives the graph now. */
let give: (exchange: HubExchange) => void = ({ answer }) => {
  answer();
};

/** The first half, and then nothing, for as long as the other side waits. */
const half = ({ response, content }: HubExchange) => {
  response.writeHead(200, { ETag: '"half"', 'Accept-Ranges': 'bytes', 'Content-Length': content.length });
  response.write(content.subarray(0, content.length / 2));
};
const damaged = ({ response, content }: HubExchange) => {
  response.writeHead(200, { 'Content-Length': content.length });
  response.end(Buffer.alloc(content.length));
};

const test = base.extend<object, { hub: HubServer }>({
  hub: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const behaviour = (exchange: HubExchange) => {
        if (exchange.file === graph) give(exchange);
        else exchange.answer();
      };
      const hub = await HubServer.start({ id, files: filesIn(tiny), behaviour });
      await use(hub);
      await hub.stop();
    },
    { scope: 'worker' },
  ],
  machineSettings: [
    async ({ hub }, use) => {
      await use({ 'glitag.model.host': hub.url });
    },
    { scope: 'worker' },
  ],
});

test.use({ workspace: folder, settings: {} });
test.setTimeout(400_000);
test.afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const modelOf = (set: keyof typeof sets) =>
  (JSON.parse(fs.readFileSync(written, 'utf8')) as { 'glitag.labelSets': Record<string, { model?: string }> })[
    'glitag.labelSets'
  ][set]?.model;

test('Choose Model', async ({ workbench, tags, page, picture, hub }) => {
  const row = (text: string | RegExp) =>
    workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first();
  const dialog = page.locator('.monaco-dialog-box');
  const centre = page.locator('.notifications-center.visible');
  const pickCurated = async () => {
    await workbench.command('GLiTag: Choose Model');
    await row(id).click();
    await expect(dialog).toContainText(`Download ${id}`);
  };

  await test.step('what is tagged by the built-in model', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.note(/^Done in /)).toBeVisible({ timeout: 60_000 });
  });

  await test.step('the picker says what each model is, in every theme', async () => {
    for (const { name, theme, kind } of themes) {
      await workbench.chooseTheme(theme, kind);
      await workbench.command('GLiTag: Choose Model');
      await expect(row('embedded')).toContainText('built in');
      await expect(row(id)).toContainText('apache-2.0 · English · mean zero-shot F1 .57 as published');
      await expect(row('Another Model of the Hub…')).toBeVisible();
      await picture(`models-picker-${name}`);
      await page.keyboard.press('Escape');
    }
    expect(hub.seen).toEqual([]);
  });

  await test.step('it says size, licence and host, and downloads nothing before the click', async () => {
    await pickCurated();
    await expect(dialog).toContainText(
      /\(0\.5 MB\)\?.*From 127\.0\.0\.1:\d+, revision 0123456789ab\. Licence: apache-2\.0\./s,
    );
    await picture('models-question');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    expect(hub.requestsFor(graph)).toEqual([]);
  });

  await test.step('it says how far it is, and can be cancelled', async () => {
    give = half;
    await pickCurated();
    await dialog.getByRole('button', { name: 'Download' }).click();
    await workbench.command('Notifications: Show Notifications');
    await expect(centre).toContainText(/Downloading knowledgator.* from 127\.0\.0\.1:\d+: 0\.1 MB of 0\.5 MB/);
    for (const { name, theme, kind } of themes) {
      await workbench.chooseTheme(theme, kind);
      if (!(await centre.isVisible())) await workbench.command('Notifications: Show Notifications');
      await picture(`models-download-${name}`);
    }
    await centre.getByRole('button', { name: 'Cancel' }).click();
    await expect(centre.filter({ hasText: 'Downloading' })).toHaveCount(0);
    await expect(workbench.statusBar).toContainText('choose the model again to go on');
  });

  await test.step('asked for again it goes on, and the label set names it', async () => {
    give = ({ answer }) => {
      answer();
    };
    await pickCurated();
    await dialog.getByRole('button', { name: 'Download' }).click();
    await expect(row('Only “alike”')).toBeVisible({ timeout: 60_000 });
    expect(hub.requestsFor(graph).at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
    await picture('models-use');
    await row('Only “alike”').click();
    await expect.poll(() => modelOf('alike')).toBe(id);
    await expect(tags.row(/^invoice\.txt.*stale/)).toBeVisible();
  });

  await test.step('two sets with two models work side by side', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.row(/^invoice\.txt.*stale/)).toHaveCount(0, { timeout: 60_000 });
    await picture('models-second-model');
    await workbench.command('GLiTag: Choose Label Set');
    await row('tickets').click();
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.row(/^invoice\.txt/)).toContainText(/billing and invoices\.[89]\d/, { timeout: 60_000 });
    await picture('models-first-model');
  });

  await test.step('the manager knows who uses it, and deletes it after a question', async () => {
    await workbench.command('GLiTag: Manage Models');
    await expect(row(id)).toContainText(/0\.5 MB · apache-2\.0.*in use by “alike”/s);
    await picture('models-manage');
    await row(id).click();
    await row('Verify').click();
    await expect
      .poll(() => workbench.notifications())
      .toContainEqual(expect.stringMatching(/All \d+ files of .* are as they were/));
    await workbench.command('GLiTag: Manage Models');
    await row(id).click();
    await row('Delete').click();
    await expect(dialog).toContainText('in use by “alike”');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(tags.note(/“alike”: this machine knows no model/)).toBeVisible();
  });

  await test.step('a damaged download says so, and leaves no model', async () => {
    give = damaged;
    await pickCurated();
    await dialog.getByRole('button', { name: 'Download' }).click();
    await workbench.command('Notifications: Show Notifications');
    await expect(centre).toContainText(/model\.onnx.*its content is not what the hub lists/s, { timeout: 60_000 });
    await picture('models-damaged');
    await workbench.command('GLiTag: Manage Models');
    await expect(row('Choose or Install a Model…')).toBeVisible();
    await expect(row(id)).toHaveCount(0);
  });
});
