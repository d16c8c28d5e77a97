// A label set whose model is on a server beside one with the built-in model, as a user sees them: at work, and when the server fails.
import fs from 'node:fs';
import path from 'node:path';
import { InferenceClient } from '../../src/inference/client';
import { repositoryRoot, temporaryFolder } from '../host/locations';
import { GliclassServer, send, type Behaviour } from '../support/gliclassServer';
import { modelAnswers } from '../support/modelAnswers';
import { expect, test as base, themes } from './workbenchTest';

const folder = temporaryFolder('server');
const texts = {
  'invoice.txt': 'The invoice shows a charge of 420 EUR twice. Please refund it.',
  'job.txt': 'We are looking for a developer to join our team in May.',
};
for (const [name, text] of Object.entries(texts)) fs.writeFileSync(path.join(folder, name), text);
const labels = ['billing and invoices', 'hiring', 'security vulnerability'];
const sets = {
  tickets: { labels, threshold: 0.5 },
  far: { labels: [...labels, 'apology'], threshold: 0.4, model: 'far' },
  nowhere: { labels, model: 'nowhere' },
};
/** Upstream's protocol with the built-in model behind it; it can go away and come back. */
class FarServer {
  private readonly model = new InferenceClient({
    workerFile: path.join(repositoryRoot(), 'dist/worker.js'),
    load: { folder: path.join(repositoryRoot(), 'models/glitag-small-en'), threads: 1, maxBatchTokens: 1024 },
    idleMs: 600_000,
    memoryCeilingBytes: 2 ** 40,
    log: () => undefined,
  });
  private server: GliclassServer | null = null;
  port = 0;

  readonly answers: Behaviour = modelAnswers(this.model);

  get url(): string {
    return `http://127.0.0.1:${this.port}/gliclass`;
  }

  async up(): Promise<void> {
    this.server = await GliclassServer.listen(this.answers, undefined, this.port);
    this.port = this.server.port;
  }

  behaves(behaviour: Behaviour): void {
    if (this.server) this.server.behaviour = behaviour;
  }

  async down(): Promise<void> {
    await this.server?.stop();
    this.server = null;
  }

  async end(): Promise<void> {
    await this.down();
    await this.model.dispose();
  }
}

const test = base.extend<object, { far: FarServer }>({
  far: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const far = new FarServer();
      await far.up();
      await use(far);
      await far.end();
    },
    { scope: 'worker' },
  ],
  machineSettings: [
    async ({ far }, use) => {
      const models = {
        far: { server: far.url, serverModel: 'gliclass-large' },
        nowhere: { server: 'http://127.0.0.1:9/gliclass' },
      };
      await use({ 'glitag.models': models });
    },
    { scope: 'worker' },
  ],
});

test.use({ workspace: folder, settings: { 'glitag.labelSets': sets, 'glitag.activeLabelSet': 'tickets' } });
test.setTimeout(400_000);
test.afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const plain = themes.filter(({ name }) => name !== 'high-contrast');

test('a model on a server', async ({ workbench, tags, page, picture, far }) => {
  const row = (text: string | RegExp) =>
    workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first();
  const status = workbench.statusBar.locator('[id="glitag.glitag.glitag.status"]');
  const centre = page.locator('.notifications-center.visible');
  const choose = async (set: string) => {
    await workbench.command('GLiTag: Choose Label Set');
    await row(set).click();
  };
  const inThemes = async (name: string, before: () => Promise<void> = () => Promise.resolve()) => {
    for (const { name: suffix, theme, kind } of plain) {
      await workbench.chooseTheme(theme, kind);
      await before();
      await picture(`${name}-${suffix}`);
    }
  };
  const openCentre = async () => {
    if (!(await centre.isVisible())) await workbench.command('Notifications: Show Notifications');
    await expect(centre).toBeVisible();
  };

  await test.step('two sets, one with the built-in model, one with a server', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.row(/^invoice\.txt/)).toContainText(/billing and invoices/, { timeout: 60_000 });
    await inThemes('server-first-model');
    await choose('far');
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.row(/^invoice\.txt/)).toContainText(/billing and invoices/, { timeout: 60_000 });
    await inThemes('server-second-model');
  });

  await test.step('the menu', async () => {
    await inThemes('server-menu', async () => {
      await page.keyboard.press('Escape');
      await status.click();
      await expect(row('Model: ')).toBeVisible();
    });
    await page.keyboard.press('Escape');
  });

  await test.step('500', async () => {
    far.behaves(({ response }) => {
      send(response, 500, {});
    });
    fs.writeFileSync(path.join(folder, 'invoice.txt'), 'Another invoice.');
    await workbench.command('GLiTag: Tag Workspace');
    await page.waitForTimeout(10_000);
    await inThemes('server-500');
    await openCentre().catch(() => undefined);
    await picture('server-500-centre');
    await workbench.openFile('invoice.txt');
    await workbench.command('GLiTag: Classify Selection');
    await page.waitForTimeout(8000);
    await openCentre().catch(() => undefined);
    await picture('server-500-selection');
  });

  await test.step('401', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    far.behaves(({ response }) => {
      send(response, 401, {});
    });
    fs.writeFileSync(path.join(folder, 'invoice.txt'), 'Yet another invoice.');
    await workbench.command('GLiTag: Tag Workspace');
    await page.waitForTimeout(3000);
    await openCentre().catch(() => undefined);
    await inThemes('server-401', openCentre);
  });

  await test.step('away', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    await far.down();
    fs.writeFileSync(path.join(folder, 'invoice.txt'), 'One more invoice.');
    await workbench.command('GLiTag: Tag Workspace');
    await page.waitForTimeout(8000);
    await inThemes('server-away');
    await status.hover();
    await page.waitForTimeout(1500);
    await picture('server-away-hover');
    await far.up();
    await page.waitForTimeout(16_000);
    await picture('server-back');
  });

  await test.step('down', async () => {
    await choose('nowhere');
    await workbench.command('GLiTag: Tag Workspace');
    await page.waitForTimeout(26_000);
    await inThemes('server-down');
    await inThemes('server-down-centre', openCentre);
    await workbench.resizeSideBar(180);
    await picture('server-down-narrow');
  });
});
